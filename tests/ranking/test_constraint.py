"""Conditions are met, not met or not stated; silence never removes anybody."""

import datetime as dt
from dataclasses import replace

import pytest

from metier.ranking.constraint import check_constraints, is_ruled_out
from metier.records.preferences import Preferences
from metier.resumes import make_preferences, with_preferences

DAY = dt.date(2026, 11, 20)
RESUME = """Ann Lee
Leeds, United Kingdom

Work experience
Welder, Harrow Fabrications, 01/2023 - 12/2025
- TIG welding

Languages
English (C1), German (A2)

Licences
Forklift licence
"""


@pytest.fixture(scope="module")
def ann(person_of):
    return person_of(RESUME)


@pytest.fixture(scope="module")
def silent(person_of):
    return person_of("Looking for work that suits me.")


def checked(person, job, kind):
    """Give the verdict of a kind of condition; a condition that nobody states is None."""
    found = {one.kind: one for one in check_constraints(person, job, as_of=DAY)}
    return found[kind].verdict if kind in found else None


@pytest.mark.parametrize(
    ("wish", "posting", "verdict"),
    [
        ({"salary_min": "£40,000 a year"}, {"salary": "£25,000 a year"}, "not_met"),
        ({"salary_min": "£40,000 a year"}, {"salary": "£30,000 - £45,000 a year"}, "met"),
        ({"salary_min": "£15 an hour"}, {"salary": "£40,000 a year"}, "met"),
        ({"salary_min": "£40,000 a year"}, {"salary": "EUR 20,000 per year"}, "not_stated"),
        ({"salary_min": "£40,000 a year"}, {}, "not_stated"),
        ({}, {"salary": "£25,000 a year"}, None),
        ({"locations": ["Leeds"]}, {"location": "Leeds, UK"}, "met"),
        ({"locations": ["Leeds"]}, {"location": "Wakefield, UK"}, "met"),
        ({"locations": ["Leeds"]}, {"location": "Bristol, UK"}, "not_met"),
        ({"locations": ["深圳"]}, {"location": "深圳市"}, "met"),
        ({"locations": ["United Kingdom"]}, {"location": "Bristol, UK"}, "met"),
        ({"locations": ["Leeds"]}, {}, None),
        ({}, {"location": "Bristol, UK"}, "not_stated"),
        ({"workplaces": ["remote"]}, {"workplace": "remote"}, "met"),
        ({"workplaces": ["remote"]}, {"workplace": "on-site"}, "not_met"),
        ({"workplaces": ["remote"]}, {}, "not_stated"),
        ({}, {"workplace": "on-site"}, None),
    ],
)
def test_a_wish_is_met_not_met_or_not_stated(silent, job_of, wish, posting, verdict):
    kinds = {"salary_min": "salary", "salary": "salary", "locations": "location", "location": "location"}
    kind = next((kinds[name] for name in (*wish, *posting) if name in kinds), "workplace")
    wishing = with_preferences(replace(silent, preferences=Preferences(hard=())), make_preferences(wish))
    assert checked(wishing, job_of(**posting), kind) == verdict
    assert is_ruled_out(check_constraints(wishing, job_of(**posting), as_of=DAY)) is (verdict == "not_met")


@pytest.mark.parametrize(
    ("words", "kind", "fields", "of_ann", "of_silent"),
    [
        ("forklift licence", "licence", {"licence": "forklift"}, "met", "not_stated"),
        ("HGV licence", "licence", {"licence": "driving_c"}, "not_stated", "not_stated"),
        ("fluent German", "language", {"language": "de", "language_level": "C1"}, "not_met", "not_stated"),
        ("English", "language", {"language": "en", "language_level": "C2"}, "met", "met"),
        ("Polish", "language", {"language": "pl"}, "not_stated", "not_stated"),
        ("two years", "experience", {"years_min": 2.0}, "met", "not_stated"),
        ("ten years", "experience", {"years_min": 10.0}, "not_met", "not_stated"),
        ("right to work", "work_authorisation", {}, "not_stated", "not_stated"),
    ],
)
def test_what_the_job_asks_is_met_not_met_or_not_stated(
    ann, silent, job_of, need_of, words, kind, fields, of_ann, of_silent
):
    job = job_of(description=f"You have: {words}.")
    need = need_of(job, words, kind, **fields)
    kind = "experience_years" if kind == "experience" else kind
    assert checked(ann, replace(job, requirements=(need,)), kind) == of_ann
    assert checked(silent, replace(job, requirements=(need,)), kind) == of_silent
    for softened in (replace(need, importance="nice"), replace(need, is_waived=True)):
        assert checked(ann, replace(job, requirements=(softened,)), kind) is None


@pytest.mark.parametrize(
    ("held", "needs_sponsor", "sponsors", "verdict"),
    [
        (("GB",), None, None, "met"),
        (("EU",), None, None, "not_stated"),
        ((), True, True, "met"),
        ((), True, False, "not_met"),
        ((), True, None, "not_stated"),
        ((), None, False, "not_stated"),
    ],
)
def test_the_right_to_work(silent, job_of, need_of, held, needs_sponsor, sponsors, verdict):
    job = job_of(description="You have the right to work.", location="Leeds, United Kingdom")
    job = replace(job, requirements=(need_of(job, "right to work", "work_authorisation", sponsorship=sponsors),))
    wishes = Preferences(authorised_in=held, needs_sponsorship=needs_sponsor)
    assert checked(replace(silent, preferences=wishes), job, "work_authorisation") == verdict


def test_a_wish_that_is_not_hard_rules_nothing_out(silent, job_of):
    wishes = replace(make_preferences({"salary_min": "£40,000 a year", "locations": ["Leeds"]}), hard=())
    job = job_of(salary="£20,000 a year", location="Bristol, UK")
    assert not is_ruled_out(check_constraints(replace(silent, preferences=wishes), job, as_of=DAY))


def test_every_condition_that_is_judged_has_its_quote(ann, job_of):
    job = job_of(
        description="Requirements\n- Forklift licence is essential\n- At least 10 years of experience in welding\n",
        location="Bristol, UK",
        salary="£20,000 a year",
    )
    wishing = with_preferences(ann, make_preferences({"salary_min": "£40,000 a year", "locations": ["Leeds"]}))
    constraints = check_constraints(wishing, job, as_of=DAY)
    assert {one.kind for one in constraints} >= {"licence", "location", "salary", "experience_years"}
    for one in constraints:
        assert one.job_quote.is_in(job.text)
        assert one.resume_quote is None or one.resume_quote.is_in(wishing.text)


def test_nobody_and_nothing_rule_nothing_out(silent, job_of):
    assert not is_ruled_out(check_constraints(silent, job_of("x", "y z"), as_of=DAY))
    assert not is_ruled_out([])
