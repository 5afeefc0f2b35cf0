"""Saved searches and live lists through HTTP."""

import pytest

SEARCH = {"side": "jobs", "subject": "ana", "url": "https://example.com/hook", "filters": {"country": ["GB"]}}


def test_a_search_is_saved_listed_and_deleted_and_its_secret_shown_once(stocked):
    made = stocked.post("/v1/searches", json=SEARCH)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    place = made.headers["location"]
    found = stocked.get(place).json()
    assert ("secret" in found, found["deliveries"], found["filters"]["country"]) == (False, [], ["GB"])
    assert [one["id"] for one in stocked.get("/v1/searches").json()["items"]] == [found["id"]]
    assert stocked.delete(place).status_code == 204
    assert stocked.get(place).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "nobody"},
        {"url": "https://127.0.0.1/x"},
        {"url": "http://example.com"},
        {"side": "both"},
        {"n": 0},
        {"filters": {"colour": 1}},
    ],
)
def test_a_search_that_cannot_be_is_refused(stocked, change):
    assert stocked.post("/v1/searches", json=SEARCH | change).status_code in {404, 422}


def test_a_seeker_sees_their_own_searches(keyed):
    client, headers = keyed
    admin = headers()
    for key in ("ana", "bo"):
        client.put(f"/v1/people/{key}", json={"text": "Welder, TIG welding"}, headers=admin)
    client.put("/v1/jobs/w", json={"title": "Welder", "description": "Weld."}, headers=admin)
    own = client.post("/v1/searches", json=SEARCH, headers=headers("seeker", person="ana")).headers["location"]
    other = headers("seeker", person="bo")
    assert client.get(own, headers=other).status_code == 404
    assert client.delete(own, headers=other).status_code == 404
    assert client.get("/v1/searches", headers=other).json()["items"] == []
    assert len(client.get("/v1/searches", headers=admin).json()["items"]) == 1
    assert client.get("/v1/searches", headers=headers(tenant="other")).json()["items"] == []


def test_streams_are_bounded_and_need_a_person(stocked):
    assert stocked.get("/v1/people/nobody/recommendations/stream").status_code == 404
    stocked.app.state.house.streams = 10_000
    assert stocked.get("/v1/people/ana/recommendations/stream").status_code == 503
    stocked.app.state.house.streams = 0
