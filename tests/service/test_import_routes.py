"""`202`, a progress resource, and its events."""

import json
import time

LINES = {"content-type": "application/x-ndjson"}


def body(count):
    return b"\n".join(
        json.dumps({"id": f"j{number}", "title": f"Welder {number}", "description": "Weld."}).encode()
        for number in range(count)
    )


def test_a_long_import_is_accepted_and_its_progress_told(client):
    answer = client.post("/v1/imports?kind=jobs", content=body(100), headers=LINES)
    assert answer.status_code == 202
    place = answer.headers["location"]
    with client.stream("GET", f"{place}/events") as stream:
        told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    assert told[-1]["state"] == "done"
    assert [one["done"] for one in told] == sorted(one["done"] for one in told)
    assert client.get(place).json()["done"] == 100
    assert client.get("/v1").json()["jobs"] == 100
    assert "owner" not in client.get(place).json()


def test_people_are_imported_too_and_faults_are_told(client):
    lines = b'{"id": "ana", "text": "Welder"}\n{"id": "bo"}\n'
    place = client.post("/v1/imports?kind=people", content=lines, headers=LINES).headers["location"]
    for _ in range(200):
        found = client.get(place).json()
        if found["state"] == "done":
            break
        time.sleep(0.05)
    assert (found["failed"], found["errors"][0]["line"]) == (1, 2)
    assert [one["id"] for one in client.get("/v1/imports").json()["items"]] == [found["id"]]
    assert client.get("/v1/imports/nothing").status_code == 404
    assert client.post("/v1/imports", json={}).status_code == 415
