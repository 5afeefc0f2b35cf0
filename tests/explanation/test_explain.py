"""Reasons stand on quotes, and one whose quote is not there cannot be made."""

import datetime as dt
from dataclasses import replace

from metier.explanation import explain
from metier.jobs import find_job
from metier.recommender import Recommender
from metier.records.span import Span
from metier.resumes import read_resume
from metier.sample import demo_resumes, jobs_path

RECOMMENDER = Recommender.open()
JOB = find_job(f"{jobs_path()}#s-001", graph=RECOMMENDER.graph)
MATCH = RECOMMENDER.match(
    read_resume(demo_resumes()[0], graph=RECOMMENDER.graph), JOB, as_of=dt.date(2026, 11, 20)
)  # fmt: skip


def test_a_reason_for_each_requirement_in_either_language():
    for language in ("en", "zh"):
        explained = explain(MATCH, language=language)
        assert len(explained.reasons) == len(JOB.requirements)
        assert all(reason.sentence for reason in explained.reasons)


def test_a_quote_that_is_not_there_makes_no_reason():
    forged = Span(text="ten years at NASA", start=0, end=17)
    first, *others = MATCH.coverage
    broken = replace(MATCH, coverage=(replace(first, evidence=forged), *others))
    assert len(explain(broken).reasons) == len(MATCH.coverage) - 1


def test_the_person_who_shows_it_has_it_met():
    verdicts = {reason.requirement.span.text: reason.verdict for reason in explain(MATCH).reasons}
    assert next(verdict for text, verdict in verdicts.items() if "forklift" in text.lower()) == "met"


def test_an_answer_does_not_depend_on_what_was_asked_before():
    again = RECOMMENDER.match(MATCH.profile, JOB, as_of=dt.date(2026, 11, 20))
    assert again == MATCH
    assert len(str(MATCH.score)) <= 8
