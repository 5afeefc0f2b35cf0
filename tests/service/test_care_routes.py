"""Whether it lives, and whether it is ready."""

import time


def test_it_lives_at_once_and_is_ready_soon(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    for _ in range(600):
        answer = client.get("/readyz")
        if answer.status_code == 200:
            break
        assert answer.json()["code"] == "not_ready"
        time.sleep(0.05)
    assert answer.json() == {"status": "ready"}


def test_it_says_who_asks_and_how_much_there_is(stocked):
    assert stocked.get("/v1").json() | {"metier": ""} == {
        "metier": "", "scope": "admin", "tenant": "default", "person": None, "jobs": 2, "people": 1,
    }  # fmt: skip
    assert "metier_requests_total" in stocked.get("/metrics").text
