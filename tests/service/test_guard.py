"""Bodies too large or too slow, and pages of other sites, are refused before any route sees them."""

import asyncio
from dataclasses import replace

import pytest

from metier.service.guard import BodyGuard
from metier.service.problem import ProblemError


@pytest.fixture
def small(client_of, options):
    return client_of(replace(options, max_body_mb=1, max_bulk_mb=2))


def test_large_bodies_are_refused_whether_they_say_so_or_not(small):
    big = b"x" * 1_100_000
    assert small.post("/v1/jobs", content=big, headers={"content-type": "application/json"}).status_code == 413
    pieces = iter([big[:600_000], big[600_000:]])
    answer = small.post("/v1/jobs", content=pieces, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert small.post("/v1/parse", files={"file": ("a.txt", big)}).status_code == 413
    lines = {"content-type": "application/x-ndjson"}
    assert small.post("/v1/jobs/bulk", content=big, headers=lines).status_code == 200
    assert small.post("/v1/jobs/bulk", content=big * 2, headers=lines).status_code == 413
    assert small.post("/v1/imports", content=iter([big, big]), headers=lines).status_code == 413


def test_a_slow_body_is_given_up(options):
    async def never():
        await asyncio.sleep(60)

    async def app(scope, receive, send):
        await receive()

    guard = BodyGuard(app, replace(options, body_seconds=0))
    with pytest.raises(ProblemError) as caught:
        asyncio.run(guard({"type": "http", "path": "/v1/jobs", "headers": []}, never, never))
    assert caught.value.status_code == 408


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "https://evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"origin": "null"},
    ],
)
def test_without_keys_other_sites_are_refused(client, headers):
    assert client.get("/v1/jobs", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"host": "localhost:8000"}, {"host": "[::1]:80"}, {"origin": "http://127.0.0.1:8000"}]
)
def test_without_keys_the_own_machine_is_answered(client, headers):
    assert client.get("/v1/jobs", headers=headers).status_code == 200


def test_with_keys_any_name_is_answered(keyed):
    client, headers = keyed
    assert client.get("/v1/jobs", headers=headers() | {"host": "jobs.example"}).status_code == 200
