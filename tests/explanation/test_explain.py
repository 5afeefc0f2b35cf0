"""Reasons stand on quotes, and one whose quote is not there cannot be made."""

import datetime as dt
from dataclasses import replace

import pytest

from metier.explanation import LANGUAGES, explain
from metier.recommender import Recommender
from metier.records.span import Span
from metier.testing import HashEncoder

DAY = dt.date(2026, 11, 20)
RESUME = """Ann Lee

Work experience
Welder, Harrow Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing

Licences
Forklift licence
"""
POSTING = """Requirements
- TIG welding of stainless pipe
- Forklift licence is essential
- Fluent German
- Experience with Kubernetes
- 熟悉数控机床操作
- Coffee art would be a plus
"""


@pytest.fixture(scope="module")
def recommender(graph):
    return Recommender.open(encoder=HashEncoder(), graph=graph)


@pytest.fixture(scope="module")
def match(recommender, person_of, job_of):
    return recommender.match(person_of(RESUME), job_of("Welder", POSTING), as_of=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_for_each_requirement_in_the_order_of_the_job(match, language):
    explained = explain(match, language=language)
    assert [reason.requirement for reason in explained.reasons] == list(match.job.requirements)
    assert all(reason.sentence for reason in explained.reasons)


def test_every_quote_stands_at_its_offsets(match):
    for reason in explain(match).reasons:
        assert reason.requirement.span.is_in(match.job.text)
        assert reason.evidence is None or reason.evidence.is_in(match.profile.text)


@pytest.mark.parametrize(
    "forged",
    [
        Span(text="ten years at NASA", start=0, end=17),
        Span(text="TIG welding", start=0, end=11),
        Span(text="", start=0, end=0),
        Span(text="", start=9_000, end=9_000),
        Span(text="Forklift licence", start=-17, end=-1),
    ],
)
def test_a_quote_that_is_not_there_makes_no_reason_on_either_side(match, forged):
    first, *others = match.coverage
    in_resume = replace(first, evidence=forged)
    in_job = replace(first, requirement=replace(first.requirement, span=forged))
    for broken in (in_resume, in_job):
        reasons = explain(replace(match, coverage=(broken, *others))).reasons
        assert [reason.requirement for reason in reasons] == [entry.requirement for entry in others]


def test_the_shares_add_up_to_what_coverage_contributed(match):
    contribution = next(factor.contribution for factor in match.factors if factor.name == "coverage")
    shares = [reason.share for reason in explain(match).reasons]
    assert sum(round(1e6 * share) for share in shares) == round(1e6 * contribution) != 0


def test_what_is_met_speaks_for_and_what_is_missing_against(match):
    shares = {reason.verdict: reason.share for reason in explain(match).reasons}
    assert shares["met"] > 0 > shares["missing"]


def test_without_requirements_there_is_nothing_to_share(match, recommender, job_of):
    empty = recommender.match(match.profile, replace(job_of("Welder", "Come and see us."), requirements=()), as_of=DAY)
    explained = explain(empty)
    assert (explained.reasons, explained.gaps) == ((), ())
    assert explained.summary


def test_the_person_who_shows_it_has_it_met(match):
    verdicts = {reason.requirement.span.text: reason.verdict for reason in explain(match).reasons}
    assert next(verdict for text, verdict in verdicts.items() if "forklift" in text.lower()) == "met"


def test_gaps_are_what_is_not_met_and_the_heaviest_come_first(match):
    gaps = explain(match).gaps
    open_ones = {entry.requirement.span.text for entry in match.coverage if entry.verdict in {"missing", "not_stated"}}
    assert set(gaps) == open_ones
    assert "Coffee" in gaps[-1]


def test_gaps_have_an_end(match):
    missing = next(entry for entry in match.coverage if entry.verdict == "missing")
    many = tuple(
        replace(missing, requirement=replace(missing.requirement, span=Span.of(match.job.text, start, start + 3)))
        for start in range(40)
    )
    assert 0 < len(explain(replace(match, coverage=many)).gaps) < 15


def test_a_skill_that_is_near_is_explained_by_its_way_through_the_graph(recommender, person_of, job_of):
    person = person_of("Ann Lee\n\nSkills\nPostgreSQL\n")
    match = recommender.match(person, job_of("Clerk", "Requirements\n- MySQL\n"), as_of=DAY)
    (reason,) = explain(match).reasons
    assert reason.path == "MySQL ↔ PostgreSQL"
    assert reason.path.split(" ")[0] in reason.sentence
    assert "同时被要求" in explain(match, language="zh").reasons[0].sentence


def test_the_same_skill_needs_no_way(match):
    welding = explain(match).reasons[0]
    assert (welding.verdict, welding.path) == ("met", "")
