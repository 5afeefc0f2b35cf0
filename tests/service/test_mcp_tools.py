import pytest

from metier.config import Settings
from metier.errors import InputError, NotFoundError
from metier.service.mcp_desk import open_tools
from metier.service.wire import Filters
from metier.testing import HashEncoder

RESUME = """Ann Lee
ann.lee@example.com

Work experience
TIG Welder, Harrow Street Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing
"""


@pytest.fixture
def tools(tmp_path, job_of, person_of):
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "ann.txt").write_text(RESUME)
    (tmp_path / "secret.txt").write_text(RESUME)
    opened = open_tools(
        str(tmp_path / "c"), Settings(), files=tmp_path / "resumes", encoder=HashEncoder(), as_of="2026-11-20"
    )
    with opened as found:
        jobs = [
            job_of("TIG Welder", "Requirements\n- TIG welding of stainless pipe\n- Python programming", id="w1"),
            job_of("Staff Nurse", "Requirements\n- NMC registration\n- Care for patients", id="n1"),
            job_of("Welder", "Requirements\n- MIG welding", id="old", valid_through="2026-01-01"),
        ]
        found._desk.put(jobs)
        found._desk.put([person_of(RESUME, "ann")])
        yield found


def test_a_resume_is_read_without_name_and_contact(tools):
    read = tools.parse_resume(resume_text=RESUME)
    assert read.work[0].title == "TIG Welder"
    assert read.work[0].start == "2016-01"
    assert "Ann Lee" not in read.model_dump_json()
    assert "example.com" not in read.model_dump_json()
    assert tools.parse_resume(person_id="ann").work == read.work


def test_jobs_for_a_person_come_with_quotes_that_stand_in_the_posting(tools):
    best = tools.recommend_jobs(resume_text=RESUME, n=2).matches[0]
    assert best.job.id == "w1"
    text = tools.get_job("w1").text
    assert all(text[one.requirement.start : one.requirement.end] == one.requirement.text for one in best.reasons)
    assert best.calibrated is False


def test_stored_sent_and_filed_resumes_give_one_score(tools):
    scores = {
        tools.recommend_jobs(**{name: value}, n=1).matches[0].score
        for name, value in (("resume_text", RESUME), ("person_id", "ann"), ("resume_file", "ann.txt"))
    }
    assert len(scores) == 1


def test_filters_narrow_the_jobs(tools):
    everything = tools.recommend_jobs(resume_text=RESUME, n=10).matches
    narrowed = tools.recommend_jobs(resume_text=RESUME, n=10, filters=Filters(workplace=["remote"], stated_only=True))
    assert everything
    assert narrowed.matches == []


def test_people_are_ranked_blind_for_a_stored_and_a_sent_posting(tools):
    stored = tools.rank_people(job_id="w1").matches
    assert stored[0].person.id == "ann"
    assert "Ann Lee" not in stored[0].model_dump_json()
    sent = tools.rank_people(posting_text="TIG Welder\nRequirements\n- TIG welding of stainless pipe").matches
    assert sent[0].person.id == "ann"


def test_an_explanation_adds_up(tools):
    found = tools.explain_match(person_id="ann", job_id="w1", lang="zh")
    total = found.base + sum(factor.contribution for factor in found.factors)
    assert total == pytest.approx(found.match.score, abs=1e-9)
    assert "要求" in found.match.reasons[0].sentence


def test_gaps_name_what_is_missing(tools):
    gaps = tools.skill_gap(person_id="ann").gaps
    assert any("python" in gap.name.lower() for gap in gaps)


def test_the_search_leaves_out_jobs_that_have_ended(tools):
    found = [job.id for job in tools.search_jobs("welder").jobs]
    assert found[0] == "w1"
    assert "old" not in found


def test_a_long_posting_is_given_in_pieces(tools, job_of):
    tools._desk.put([job_of("Clerk", "Filing. " * 3000, id="long")])
    first = tools.get_job("long")
    assert len(first.text) == 8000
    rest = tools.get_job("long", offset=first.next_offset)
    assert rest.offset == 8000
    assert tools.get_job("w1").next_offset is None


def test_texts_are_linked_to_concepts(tools):
    found = tools.resolve_skill("TIG welding and forklift driving")
    assert found.skills
    assert all(one.uri.startswith("http") for one in found.skills + found.occupations)


def test_a_dismissed_job_does_not_come_back_and_an_event_counts_once(tools):
    first = tools.record_event("dismiss", "ann", "w1", event_id="e1", note="too far")
    again = tools.record_event("dismiss", "ann", "w1", event_id="e1")
    assert (first.is_new, again.is_new) == (True, False)
    assert "w1" not in [match.job.id for match in tools.recommend_jobs(person_id="ann", n=10).matches]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda tools: tools.recommend_jobs(), "exactly one"),
        (lambda tools: tools.recommend_jobs(resume_text=RESUME, person_id="ann"), "exactly one"),
        (lambda tools: tools.rank_people(), "one of job_id and posting_text"),
        (lambda tools: tools.search_jobs("  "), "title"),
    ],
)
def test_what_is_not_clear_is_told_with_a_remedy(tools, call, words):
    with pytest.raises(InputError) as told:
        call(tools)
    assert words in told.value.hint


@pytest.mark.parametrize(
    "call",
    [
        lambda tools: tools.get_job("nobody"),
        lambda tools: tools.explain_match(person_id="nobody", job_id="w1"),
        lambda tools: tools.record_event("save", "nobody", "w1", event_id="e"),
        lambda tools: tools.record_event("save", "ann", "nobody", event_id="e"),
        lambda tools: tools.parse_resume(resume_file="nobody.txt"),
        lambda tools: tools.parse_resume(resume_file="../secret.txt"),
        lambda tools: tools.parse_resume(resume_file="/etc/hostname"),
    ],
)
def test_what_is_not_there_is_told_with_a_remedy(tools, call):
    with pytest.raises(NotFoundError) as told:
        call(tools)
    assert told.value.hint


def test_a_server_without_a_folder_reads_no_files(tmp_path):
    with open_tools(str(tmp_path / "c"), Settings(), encoder=HashEncoder()) as tools, pytest.raises(InputError) as told:
        tools.parse_resume(resume_file="ann.txt")
    assert "--files" in told.value.hint
