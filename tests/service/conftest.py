"""A service on an empty catalog, with an encoder that needs no model."""

import datetime as dt
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from metier.documents.read import read_bytes
from metier.jobs import parse_job
from metier.recommender import Recommender
from metier.records.job import Posting
from metier.resumes import parse_resume
from metier.service.app import create_app
from metier.service.desk import Desk, Parts
from metier.service.document_reader import DocumentReader
from metier.service.key import KeyStore
from metier.service.options import ServiceOptions
from metier.testing import HashEncoder

WELDER = {
    "id": "welder-7",
    "title": "TIG Welder",
    "hiring_organization": "Halden Steel",
    "location": "Leeds, United Kingdom",
    "salary": "£17 an hour",
    "employment_type": "full-time",
    "description": "Weld stainless steel pipe. TIG welding is required. Forklift licence is required.",
}
NURSE = {
    "id": "nurse-1",
    "title": "Registered nurse",
    "location": "Dublin, Ireland",
    "description": "Care for patients on a ward. NMBI registration is required.",
}
ANA = {"id": "ana", "text": "Ana\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of stainless pipe"}
DAY = "2026-11-20"


@pytest.fixture
def options(tmp_path):
    return ServiceOptions(catalog=str(tmp_path / "catalog"), as_of=DAY)


@pytest.fixture
def client_of(graph):
    """Start a service in this process; what is started is stopped at the end of the test."""
    started = []

    def start(options, **kwargs):
        client = TestClient(
            create_app(options, encoder=HashEncoder(), graph=graph), base_url="http://127.0.0.1", **kwargs
        )
        client.__enter__()
        started.append(client)
        return client

    yield start
    for client in started:
        client.__exit__(None, None, None)


@pytest.fixture
def client(client_of, options):
    return client_of(options)


@pytest.fixture
def stocked(client):
    """A service with two jobs and a person."""
    for posting in (WELDER, NURSE):
        assert client.post("/v1/jobs", json=posting).status_code == 201
    assert client.put("/v1/people/ana", json=ANA).status_code == 201
    return client


@pytest.fixture
def keyed(client_of, options):
    """A service with keys: gives the client and what makes a key's headers."""
    store = KeyStore(options.folder)

    def headers(scope="admin", **wishes):
        token = store.create("test", scope=scope, **wishes)
        return {"Authorization": f"Bearer {token}"}

    yield client_of(replace(options, needs_keys=True)), headers
    store.close()


@pytest.fixture
def desk(options, graph):
    """A desk without HTTP around it."""
    reader = DocumentReader(seconds=30, max_pages=5)
    desk = Desk.open(options.folder, Parts(encoder=HashEncoder(), graph=graph, options=options, reader=reader))
    yield desk
    desk.close()
    reader.close()


@pytest.fixture(scope="session")
def match(graph):
    """Give a welder and a welder's job, scored."""
    fields = {
        "id": "w1",
        "title": "TIG Welder",
        "hiring_organization": "Acme",
        "location": "Sheffield, United Kingdom",
        "salary": "£30,000 a year",
        "description": "Requirements\n- TIG welding of stainless pipe\n- Forklift licence would be a plus\n",
    }
    text = """Ann Lee
Sheffield, United Kingdom

Work experience
TIG Welder, Harrow Street Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing

Licences
Forklift licence
"""
    job = parse_job(Posting(source="feed.csv", row=1, fields=fields), graph=graph)
    person = parse_resume(read_bytes(text.encode(), "resume.txt"), graph=graph, profile_id="ann")
    return Recommender.open(encoder=HashEncoder(), graph=graph).match(person, job, as_of=dt.date(2026, 11, 20))
