import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from metier.catalog import Entry
from metier.catalog.entry import content_hash
from metier.records.job import Job
from metier.records.profile import Profile

JOB = Job(id="1", source="feed.csv", row=7, title="Welder", text="Welder\nWeld steel.")
PERSON = Profile(id="p", source="a.pdf", text="李娜，护士")
DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize("record", [JOB, PERSON])
def test_an_entry_is_named_as_its_record(record):
    kind = "job" if isinstance(record, Job) else "person"
    entry = Entry(kind=kind, record=record, vector=np.ones(1, dtype=np.float32), lexical="")
    assert entry.id == record.id


@pytest.mark.parametrize(
    "change", [{"first_seen": DAY}, {"last_seen": DAY}, {"row": 8}, {"source": "other.csv"}, {"cluster_id": "9"}]
)
def test_when_and_where_a_job_was_seen_is_not_what_it_says(change):
    assert content_hash(replace(JOB, **change)) == content_hash(JOB)


@pytest.mark.parametrize(
    "change",
    [{"text": "Welder\nWeld iron."}, {"valid_through": DAY}, {"url": "https://a.example"}, {"extra": {"a": "b"}}],
)
def test_anything_else_is(change):
    assert content_hash(replace(JOB, **change)) != content_hash(JOB)


def test_a_resume_that_was_moved_says_the_same():
    assert content_hash(replace(PERSON, source="b.pdf")) == content_hash(PERSON)
    assert content_hash(replace(PERSON, text="李娜，医生")) != content_hash(PERSON)
