"""One tenant's catalog: what is acknowledged is in the very next answer, on every process."""

import datetime as dt

import pytest

from metier.catalog import Catalog, ModelRun
from metier.errors import InputError, NotFoundError
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.score import session_model
from metier.records.event import Event
from metier.service.desk import Desk
from metier.service.wire import EventIn, GapQuestion, PersonIn, PostingIn, Question, ReasonsQuestion
from metier.testing import HashEncoder

RESUME = "Ana\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of stainless pipe"


def posting(key, title="TIG Welder", text="TIG welding of stainless pipe is required.", **fields):
    return PostingIn.model_validate({"id": key, "title": title, "description": text} | fields)


def put_jobs(desk, *keys, **fields):
    return desk.put([desk.read_posting(posting(key, **fields)) for key in keys])


@pytest.fixture
def ana(desk):
    desk.put([desk.read_person(PersonIn(id="ana", text=RESUME))])
    return "ana"


def ids(desk, person, **wishes):
    return [match.job.id for match, _ in desk.jobs_for(person, Question(**wishes))]


def act(desk, kind, job_id, number=1):
    _, coming = desk.send_events([EventIn(id=f"{kind}{job_id}{number}", kind=kind, profile_id="ana", job_id=job_id)])
    return coming.result()


def test_changes_are_told_apart(desk):
    assert put_jobs(desk, "a", "b") == ["added", "added"]
    assert put_jobs(desk, "a") == ["unchanged"]
    assert put_jobs(desk, "a", title="Welder") == ["changed"]
    assert desk.put([]) == []


def test_another_process_sees_a_write_at_once(desk, ana):
    other = Desk.open(desk.folder, desk.parts)
    assert ids(other, ana) == []
    put_jobs(desk, "a", hiring_organization="A")
    assert ids(other, ana) == ids(desk, ana) == ["a"]
    other.expire("a", dt.date(2026, 11, 1))
    assert ids(desk, ana) == ids(other, ana) == []
    other.close()


def test_a_dismissed_job_is_gone_from_the_very_next_list_and_comes_back_when_saved(desk, ana):
    for number in range(4):
        put_jobs(
            desk,
            f"w{number}",
            hiring_organization=f"E{number}",
            text=f"TIG welding of pipe. Shop {number} of the yard.",
        )
    first = ids(desk, ana)[0]
    assert act(desk, "dismiss", first) == ["stored"]
    assert first not in ids(desk, ana)
    act(desk, "save", first)
    assert first in ids(desk, ana)


def test_dismissals_do_not_eat_up_the_list(desk, ana):
    for number in range(30):
        put_jobs(
            desk,
            f"w{number:02}",
            hiring_organization=f"E{number}",
            text=f"TIG welding of pipe. Shop {number} of yard {number * 7}.",
        )
    for key in ids(desk, ana, n=20):
        act(desk, "dismiss", key)
    assert len(ids(desk, ana, n=5)) == 5


def test_filters_narrow_and_the_salary_floor_counts_in_its_currency(desk, ana):
    put_jobs(desk, "uk", location="Leeds, United Kingdom", salary="£30,000 a year")
    put_jobs(
        desk,
        "ie",
        location="Dublin, Ireland",
        salary="€50,000 a year",
        hiring_organization="B",
        text="TIG welding of tanks in Dublin.",
    )
    assert ids(desk, ana, country=["IE"], stated_only=True) == ["ie"]
    assert ids(desk, ana, salary_min="£40,000 a year") == ["ie"]
    assert ids(desk, ana, salary_min="£40,000 a year", stated_only=True) == []


def test_what_an_answer_depends_on_changes_its_version(desk, ana):
    put_jobs(desk, "a")
    question = Question()
    seen = [desk.version_for_person(ana, question)]
    act(desk, "click", "a")
    seen.append(desk.version_for_person(ana, question))
    put_jobs(desk, "b")
    seen.append(desk.version_for_person(ana, question))
    desk.put([desk.read_person(PersonIn(id="ana", text=RESUME + "\n- MIG welding"))])
    seen.append(desk.version_for_person(ana, question))
    seen.append(desk.version_for_person(ana, Question(as_of=dt.date(2026, 1, 1))))
    assert len(set(seen)) == len(seen)
    desk.put([desk.read_person(PersonIn(id="bo", text="Nurse"))])
    assert desk.version_for_person(ana, question) == seen[3]
    assert desk.version_for_job("a", question) != seen[3]
    for ask in (desk.version_for_person, desk.version_for_job):
        with pytest.raises(NotFoundError):
            ask("nobody", question)


def test_a_ranker_is_promoted_and_rolled_back_while_the_service_answers(desk, ana):
    put_jobs(desk, "a")
    shipped = session_model()
    curves = tuple(
        Curve(name=name, neutral=neutral, employer_share=0.5, slope=1.0)
        for name, neutral in zip(shipped.factors, shipped.neutral, strict=True)
    )
    model = AdditiveModel(name="mine", curves=curves, scale=0.5)
    with Catalog.open(str(desk.folder)) as catalog:
        catalog.models.add(ModelRun(id="mine", kind="ranker", model=model.to_json(), report="{}"))
        before, version = desk.recommendations(ana, Question()), desk.version_for_person(ana, Question())
        catalog.models.promote("mine")
        assert desk.version_for_person(ana, Question()) != version
        after = desk.recommendations(ana, Question())
        assert (after["versions"]["weights"], before["versions"]["weights"]) == ("mine", "zero-shot-2")
        catalog.models.rollback("ranker")
        assert desk.recommendations(ana, Question()) == before
        assert desk.version_for_person(ana, Question()) == version


def test_kept_answers_are_made_once(desk):
    made = []

    def make():
        made.append(1)
        return {"n": len(made)}

    assert desk.kept("q", (1,), make).body == desk.kept("q", (1,), make).body == b'{"n":1}'
    assert desk.kept("q", (2,), make).body == b'{"n":2}'


def test_both_directions_explanation_and_gaps(desk, ana):
    put_jobs(desk, "a", text="TIG welding is required. Forklift licence is required.")
    assert [match.profile.id for match, _ in desk.people_for("a", Question())] == ["ana"]
    match, explanation = desk.explain(ana, "a", ReasonsQuestion(lang="zh"))
    assert match.job.id == "a"
    assert explanation.reasons
    gaps = desk.gaps(ana, GapQuestion())
    assert gaps["jobs"] == 1
    assert gaps["gaps"][0]["asked_by"][0]["job"] == "a"
    for wrong in (
        lambda: desk.people_for("x", Question()),
        lambda: desk.explain(ana, "x", ReasonsQuestion()),
        lambda: desk.jobs_for("x", Question()),
    ):
        with pytest.raises(NotFoundError):
            wrong()


def test_deleting_a_person_deletes_what_they_did(desk, ana):
    act(desk, "click", "a")
    desk.delete("person", ana)
    assert desk.events.last(ana) == 0
    with pytest.raises(NotFoundError):
        desk.delete("person", ana)


@pytest.mark.parametrize(
    "person", [PersonIn(), PersonIn(text="  \n"), PersonIn(text="x", resume={"basics": {"name": "y"}})]
)
def test_a_person_is_a_text_or_a_resume(desk, person):
    with pytest.raises(InputError):
        desk.read_person(person)


def test_wishes_go_before_the_resume_and_json_resumes_are_read(desk):
    person = desk.read_person(
        PersonIn.model_validate(
            {"resume": {"basics": {"name": "Ana", "label": "Welder"}}, "preferences": {"locations": ["Leeds"]}}
        )
    )
    assert [place.city for place in person.preferences.locations] == ["Leeds"]
    with pytest.raises(InputError):
        desk.read_person(PersonIn.model_validate({"text": "x", "preferences": {"locations": ["Nowhere at all"]}}))


@pytest.mark.parametrize("bad", ["a/b", "a\\b", "x" * 300])
def test_ids_from_aliases_are_checked_too(desk, bad):
    with pytest.raises(InputError):
        desk.read_posting(PostingIn.model_validate({"job_id": bad, "title": "Welder", "description": "Weld."}))


def test_uploads_are_read(desk):
    assert desk.parse(RESUME.encode(), "ana.txt", "profile").work
    assert desk.parse(b"Welder\nWeld steel frames.", "job.txt", "job").title == "Welder"


def test_events_keep_what_was_sent(desk):
    when = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    sent, coming = desk.send_events(
        [EventIn(kind="click", profile_id="ana", job_id="a", at=when, note="x\x00y", position=3, list_id="l")]
    )
    assert coming.result() == ["stored"]
    kept = Event(
        id=sent[0].id,
        kind="click",
        profile_id="ana",
        job_id="a",
        actor="person",
        at=when,
        note="xy",
        position=3,
        list_id="l",
    )
    assert list(desk.events.read()) == sent == [kept]


def test_the_day_is_the_questions_then_the_services(desk):
    assert desk.today() == dt.date(2026, 11, 20)
    assert desk.today(dt.date(2020, 1, 1)) == dt.date(2020, 1, 1)


def test_an_encoder_that_the_catalog_keeps_goes_before_the_shared_one(desk, tmp_path, monkeypatch):
    own = HashEncoder(size=8)
    monkeypatch.setattr("metier.service.desk.encoder_of", lambda uri, otherwise: own)
    opened = Desk.open(tmp_path / "kept", desk.parts)
    put_jobs(opened, "a")
    opened.close()
    assert desk.parts.encoder.model_id != own.model_id
    with Catalog.open(str(tmp_path / "kept")) as catalog:
        assert (catalog.encoder_id, catalog.size) == (own.model_id, 8)
