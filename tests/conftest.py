"""What many tests start from: a job and a person of a few words, read as a feed's row and a resume are."""

import pytest

from metier.documents.read import read_bytes
from metier.graph.linker import SkillLinker
from metier.jobs import parse_job
from metier.records.job import Posting
from metier.resumes import parse_resume


@pytest.fixture(scope="session")
def graph():
    return SkillLinker()


@pytest.fixture(scope="session")
def job_of(graph):
    """Make a job of its fields, such as `job_of("Welder", "Weld steel frames.", id="1", salary="£20 an hour")`."""

    def make(title="Welder", description="Weld steel frames in our shop.", **fields):
        posting = Posting(source="feed.csv", row=1, fields={"title": title, "description": description} | fields)
        return parse_job(posting, graph=graph)

    return make


@pytest.fixture(scope="session")
def person_of(graph):
    """Make a person of a resume's text."""

    def make(text, profile_id=""):
        return parse_resume(read_bytes(text.encode(), "resume.txt"), graph=graph, profile_id=profile_id)

    return make
