"""Conditions: silence never removes anybody."""

import datetime as dt
import json

from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs
from metier.ranking.constraint import check_constraints, is_ruled_out
from metier.resumes import make_preferences, read_resume, with_preferences
from metier.sample import demo_resumes

GRAPH, DAY = SkillLinker(), dt.date(2026, 11, 20)
WELDER = read_resume(demo_resumes()[0], graph=GRAPH)


def job(tmp_path, **fields):
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps({"title": "Welder", "description": "Weld steel frames in our shop."} | fields))
    return next(iter(read_jobs(str(feed), graph=GRAPH)))


def verdicts(person, posting):
    return {found.kind: found.verdict for found in check_constraints(person, posting, as_of=DAY)}


def test_pay_below_the_floor_is_not_met_and_silence_is_not_stated(tmp_path):
    wishing = with_preferences(WELDER, make_preferences({"salary_min": "£40,000 a year"}))
    assert verdicts(wishing, job(tmp_path, salary="£25,000 a year"))["salary"] == "not_met"
    assert verdicts(wishing, job(tmp_path, salary="£45,000 a year"))["salary"] == "met"
    silent = verdicts(wishing, job(tmp_path))
    assert silent.get("salary", "not_stated") == "not_stated"
    assert not is_ruled_out(check_constraints(wishing, job(tmp_path), as_of=DAY))


def test_another_currency_is_never_converted(tmp_path):
    wishing = with_preferences(WELDER, make_preferences({"salary_min": "£40,000 a year"}))
    assert verdicts(wishing, job(tmp_path, salary="EUR 20,000 per year"))["salary"] == "not_stated"


def test_a_licence_that_is_asked_for(tmp_path):
    asked = job(tmp_path, description="Requirements:\n- Forklift licence is essential\n")
    assert verdicts(WELDER, asked)["licence"] == "met"
