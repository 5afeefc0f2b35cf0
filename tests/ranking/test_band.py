import pytest

from metier.ranking.band import band_of, has_evidence
from metier.records.job import Job
from metier.records.profile import Profile


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, "strong"),
        (0.70, "strong"),
        (0.699, "good"),
        (0.50, "good"),
        (0.30, "stretch"),
        (0.299, "weak"),
        (0.0, "weak"),
    ],
)
def test_a_score_in_words(score, band):
    assert band_of(score) == band


@pytest.mark.parametrize(
    ("resume", "posting", "is_enough"),
    [
        ("Hello", "Welder wanted", False),
        ("Hello " * 40, "Welder wanted", False),
        ("Hello", "Welder wanted " * 20, False),
        ("Hello " * 40, "Welder wanted " * 20, True),
        ("", "", False),
    ],
)
def test_two_documents_that_say_something_are_needed(resume, posting, is_enough):
    person, job = Profile(id="p", source="a", text=resume), Job(id="1", source="f", title="Welder", text=posting)
    assert has_evidence(person, job) is is_enough


def test_a_short_text_in_which_something_was_found_is_enough(person_of, job_of):
    assert has_evidence(person_of("Skills: Python, SQL"), job_of("Developer", "Python and SQL."))
    assert has_evidence(person_of("技能：Java、MySQL"), job_of("后端", "熟悉 Java"))
