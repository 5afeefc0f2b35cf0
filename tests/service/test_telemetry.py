"""Logs and figures tell of requests, never of people or keys."""

import json
import logging
import sys

from metier.service.telemetry import Figures, JsonFormatter


def test_logs_name_the_route_and_nobody(keyed, caplog):
    client, headers = keyed
    admin = headers()
    person = {"text": "Grace Hopper\nNaval officer, grace@example.com"}
    with caplog.at_level(logging.INFO, logger="metier.service.requests"):
        client.put("/v1/people/grace-hopper", json=person, headers=admin)
        client.get("/v1/people/grace-hopper/recommendations", headers=admin)
    lines = [JsonFormatter().format(record) for record in caplog.records if record.name == "metier.service.requests"]
    fields = [json.loads(line) for line in lines]
    assert [(one["method"], one["route"], one["status"]) for one in fields] == [
        ("PUT", "/v1/people/{person_id}", 201),
        ("GET", "/v1/people/{person_id}/recommendations", 200),
    ]
    token = admin["Authorization"].split("_")
    assert all(one["key"] == token[1] and one["tenant"] == "default" for one in fields)
    assert not any(word.lower() in line.lower() for line in lines for word in ("grace", "hopper", "naval", token[2]))


def test_a_fault_is_told_by_its_kind_and_place(caplog):
    try:
        raise ValueError("Grace Hopper's resume")
    except ValueError:
        record = logging.LogRecord("metier", logging.ERROR, __file__, 1, "a fault", None, sys.exc_info())
    fields = json.loads(JsonFormatter().format(record))
    assert fields["fault"] == "ValueError"
    assert fields["where"][-1].startswith("test_telemetry.py:")
    assert "Grace" not in json.dumps(fields)


def test_figures_count_requests(stocked):
    stocked.get("/v1/people/ana/recommendations")
    stocked.get("/v1/people/ana/recommendations")
    text = stocked.get("/metrics").text
    assert 'metier_requests_total{method="GET",route="/v1/people/{person_id}/recommendations",status="200"} 2.0' in text
    assert 'metier_answers_total{kept="yes"} 1.0' in text
    assert "ana" not in text.replace("metier_answers", "")


def test_two_applications_do_not_share_figures():
    one, other = Figures(), Figures()
    one.cached.labels("yes").inc()
    assert b'metier_answers_total{kept="yes"}' not in other.render()
