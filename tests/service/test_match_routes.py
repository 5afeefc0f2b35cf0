"""Answers through HTTP, as the shipped schema describes them."""

import json
from importlib.resources import files

import jsonschema
import pytest

ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())
TEXT = "Welder\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of stainless pipe"


def test_recommendations_keep_the_schema_and_the_same_question_has_the_same_bytes(stocked):
    first = stocked.get("/v1/people/ana/recommendations?n=5&lang=zh")
    jsonschema.validate(first.json(), ANSWER)
    assert first.content == stocked.get("/v1/people/ana/recommendations?n=5&lang=zh").content
    assert first.json()["versions"]["as_of"] == "2026-11-20"
    jsonschema.validate(stocked.get("/v1/jobs/welder-7/people").json(), ANSWER)


def test_a_person_sent_along_is_answered_and_not_kept(stocked):
    answer = stocked.post("/v1/recommendations", json={"person": {"text": TEXT}, "n": 1})
    jsonschema.validate(answer.json(), ANSWER)
    assert [match["job"]["id"] for match in answer.json()["matches"]] == ["welder-7"]
    assert stocked.get("/v1").json()["people"] == 1


def test_filters_and_policy_act(stocked):
    def ids(query):
        return [
            match["job"]["id"] for match in stocked.get(f"/v1/people/ana/recommendations?{query}").json()["matches"]
        ]

    assert ids("country=IE&stated_only=true") in ([], ["nurse-1"])
    assert ids("country=GB&stated_only=true&policy=mark") == ["welder-7"]
    assert ids("salary_min=£90,000 a year&stated_only=true") == []
    assert stocked.get("/v1/people/ana/recommendations?salary_min=plenty").status_code == 422
    assert stocked.get("/v1/people/ana/recommendations?policy=perhaps").status_code == 422


def test_events_move_the_next_list(stocked):
    stocked.get("/v1/people/ana/recommendations")
    stocked.post("/v1/events", json={"kind": "dismiss", "profile_id": "ana", "job_id": "welder-7"})
    ids = [match["job"]["id"] for match in stocked.get("/v1/people/ana/recommendations").json()["matches"]]
    assert "welder-7" not in ids


def test_a_pair_is_explained_and_gaps_are_named(stocked):
    pair = stocked.get("/v1/people/ana/jobs/welder-7").json()
    assert (pair["job"]["id"], pair["person"]["id"]) == ("welder-7", "ana")
    assert pair["reasons"]
    gaps = stocked.get("/v1/people/ana/gaps?n=5").json()
    assert any("orklift" in gap["name"] or gap["kind"] == "licence" for gap in gaps["gaps"])
    assert stocked.get("/v1/people/nobody/gaps").status_code == 404
    assert stocked.get("/v1/jobs/nothing/people").status_code == 404


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [("ana.txt", "profile", "profile"), ("job.md", "job", "job"), ("../../etc/passwd", "profile", "profile")],
)
def test_uploads_are_read(client, name, kind, found):
    answer = client.post("/v1/parse", files={"file": (name, TEXT.encode())}, data={"kind": kind})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["kind"], "/" in answer.json()["source"]) == (found, False)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"%PDF-1.4 broken", b"\xd0\xcf\x11\xe0old", b"\x00\x00"])
def test_uploads_that_give_no_text_are_told(client, data):
    answer = client.post("/v1/parse", files={"file": ("a.pdf", data)})
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_document")
    assert client.post("/v1/parse", data={"kind": "profile"}).status_code in {415, 422}
