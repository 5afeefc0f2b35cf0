"""Answers as JSON: what docs/json.md promises."""

import datetime as dt
import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from metier import __version__
from metier.config import Settings
from metier.explanation import explain
from metier.recommender import Recommender
from metier.records.profile import Profile
from metier.service.answer import job_fields, match_fields, person_fields, record_fields, versions
from metier.testing import HashEncoder

ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())
PARSED = json.loads(files("metier.schema").joinpath("parse.schema.json").read_text())
DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize("side", ["jobs", "people"])
def test_an_answer_keeps_the_schema(match, graph, side):
    made = versions(Recommender.open(encoder=HashEncoder(), graph=graph), Settings(), DAY)
    found = match_fields(match, explain(match), side)
    jsonschema.validate(json.loads(json.dumps({"source": "a.txt", "matches": [found], "versions": made})), ANSWER)
    assert ("job" in found, "person" in found) == (side == "jobs", side == "people")


def test_the_figures_of_an_answer_add_up(match):
    fields = match_fields(match, explain(match), "jobs")
    assert fields["base"] + sum(one["contribution"] for one in fields["factors"]) == pytest.approx(
        fields["score"], abs=1e-9
    )
    coverage = next(one["contribution"] for one in fields["factors"] if one["name"] == "coverage")
    assert sum(reason["share"] for reason in fields["reasons"]) == pytest.approx(coverage, abs=1e-9)
    assert (fields["calibrated"], fields["probability"]) == (False, None)
    likely = match_fields(replace(match, calibrated=True, probability=0.25), explain(match), "jobs")
    assert (likely["calibrated"], likely["probability"]) == (True, 0.25)


def test_quotes_are_offsets_into_the_texts_that_parse_gives(match):
    fields = match_fields(match, explain(match), "jobs")
    job, resume = record_fields(match.job)["text"], record_fields(match.profile)["text"]
    quotes = [(job, reason["requirement"]) for reason in fields["reasons"]]
    quotes += [(resume, reason["evidence"]) for reason in fields["reasons"] if reason["evidence"]]
    quotes += [(job, one["job_quote"]) for one in fields["constraints"] if one["job_quote"]]
    quotes += [(resume, one["resume_quote"]) for one in fields["constraints"] if one["resume_quote"]]
    assert len(quotes) > 3
    assert all(text[quote["start"] : quote["end"]] == quote["text"] for text, quote in quotes)


def test_a_person_is_named_by_key_and_trade_and_nothing_personal(match):
    fields = person_fields(match)
    assert fields["id"] == "ann"
    assert fields["label"] == "TIG Welder"
    assert "Ann Lee" not in json.dumps(fields)
    nobody = person_fields(replace(match, profile=Profile(id="x", source="a", text="")))
    assert nobody["label"] is None


def test_what_a_job_does_not_state_is_null(match, job_of):
    stated = job_fields(match)
    assert (stated["salary"], stated["location"][0], stated["employer"]) == (
        "£30,000 a year",
        "Sheffield",
        "Acme",
    )
    bare = job_fields(replace(match, job=job_of("Welder", "Come and see us.")))
    names = ("workplace", "employment_type", "salary", "seniority", "date_posted", "valid_through")
    assert [bare[name] for name in names] == [None] * len(names)
    assert bare["location"] == []


def test_a_record_is_written_with_its_text_once(match):
    for record, kind in ((match.job, "job"), (match.profile, "profile")):
        fields = record_fields(record)
        jsonschema.validate(json.loads(json.dumps(fields)), PARSED)
        assert fields["kind"] == kind
        assert "text" not in fields["record"]


def test_versions_name_what_can_change_an_answer(graph):
    recommender = Recommender.open(encoder=HashEncoder(size=8), graph=graph)
    made = versions(recommender, Settings(), DAY)
    assert (made["metier"], made["encoder"], made["as_of"]) == (__version__, "hash-8", "2026-11-20")
    assert made["config"] != versions(recommender, Settings(depth=3), DAY)["config"]
