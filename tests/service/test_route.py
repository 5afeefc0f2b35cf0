"""Writes with an Idempotency-Key through HTTP."""

JOB = {"title": "Welder", "description": "Weld steel."}


def test_a_repeated_post_gets_the_same_answer_and_acts_once(client):
    key = {"Idempotency-Key": "k-1"}
    first = client.post("/v1/jobs", json=JOB, headers=key)
    again = client.post("/v1/jobs", json=JOB, headers=key)
    assert (first.status_code, first.content) == (again.status_code, again.content) == (201, first.content)
    assert first.headers["location"] == again.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    other = client.post("/v1/jobs", json=JOB | {"title": "Nurse"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert client.get("/v1").json()["jobs"] == 1


def test_a_refused_request_may_be_mended_under_its_key(client):
    key = {"Idempotency-Key": "k-2"}
    assert client.post("/v1/jobs", json={"title": "Welder"}, headers=key).status_code == 422
    assert client.post("/v1/jobs", json=JOB, headers=key).status_code == 201


def test_events_without_an_id_count_once_under_a_key(client):
    event = {"kind": "save", "profile_id": "ana", "job_id": "w"}
    for _ in range(3):
        client.post("/v1/events", json=event, headers={"Idempotency-Key": "k-3"})
    assert len(client.get("/v1/events").json()["items"]) == 1


def test_a_replayed_delete_is_done(client):
    client.put("/v1/jobs/w", json=JOB)
    key = {"Idempotency-Key": "k-4"}
    assert [client.delete("/v1/jobs/w", headers=key).status_code for _ in range(2)] == [204, 204]
    assert client.delete("/v1/jobs/w").status_code == 404


def test_lines_and_uploads_are_replayed_too(client):
    key, lines = (
        {"Idempotency-Key": "k-5", "Content-Type": "application/x-ndjson"},
        b'{"id": "a", "title": "W", "description": "x y"}\n',
    )
    first, again = (client.post("/v1/jobs/bulk", content=lines, headers=key) for _ in range(2))
    assert first.content == again.content
    assert b'"added"' in again.content
    sent = {"files": {"file": ("a.txt", b"Welder, Leeds")}, "headers": {"Idempotency-Key": "k-6"}}
    assert client.post("/v1/parse", **sent).status_code == 200
