import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.graph.linker import SkillLinker
from metier.jobs import find_job
from metier.records.codec import from_json, to_json
from metier.records.job import Job
from metier.records.span import Span
from metier.records.text_id import text_id
from metier.sample import jobs_path


def test_a_job_goes_to_json_and_back_without_loss():
    job = find_job(f"{jobs_path()}#s-003", graph=SkillLinker())
    assert from_json(Job, to_json(job)) == job


@given(st.text(min_size=1), st.integers(0, 50), st.integers(0, 50))
def test_a_span_is_a_quote_or_nothing(text, start, end):
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end).is_in(text)
    else:
        with pytest.raises(ValueError, match="no quote"):
            Span.of(text, start, end)


def test_ids_are_stable_and_expiry_is_after_the_day():
    assert text_id("a", "b") == text_id("a", "b") != text_id("ab")
    job = find_job(f"{jobs_path()}#s-003", graph=SkillLinker())
    assert not job.is_expired(dt.date(2026, 12, 5))
    assert job.is_expired(dt.date(2026, 12, 6))
