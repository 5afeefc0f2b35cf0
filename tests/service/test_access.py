"""Who may do what; no key of one tenant ever sees another's."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metier.service.key import KeyStore

JOB = {"title": "Welder", "description": "TIG welding of pipe."}
PERSON = {"text": "Welder\nTIG welding of stainless pipe since 2019"}


def test_a_key_is_needed_and_health_is_not(keyed):
    client, headers = keyed
    for path in ("/v1/jobs", "/v1/people/ana/recommendations", "/metrics", "/v1"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert client.get("/healthz").status_code == 200
    assert client.get("/v1/jobs", headers={"Authorization": "Bearer metier_x"}).status_code == 401
    token = headers()["Authorization"].removeprefix("Bearer ")
    assert client.get("/v1/jobs", headers={"X-API-Key": token}).status_code == 200


def test_a_revoked_key_is_out_at_once(keyed, options):
    client, headers = keyed
    admin = headers()
    assert client.get("/v1/jobs", headers=admin).status_code == 200
    store = KeyStore(options.folder)
    store.revoke(admin["Authorization"].split("_")[1])
    store.close()
    assert client.get("/v1/jobs", headers=admin).status_code == 401


def test_a_seeker_sees_and_does_only_their_own(keyed):
    client, headers = keyed
    admin, ana = headers(), headers("seeker", person="ana")
    for key in ("ana", "bo"):
        client.put(f"/v1/people/{key}", json=PERSON, headers=admin)
    client.put("/v1/jobs/w", json=JOB, headers=admin)
    good = [
        ("GET", "/v1/people/ana", None),
        ("PUT", "/v1/people/ana", PERSON),
        ("GET", "/v1/people/ana/recommendations", None),
        ("GET", "/v1/people/ana/gaps", None),
        ("GET", "/v1/people/ana/jobs/w", None),
        ("GET", "/v1/jobs/w", None),
        ("POST", "/v1/events", {"kind": "save", "profile_id": "ana", "job_id": "w"}),
        ("GET", "/v1/events", None),
    ]
    for method, path, body in good:
        assert client.request(method, path, json=body, headers=ana).status_code in {200, 201}, path
    hidden = [
        ("GET", "/v1/people/bo", None),
        ("PUT", "/v1/people/bo", PERSON),
        ("DELETE", "/v1/people/bo", None),
        ("GET", "/v1/people/bo/recommendations", None),
        ("GET", "/v1/people/bo/recommendations/stream", None),
        ("GET", "/v1/people/bo/gaps", None),
        ("GET", "/v1/people/bo/jobs/w", None),
        ("POST", "/v1/events", {"kind": "save", "profile_id": "bo", "job_id": "w"}),
        ("GET", "/v1/events?profile_id=bo", None),
        ("POST", "/v1/searches", {"side": "jobs", "subject": "bo", "url": "https://example.com/x"}),
    ]
    nobody = client.get("/v1/people/nobody", headers=ana).json()
    for method, path, body in hidden:
        answer = client.request(method, path, json=body, headers=ana)
        assert answer.status_code == 404, path
        assert answer.json()["code"] == nobody["code"]
    refused: list[tuple[str, str, object]] = [
        ("GET", "/v1/people", None),
        ("POST", "/v1/people", PERSON),
        ("GET", "/v1/jobs/w/people", None),
        ("PUT", "/v1/jobs/w", JOB),
        ("DELETE", "/v1/jobs/w", None),
        ("PUT", "/v1/labels/ana/w", {"grade": 1}),
        ("GET", "/v1/imports", None),
        ("POST", "/v1/events", {"kind": "hire", "profile_id": "ana", "job_id": "w", "actor": "employer"}),
        ("POST", "/v1/searches", {"side": "people", "subject": "w", "url": "https://example.com/x"}),
    ]
    for verb, place, sent in refused:
        assert client.request(verb, place, json=sent, headers=ana).status_code == 403, place


def test_an_auditor_only_reads(keyed):
    client, headers = keyed
    auditor = headers("auditor")
    assert client.get("/v1/people", headers=auditor).status_code == 200
    for method, path, body in (
        ("PUT", "/v1/jobs/w", JOB),
        ("POST", "/v1/events", {"kind": "save", "profile_id": "a", "job_id": "w"}),
        ("DELETE", "/v1/people/a", None),
        ("PUT", "/v1/labels/a/w", {"grade": 1}),
    ):
        assert client.request(method, path, json=body, headers=auditor).status_code == 403


def test_a_key_that_asks_too_often_waits(client_of, options):
    client = client_of(replace(options, requests_per_minute=3))
    statuses = [client.get("/v1/jobs") for _ in range(4)]
    assert [answer.status_code for answer in statuses] == [200, 200, 200, 429]
    assert int(statuses[-1].headers["retry-after"]) >= 1


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_key_of_one_tenant_sees_what_another_has(keyed, data):
    """Whatever two tenants write, each sees its own alone: in lists, by id, in answers, events, labels and replays."""
    client, headers = keyed
    names = data.draw(st.lists(st.sampled_from(["t1", "t2", "t3"]), min_size=2, max_size=2, unique=True))
    mine, yours = (headers("recruiter", tenant=name) for name in names)
    number = data.draw(st.integers(0, 10**9))
    jobs, people = ({f"{name}-{kind}-{number}" for name in names} for kind in ("job", "person"))
    for name, key in zip(names, (mine, yours), strict=True):
        client.put(f"/v1/jobs/{name}-job-{number}", json=JOB, headers=key | {"Idempotency-Key": "same"})
        client.put(f"/v1/people/{name}-person-{number}", json=PERSON, headers=key)
        event = {"id": "one", "kind": "save", "profile_id": f"{name}-person-{number}", "job_id": f"{name}-job-{number}"}
        client.post("/v1/events", json=event, headers=key)
        client.put(f"/v1/labels/{name}-person-{number}/{name}-job-{number}", json={"grade": 2}, headers=key)
    other = names[1]
    for path in (
        f"/v1/jobs/{other}-job-{number}",
        f"/v1/people/{other}-person-{number}",
        f"/v1/people/{other}-person-{number}/recommendations",
        f"/v1/jobs/{other}-job-{number}/people",
        f"/v1/people/{names[0]}-person-{number}/jobs/{other}-job-{number}",
    ):
        assert client.get(path, headers=mine).status_code == 404, path
    seen = ""
    for path in (
        "/v1/jobs?limit=500",
        "/v1/people?limit=500",
        "/v1/events?limit=500",
        "/v1/labels?limit=500",
        "/v1/searches",
        "/v1/imports",
        f"/v1/people/{names[0]}-person-{number}/recommendations?n=100",
        f"/v1/jobs/{names[0]}-job-{number}/people?n=100",
    ):
        answer = client.get(path, headers=mine)
        assert answer.status_code == 200, path
        seen += answer.text
    assert f"{names[0]}-job-{number}" in seen
    for foreign in (jobs | people) - {f"{names[0]}-job-{number}", f"{names[0]}-person-{number}"}:
        assert foreign not in seen
    assert client.delete(f"/v1/jobs/{other}-job-{number}", headers=mine).status_code == 404
    assert client.get(f"/v1/jobs/{other}-job-{number}", headers=yours).status_code == 200
