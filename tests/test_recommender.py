"""The whole flow: jobs for a person, people for a job, and why."""

import datetime as dt
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from metier.catalog import ModelRun
from metier.errors import EncoderMismatchError, NotFoundError, UnknownComponentError
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.score import session_model
from metier.recommender import Recommender
from metier.records.event import Event
from metier.records.job import Job
from metier.records.profile import Profile
from metier.resumes import make_preferences, with_preferences
from metier.testing import HashEncoder

DAY = dt.date(2026, 11, 20)
ENCODER = HashEncoder()
RESUMES = {
    "ann": "Ann Lee\n\nWork experience\nWelder, Harrow Fabrications, 01/2016 - 12/2025\n- TIG welding of stainless pipe\n",
    "bo": "Bo Ek\n\nWork experience\nNurse, City Hospital, 01/2018 - 12/2025\n- Cared for patients in intensive care\n",
    "王": "王伟\n\n工作经历\n2018年-2024年 某某科技 后端工程师\n负责 Java 后端系统的开发工作\n",
}
POSTINGS = [
    ("w1", "Welder", "Acme", "Requirements\n- TIG welding of stainless pipe\n- Forklift licence\n"),
    ("w2", "Welder", "Acme", "Requirements\n- MIG welding of frames\n"),
    ("w3", "Fabricator", "ACME", "Requirements\n- Welding of steel frames\n"),
    ("n1", "Nurse", "City Hospital", "Requirements\n- NMC registration\n- Intensive care\n"),
    ("j1", "后端工程师", "某某科技", "任职要求：\n1、熟悉 Java 开发；\n2、本科及以上学历；\n"),
    ("d1", "Driver", "", "Drive a lorry at night.\n"),
]


@pytest.fixture(scope="module")
def jobs(job_of):
    return [job_of(title, text, id=key, hiring_organization=employer) for key, title, employer, text in POSTINGS]


@pytest.fixture(scope="module")
def people(person_of):
    return {key: person_of(text, key) for key, text in RESUMES.items()}


@pytest.fixture
def opened(graph):
    """Open a recommender, in memory unless a folder is named; all are closed afterwards."""
    made = []

    def make(uri="memory://", records=()):
        made.append(Recommender.open(str(uri), encoder=ENCODER, graph=graph))
        made[-1].add(records)
        return made[-1]

    yield make
    for recommender in made:
        recommender.catalog.close()


@pytest.fixture
def recommender(opened, jobs, people):
    return opened(records=[*jobs, *people.values()])


def scores(matches):
    return {(match.profile.id, match.job.id): match.score for match in matches}


@pytest.mark.parametrize(("person", "job"), [("ann", "w1"), ("bo", "n1"), ("王", "j1")])
def test_each_finds_the_other_first(recommender, jobs, people, person, job):
    assert recommender.jobs_for(people[person], as_of=DAY)[0].job.id == job
    wanted = next(one for one in jobs if one.id == job)
    assert recommender.people_for(wanted, as_of=DAY)[0].profile.id == person


def test_both_directions_give_a_pair_one_score(recommender, jobs, people):
    forwards: dict[tuple[str, str], float] = {}
    for person in people.values():
        forwards |= scores(recommender.jobs_for(person, n=99, as_of=DAY, employer_cap=None))
    backwards: dict[tuple[str, str], float] = {}
    for job in jobs:
        backwards |= scores(recommender.people_for(job, n=99, as_of=DAY))
    assert forwards == backwards
    assert len(forwards) == len(jobs) * len(people)


def test_one_pair_has_the_score_of_the_list(recommender, people):
    for match in recommender.jobs_for(people["ann"], n=99, as_of=DAY, employer_cap=None):
        alone = recommender.match(match.profile, match.job, as_of=DAY)
        assert replace(alone, rank=match.rank) == match


def test_shuffling_or_halving_the_catalog_changes_no_remaining_score(opened, jobs, people):
    def ask(records):
        return scores(opened(records=records).jobs_for(people["ann"], n=99, as_of=DAY, employer_cap=None))

    everything = ask(jobs)
    assert ask(random.Random(3).sample(jobs, len(jobs))) == everything
    for half in (jobs[::2], jobs[1::2]):
        kept = ask(half)
        assert kept == {pair: everything[pair] for pair in kept}
        assert len(kept) == len(half)


def test_an_answer_does_not_depend_on_what_was_asked_before(recommender, people):
    first = recommender.jobs_for(people["ann"], as_of=DAY)
    for person in people.values():
        recommender.jobs_for(person, as_of=DAY)
    assert recommender.jobs_for(people["ann"], as_of=DAY) == first


_ASK = """
import datetime as dt, sys
from metier.recommender import Recommender
from metier.testing import HashEncoder
for match in Recommender.open(sys.argv[1], encoder=HashEncoder()).jobs_for(sys.argv[2], as_of=dt.date(2026, 11, 20)):
    print(match.job.id, match.score.hex(), [(one.name, one.contribution.hex()) for one in match.factors])
"""


def test_another_process_gives_the_same_bits(opened, jobs, tmp_path):
    here = opened(tmp_path / "c", jobs)
    resume = tmp_path / "ann.txt"
    resume.write_text(RESUMES["ann"])
    command = [sys.executable, "-c", _ASK, str(tmp_path / "c"), str(resume)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    expected = [
        f"{match.job.id} {match.score.hex()} {[(one.name, one.contribution.hex()) for one in match.factors]}"
        for match in here.jobs_for(resume, as_of=DAY)
    ]
    assert printed == expected


def test_base_and_contributions_are_the_score_and_the_shares_are_the_coverage(recommender, people):
    for match in recommender.jobs_for(people["ann"], n=99, as_of=DAY):
        parts = (match.base, *(one.contribution for one in match.factors))
        assert sum(round(1e6 * part) for part in parts) == round(1e6 * match.score)
        coverage = next(one.contribution for one in match.factors if one.name == "coverage")
        shares = [reason.share for reason in recommender.explain(match, language="zh").reasons]
        assert sum(round(1e6 * share) for share in shares) == (round(1e6 * coverage) if shares else 0)


def test_what_is_added_deleted_or_ended_is_in_the_very_next_answer(recommender, jobs, people):
    def answer(day=DAY):
        return [match.job.id for match in recommender.jobs_for(people["ann"], n=99, as_of=day, employer_cap=None)]

    assert "new" not in answer()
    recommender.add([replace(jobs[0], id="new", content_hash="new")])
    assert "new" in answer()
    recommender.catalog.delete("job", ["new"])
    assert "new" not in answer()
    recommender.catalog.expire(["w1"], on=DAY)
    assert "w1" in answer()
    assert "w1" not in answer(DAY + dt.timedelta(days=1))


def test_a_changed_record_is_scored_as_it_is_now(recommender, jobs, people, job_of):
    def score():
        found = recommender.jobs_for(people["ann"], n=99, as_of=DAY, employer_cap=None)
        return next(match for match in found if match.job.id == "w1")

    before = score()
    changed = job_of("Welder", "Requirements\n- Underwater basket weaving\n", id="w1")
    recommender.add([changed], with_parts=True)
    after = score()
    assert after.job == changed
    assert after.score < before.score


def test_ended_jobs_take_no_place_from_those_that_last(opened, jobs, people):
    ended = [
        replace(jobs[0], id=f"old-{number}", content_hash=str(number), valid_through=dt.date(2020, 1, 1))
        for number in range(30)
    ]
    recommender = opened(records=[*ended, *jobs])
    recommender.depth = 4
    found = recommender.jobs_for(people["ann"], as_of=DAY)
    assert len(found) == 4
    assert found[0].job.id == "w1"


def test_an_employer_takes_so_many_places_and_says_how_many_more(recommender, people):
    def of_acme(cap):
        found = recommender.jobs_for(people["ann"], n=99, as_of=DAY, employer_cap=cap)
        return [match for match in found if match.job.hiring_organization.upper() == "ACME"]

    assert len(of_acme(None)) == 3
    (kept,) = of_acme(1)
    assert (kept.job.id, kept.more_from_employer) == ("w1", 2)


def test_a_twin_document_shares_a_place(recommender, jobs, people):
    recommender.add([replace(jobs[0], id="a twin"), replace(jobs[0], id="z twin")])
    found = recommender.jobs_for(people["ann"], n=99, as_of=DAY)
    assert (found[0].job.id, found[0].duplicates) == ("a twin", ("w1", "z twin"))
    recommender.add([replace(people["ann"], id="ann again")])
    first, *others = recommender.people_for(jobs[0], as_of=DAY)
    assert (first.profile.id, first.duplicates) == ("ann", ("ann again",))
    assert "ann again" not in {match.profile.id for match in others}


def test_jobs_made_by_hand_are_no_twins(opened, people):
    """A hash that nobody has worked out does not make two documents one."""
    jobs = [Job(id=title, source="mine", title=title, text=f"{title} in our shop") for title in ("Welder", "Fitter")]
    found = opened(records=jobs).jobs_for(people["ann"], as_of=DAY)
    assert sorted(match.job.id for match in found) == ["Fitter", "Welder"]


def test_conditions_remove_or_mark_and_one_pair_is_always_told(recommender, jobs, people, job_of):
    paid = job_of("Welder", "TIG welding of pipe.", id="paid", salary="£10,000 a year")
    recommender.add([paid])
    wishing = with_preferences(people["ann"], make_preferences({"salary_min": "£30,000 a year"}))
    assert "paid" not in {match.job.id for match in recommender.jobs_for(wishing, n=99, as_of=DAY)}
    recommender.policy = "mark"
    assert recommender.jobs_for(wishing, n=99, as_of=DAY)[-1].job.id == "paid"
    recommender.policy = "remove"
    told = recommender.match(wishing, paid, as_of=DAY)
    assert [one.verdict for one in told.constraints if one.kind == "salary"] == ["not_met"]


def test_thin_evidence_abstains(recommender):
    found = recommender.jobs_for(Profile(id="x", source="x", text="Hi"), as_of=DAY)
    assert {match.band for match in found} == {"not_enough_evidence"}


def test_n_is_how_many_and_an_empty_catalog_is_no_fault(recommender, opened, jobs, people):
    assert [match.rank for match in recommender.jobs_for(people["ann"], n=2, as_of=DAY)] == [1, 2]
    assert recommender.jobs_for(people["ann"], n=0, as_of=DAY) == []
    assert opened().jobs_for(people["ann"], as_of=DAY) == []
    assert opened().people_for(jobs[0], as_of=DAY) == []


def test_what_lasts_is_opened_again_with_the_same_answers(opened, jobs, people, tmp_path):
    before = opened(tmp_path / "c", jobs).jobs_for(people["ann"], as_of=DAY)
    assert opened(tmp_path / "c").jobs_for(people["ann"], as_of=DAY) == before
    with pytest.raises(EncoderMismatchError):
        Recommender.open(str(tmp_path / "c"), encoder=HashEncoder(size=8))


def test_parts_that_were_encoded_beforehand_change_no_answer(opened, jobs, people):
    now, later = opened(), opened()
    now.add(jobs, with_parts=True)
    later.add(jobs)
    assert now.jobs_for(people["ann"], as_of=DAY) == later.jobs_for(people["ann"], as_of=DAY)


def test_a_resume_that_is_not_there_and_an_unknown_encoder_are_told(recommender, tmp_path):
    with pytest.raises(NotFoundError):
        recommender.jobs_for(tmp_path / "nobody.pdf")
    with pytest.raises(UnknownComponentError):
        Recommender.open(encoder="maxilm")


def test_one_line_opens_feeds_and_folders_and_leaves_out_what_cannot_be_read(tmp_path):
    feed = tmp_path / "feed.csv"
    feed.write_text('title,description\nWelder,"TIG welding of stainless pipe"\n,"no title"\n')
    folder = tmp_path / "resumes"
    folder.mkdir()
    (folder / "ann.txt").write_text(RESUMES["ann"])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (match,) = Recommender.of_jobs(feed).jobs_for(folder / "ann.txt", as_of=DAY)
    assert match.job.title == "Welder"
    (person,) = Recommender.of_people(folder).people_for(match.job, as_of=DAY)
    assert person.profile.source.endswith("ann.txt")


def test_a_repost_shares_a_place_with_the_posting_it_tells_again(opened, job_of, people):
    text = (
        "We weld pressure pipework for dairies. "
        + POSTINGS[0][3]
        + "- Reads isometric drawings\n- Own tools and transport\n"
    )
    first = job_of("Welder", text, id="first", hiring_organization="Acme", date_posted="2026-10-01")
    again = job_of(
        "Welder", text + "Apply by Friday.", id="again", hiring_organization="Acme", date_posted="2026-11-01"
    )
    other = job_of("Welder", text, id="other", hiring_organization="Rival")
    found = opened(records=[first, again, other]).jobs_for(people["ann"], as_of=DAY)
    assert {(match.job.id, match.duplicates) for match in found} in (
        {("first", ("again",)), ("other", ())},
        {("again", ("first",)), ("other", ())},
    )


TWIN = """{name}
Leeds, UK | {mail} | 01632 555 {number}
{personal}

Work experience
Welder, Harrow Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing

Skills
TIG welding, AutoCAD
"""
TWIN_ZH = """{name}
{personal}
现居：苏州　电话：{number}

工作经历
2016.01 - 2025.12 苏州恒泽机械有限公司 焊工
负责不锈钢管道的氩弧焊，按图纸施工
"""


@pytest.mark.parametrize(
    ("form", "one", "other"),
    [
        (
            TWIN,
            {
                "name": "Emily Walsh",
                "mail": "emily@example.org",
                "number": "101",
                "personal": "Gender: Female | Married",
            },
            {
                "name": "Jamal Washington",
                "mail": "jw@example.net",
                "number": "202",
                "personal": "Date of birth: 3 May 1961",
            },
        ),
        (
            TWIN,
            {
                "name": "Rosa Welder",
                "mail": "rosa.welder@example.org",
                "number": "101",
                "personal": "34 years old | single",
            },
            {
                "name": "Ann Baker",
                "mail": "ann.baker@example.org",
                "number": "303",
                "personal": "Nationality: Polish | Age: 51",
            },
        ),
        (
            TWIN_ZH,
            {"name": "王芳", "number": "010-5550-2001", "personal": "性别：女　年龄：29岁　婚姻状况：已婚"},
            {"name": "李强", "number": "010-5550-3002", "personal": "性别：男　年龄：52岁　民族：回族"},
        ),
    ],
)
def test_another_name_gender_or_age_changes_no_score(opened, jobs, person_of, form, one, other):
    recommender = opened(records=jobs)
    given = [
        {
            match.job.id: (match.score, match.employer_fit, match.person_fit)
            for match in recommender.jobs_for(twin, as_of=DAY)
        }
        for twin in (person_of(form.format(**values)) for values in (one, other))
    ]
    assert given[0] == given[1]


def test_many_copies_of_one_text_do_not_crowd_out_the_others(opened, jobs, people):
    copies = [replace(people["ann"], id=f"copy-{number:02}") for number in range(40)]
    recommender = opened(records=[*jobs, *people.values(), *copies])
    recommender.depth = 4
    found = recommender.people_for(jobs[0], as_of=DAY)
    assert len({match.profile.text for match in found}) == len(found) >= 2
    assert len(found[0].duplicates) == 40


def did(key, kind, job, person="ann"):
    at = dt.datetime(2026, 11, 19, tzinfo=dt.UTC)
    return Event(id=key, kind=kind, profile_id=person, job_id=job, actor="person", at=at)


def test_jobs_elsewhere_do_not_crowd_out_those_within_reach_of_a_wished_place(opened, job_of, people):
    """More of them are nearer in words and meaning than the search looks at, and the wish rules every one out."""
    far = [
        job_of("Welder", f"Requirements\n- TIG welding of stainless pipe, hall {n}\n", id=f"far-{n}", location="Munich")
        for n in range(30)
    ]
    near = job_of("Welder", "Requirements\n- Joining of sheets\n", id="near", location="Berlin")
    recommender = opened(records=[*far, near])
    recommender.depth = 10
    person = with_preferences(people["ann"], make_preferences({"locations": ["Berlin"], "hard": ["locations"]}))
    assert [match.job.id for match in recommender.jobs_for(person, as_of=DAY)] == ["near"]


def test_what_a_person_does_moves_the_very_next_answer_and_no_other_persons(recommender, people):
    def ask(person):
        return {match.job.id: match for match in recommender.jobs_for(people[person], as_of=DAY, employer_cap=None)}

    before = {person: ask(person) for person in people}
    recommender.catalog.events.append([did("1", "apply", "n1"), did("2", "dismiss", "w2"), did("3", "click", "gone")])
    ann, bo = ask("ann"), ask("bo")
    assert "w2" not in ann
    assert ann["n1"].score > before["ann"]["n1"].score
    session = next(factor for factor in ann["n1"].factors if factor.name == "session")
    assert session.contribution > 0
    assert bo["w1"].score == before["bo"]["w1"].score
    assert recommender.jobs_for(people["ann"], as_of=dt.date(2026, 11, 1))[0].factors == (
        next(iter(before["ann"].values())).factors
    )


def test_what_was_dismissed_is_made_up_for_by_others(opened, jobs, people):
    others = [
        replace(jobs[0], id=f"w1-{number:02}", text=f"{jobs[0].text} {number}", content_hash="") for number in range(9)
    ]
    recommender = opened(records=[*others, *people.values()])
    recommender.depth = 4
    for turn in range(2):
        shown = recommender.jobs_for(people["ann"], n=4, as_of=DAY, employer_cap=None)
        assert shown
        found = {key for match in shown for key in (match.job.id, *match.duplicates)}
        recommender.catalog.events.append([did(f"{turn}-{key}", "dismiss", key) for key in found])
    left = {match.job.id for match in recommender.jobs_for(people["ann"], as_of=DAY, employer_cap=None)}
    assert left
    assert left.isdisjoint(
        recommender.catalog.events.last_words("ann", before=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    )


def test_what_others_did_today_counts_from_tomorrow_on(recommender, people):
    at = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
    assert at.date() == DAY

    def popularity(day):
        found = recommender.jobs_for(people["bo"], as_of=day, employer_cap=None)
        return {
            match.job.id: next(one.is_neutral for one in match.factors if one.name == "popularity") for match in found
        }

    recommender.catalog.events.append([replace(did("1", "save", "w1"), at=at)])
    assert popularity(DAY)["w1"]
    assert not popularity(DAY + dt.timedelta(days=1))["w1"]
    recommender.catalog.events.append([replace(did("2", "save", "w1", "cy"), at=at - dt.timedelta(days=1))])
    assert not popularity(DAY)["w1"]


def test_events_keep_both_directions_and_single_pairs_at_one_score(recommender, jobs, people):
    recommender.catalog.events.append(
        [did("1", "apply", "w2"), did("2", "save", "n1", "bo"), did("3", "dismiss", "d1")]
    )
    forwards: dict[tuple[str, str], float] = {}
    for person in people.values():
        for match in recommender.jobs_for(person, n=99, as_of=DAY, employer_cap=None):
            forwards |= scores([match])
            assert match.base + sum(factor.contribution for factor in match.factors) == pytest.approx(
                match.score, abs=1e-9
            )
            assert recommender.match(match.profile, match.job, as_of=DAY).score == match.score
    backwards: dict[tuple[str, str], float] = {}
    for job in jobs:
        backwards |= scores(recommender.people_for(job, n=99, as_of=DAY))
    assert forwards == {pair: score for pair, score in backwards.items() if pair in forwards}
    assert set(backwards) - set(forwards) == {("ann", "d1")}


def test_the_last_day_of_the_calendar_has_an_end(recommender, people):
    recommender.catalog.events.append([did("1", "click", "w1")])
    assert recommender.model_on(dt.date.max).name != recommender.model_on(dt.date(2026, 1, 1)).name


def test_a_promoted_ranker_answers_when_the_catalog_is_opened_again(opened, jobs, people, tmp_path):
    first = opened(tmp_path / "c", jobs)
    shipped = session_model()
    curves = tuple(
        Curve(name=name, neutral=neutral, employer_share=0.5, slope=1.0)
        for name, neutral in zip(shipped.factors, shipped.neutral, strict=True)
    )
    model = AdditiveModel(name="mine", curves=curves, scale=0.5)
    first.catalog.models.add(ModelRun(id="mine", kind="ranker", model=model.to_json(), report="{}"))
    before = first.jobs_for(people["ann"], as_of=DAY)
    first.catalog.models.promote("mine")
    second = opened(tmp_path / "c")
    assert second.model_on(DAY).name == "mine"
    after = second.jobs_for(people["ann"], as_of=DAY)
    assert [match.score for match in after] != [match.score for match in before]
    first.use_promoted()
    assert first.jobs_for(people["ann"], as_of=DAY) == after
    second.catalog.models.rollback("ranker")
    first.use_promoted()
    assert first.jobs_for(people["ann"], as_of=DAY) == before
    assert opened(tmp_path / "c").jobs_for(people["ann"], as_of=DAY) == before
