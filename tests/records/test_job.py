import datetime as dt
from dataclasses import FrozenInstanceError, replace

import pytest

from metier.records.codec import from_json, to_json
from metier.records.job import Job, Posting

JOB = Job(id="1", source="feed.csv", title="护士", text="护士\n协和医院")
DAY = dt.date(2026, 12, 5)


def test_a_job_ends_after_its_last_day():
    job = replace(JOB, valid_through=DAY)
    assert not job.is_expired(DAY)
    assert job.is_expired(DAY + dt.timedelta(days=1))


def test_a_job_that_says_no_day_never_ends():
    assert not JOB.is_expired(dt.date.max)


def test_a_job_of_a_feed_goes_to_json_and_back_without_loss(job_of):
    job = job_of(
        "Staff Nurse – Intensive Care (Band 5)",
        "Requirements\n- NMC registration\n- 3 years' experience\n- 能熟练使用英语\n",
        location="Bristol, United Kingdom",
        salary="£29,970 to £36,483 a year",
        valid_through="2026-12-05",
    )
    assert job.requirements
    assert from_json(Job, to_json(job)) == job


def test_a_posting_keeps_the_order_of_its_sections():
    posting = Posting(source="feed.csv", row=1, fields={"title": "x"}, sections=(("b", "1"), ("a", "2")))
    assert from_json(Posting, to_json(posting)).sections == (("b", "1"), ("a", "2"))


def test_a_job_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        JOB.title = "医生"  # type: ignore[misc]
