"""`/v1/events` and `/v1/labels` through HTTP."""

import pytest

EVENT = {"id": "e1", "kind": "save", "profile_id": "ana", "job_id": "w"}


def test_an_event_counts_once(client):
    first = client.post("/v1/events", json=EVENT)
    assert (first.status_code, first.json()) == (201, {"id": "e1", "status": "stored"})
    again = client.post("/v1/events", json=EVENT)
    assert (again.status_code, again.json()) == (200, {"id": "e1", "status": "known"})


def test_a_batch_is_told_one_by_one(client):
    client.post("/v1/events", json=EVENT)
    batch = {"events": [EVENT, EVENT | {"id": "e2"}, EVENT | {"id": "e2"}]}
    found = client.post("/v1/events/batch", json=batch).json()["results"]
    assert [one["status"] for one in found] == ["known", "stored", "known"]


@pytest.mark.parametrize(
    "body", [{"events": []}, {"events": [EVENT, {"kind": "save"}]}, {"events": [EVENT] * 10_001}, {"events": {}}]
)
def test_a_batch_that_is_wrong_keeps_nothing(client, body):
    assert client.post("/v1/events/batch", json=body).status_code == 422
    assert client.get("/v1/events").json()["items"] == []


def test_events_come_in_pages(client):
    client.post("/v1/events/batch", json={"events": [EVENT | {"id": f"e{number}"} for number in range(5)]})
    page = client.get("/v1/events?limit=3").json()
    rest = client.get("/v1/events", params={"limit": 3, "cursor": page["next"]}).json()
    assert [one["id"] for one in page["items"] + rest["items"]] == [f"e{number}" for number in range(5)]
    assert rest["next"] is None
    assert client.get("/v1/events?cursor=YWJj").status_code == 422


def test_labels_are_kept_by_who_gave_them(keyed):
    client, headers = keyed
    one, two = headers("recruiter"), headers("admin")
    for key, grade in ((one, 1), (two, 3), (one, 2)):
        assert client.put("/v1/labels/ana/w", json={"grade": grade}, headers=key).status_code == 200
    assert sorted(label["grade"] for label in client.get("/v1/labels", headers=one).json()["items"]) == [2, 3]
    assert client.put("/v1/labels/ana/w", json={"grade": 4}, headers=one).status_code == 422
