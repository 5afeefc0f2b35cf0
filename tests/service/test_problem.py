"""Every error is a problem of RFC 9457 that says what to do."""

import pytest

from metier.errors import CatalogBusyError, InputError, NotFoundError
from metier.service.problem import MEDIA_TYPE, ProblemError, problem_of


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFoundError("no", hint="h"), 404, "not_found"),
        (InputError("no"), 422, "bad_input"),
        (CatalogBusyError("no"), 503, "catalog_busy"),
        (ProblemError(409, "no", code="at_work"), 409, "at_work"),
        (RuntimeError("a secret"), 500, "error"),
    ],
)
def test_each_error_has_its_status(error, status, code):
    fields = problem_of(error)
    assert (fields["status"], fields["code"]) == (status, code)
    assert {"type", "title", "detail"} <= fields.keys()
    assert "secret" not in str(fields)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/v1/nothing", {}, 404),
        ("GET", "/v1/jobs/none", {}, 404),
        ("PATCH", "/v1/jobs", {}, 405),
        ("POST", "/v1/jobs", {"content": b"{", "headers": {"content-type": "application/json"}}, 422),
        ("POST", "/v1/jobs", {"content": b"x", "headers": {"content-type": "text/plain"}}, 415),
        ("POST", "/v1/jobs/bulk", {"json": {}}, 415),
        ("POST", "/v1/parse", {"json": {}}, 415),
        ("POST", "/v1/events", {"json": {"kind": "sing", "profile_id": "a", "job_id": "b"}}, 422),
        ("GET", "/v1/jobs?limit=0", {}, 422),
        ("GET", "/v1/jobs?cursor=%FF", {}, 422),
        ("GET", "/v1/jobs?colour=red", {}, 422),
        ("PUT", "/v1/jobs/x", {"json": {"title": "Only a title"}}, 422),
    ],
)
def test_the_service_answers_problems(client, method, path, sent, status):
    answer = client.request(method, path, **sent)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.json()["status"] == status


def test_a_validation_error_names_each_place(client):
    fields = client.post("/v1/events", json={"kind": "save"}).json()
    assert {error["at"] for error in fields["errors"]} == {"body/profile_id", "body/job_id"}
