"""A page on a small catalog, with an encoder that needs no model."""

import pytest
from fastapi.testclient import TestClient

from metier.service.app import create_app
from metier.service.options import ServiceOptions
from metier.testing import HashEncoder

DAY = "2026-11-20"
RESUME = """Ann Lee
ann.lee@example.com | +44 7700 900123
Sheffield, United Kingdom

Work experience
TIG Welder, Harrow Street Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing for Ann Lee Ltd

Skills
- Welding
"""
SCRIPT = "<script>alert(1)</script>"
JOBS = [
    {
        "id": "w1",
        "title": "TIG Welder",
        "hiring_organization": "Acme & Sons",
        "location": "Sheffield, United Kingdom",
        "salary": "£30,000 a year",
        "description": f"{SCRIPT} Requirements\n- TIG welding of stainless pipe\n- Forklift licence would be a plus",
    },
    {"id": "w2", "title": "Welder", "location": "Leeds", "description": "Requirements\n- MIG welding"},
    {"id": "n1", "title": "Staff Nurse", "description": "Requirements\n- NMC registration\n- Care for patients"},
]
BOB = RESUME.replace("Ann Lee", "Bob Ray").replace("ann.lee", "bob.ray").replace("TIG", "MIG")


@pytest.fixture
def options(tmp_path):
    return ServiceOptions(catalog=str(tmp_path / "catalog"), as_of=DAY)


@pytest.fixture
def client(options):
    """A browser on an empty catalog."""
    app = create_app(options, encoder=HashEncoder())
    with TestClient(app, base_url="http://127.0.0.1") as browser:
        yield browser


@pytest.fixture
def stocked(client):
    """A browser on a catalog of three jobs and two people."""
    for job in JOBS:
        assert client.post("/v1/jobs", json=job).status_code == 201
    for key, text in (("ann-lee", RESUME), ("bob-ray", BOB)):
        assert client.put(f"/v1/people/{key}", json={"text": text}).status_code == 201
    return client


@pytest.fixture
def seeker(stocked):
    """A browser that has dropped a resume."""
    answer = stocked.post("/seeker", files={"file": ("ann.txt", RESUME.encode())})
    assert answer.status_code == 200
    assert answer.url.path == "/seeker/matches"
    return stocked


@pytest.fixture
def recruiter(stocked):
    """A browser that has chosen a posting and seen the people."""
    answer = stocked.post("/recruiter/posting", data={"job_id": "w1"})
    assert answer.url.path == "/recruiter/people"
    return stocked
