"""`/v1/jobs` through HTTP."""

import json

import pytest

JOB = {"title": "Welder", "description": "TIG welding of stainless pipe."}
LINES = {"content-type": "application/x-ndjson"}


def test_a_job_is_put_read_changed_ended_and_deleted(client):
    first = client.put("/v1/jobs/w", json=JOB)
    assert (first.status_code, first.json(), first.headers["location"]) == (
        201,
        {"id": "w", "status": "added"},
        "/v1/jobs/w",
    )
    assert client.put("/v1/jobs/w", json=JOB).json()["status"] == "unchanged"
    assert client.put("/v1/jobs/w", json=JOB | {"title": "Senior welder"}).json()["status"] == "changed"
    found = client.get("/v1/jobs/w").json()
    assert (found["id"], found["kind"], found["record"]["title"]) == ("w", "job", "Senior welder")
    assert client.post("/v1/jobs/w/expire", json={"on": "2026-11-01"}).json() == {
        "id": "w",
        "valid_through": "2026-11-01",
    }
    assert client.delete("/v1/jobs/w").status_code == 204
    for method, path, body in (
        ("GET", "/v1/jobs/w", None),
        ("DELETE", "/v1/jobs/w", None),
        ("POST", "/v1/jobs/w/expire", {}),
    ):
        assert client.request(method, path, json=body).status_code == 404


def test_the_path_names_the_job(client):
    client.put("/v1/jobs/%20w%20x", json=JOB | {"id": "other"})
    assert client.get("/v1/jobs/%20w%20x").json()["id"] == " w x"
    assert client.get("/v1/jobs/other").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/v1/jobs/..%2f..%2fetc", "/v1/jobs/a%00b", "/v1/jobs/%5c%5cserver", "/v1/jobs/" + "x" * 300, "/v1/jobs/%0a"],
)
def test_ids_that_are_paths_are_refused(client, path):
    assert client.put(path, json=JOB).status_code in {404, 405, 422}


def test_a_posting_without_an_id_gets_one_from_its_text(client):
    first = client.post("/v1/jobs", json=JOB).json()
    assert client.post("/v1/jobs", json=JOB).json() == {"id": first["id"], "status": "unchanged"}


def test_pages_have_no_gaps_and_no_twins(client):
    body = b"\n".join(
        json.dumps(JOB | {"id": f"j{number:02}", "title": f"Welder {number}"}).encode() for number in range(25)
    )
    answer = client.post("/v1/jobs/bulk", content=body, headers=LINES)
    assert answer.headers["content-type"] == LINES["content-type"]
    assert [json.loads(line)["status"] for line in answer.text.splitlines()] == ["added"] * 25
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get("/v1/jobs", params={"limit": 10, "cursor": cursor}).json()
        seen += [job["id"] for job in page["items"]]
        cursor = page["next"]
    assert seen == [f"j{number:02}" for number in range(25)]


def test_script_in_a_posting_stays_data(client):
    client.put(
        "/v1/jobs/x",
        json={"title": "<script>alert(1)</script> Welder", "description": "<b onload=x>Weld</b> <script>y</script>"},
    )
    answer = client.get("/v1/jobs/x")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["record"]["title"]


@pytest.mark.parametrize("key", ["é", "焊工 1", "100%", "a?b#c"])
def test_where_a_job_is_can_be_followed(client, key):
    made = client.post("/v1/jobs", json=JOB | {"id": key})
    assert client.get(made.headers["location"]).json()["id"] == key
