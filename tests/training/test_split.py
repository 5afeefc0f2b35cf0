"""Three splits, and what leaks through each."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import InputError
from metier.records.event import Event
from metier.training.split import split_events

START = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def event(number, person, job):
    at = START + dt.timedelta(hours=number)
    return Event(id=str(number), kind="click", profile_id=str(person), job_id=str(job), actor="person", at=at)


EVENTS = [event(number, number % 17, number % 23) for number in range(200)]


def test_time_splits_at_a_time_and_tells_what_both_parts_share():
    split = split_events(EVENTS[::-1], by="time", share=0.25)
    assert [one.id for one in split.later] == [str(number) for number in range(150, 200)]
    leak = split.leakage()
    assert (leak.backwards, leak.people, leak.jobs) == (0, 17, 23)
    assert leak.pairs == 0
    repeated = split_events([*EVENTS, event(200, 0, 0)], by="time", share=0.25)
    assert repeated.leakage().pairs == 1
    assert repeated.without_pairs_seen().leakage().pairs == 0


@pytest.mark.parametrize(("by", "name"), [("person", "people"), ("job", "jobs")])
def test_people_or_jobs_of_the_later_part_are_new(by, name):
    split = split_events(EVENTS, by=by, share=0.3, seed=1)
    assert getattr(split.leakage(), name) == 0
    assert split.leakage().backwards > 0
    assert len(split.earlier) + len(split.later) == 200


@settings(max_examples=30, deadline=None)
@given(st.permutations(EVENTS[:40]), st.sampled_from(["time", "person", "job"]))
def test_the_order_of_the_events_does_not_matter(events, by):
    assert split_events(events, by=by, share=0.4) == split_events(EVENTS[:40], by=by, share=0.4)


def test_events_of_one_moment_stay_together():
    events = [event(number, number, 0) for number in range(4)]
    same = [Event(**{name: getattr(one, name) for name in one.__slots__} | {"at": START}) for one in events]
    with pytest.raises(InputError, match="one part is empty"):
        split_events(same, by="time", share=0.5)


def test_nothing_cannot_be_split():
    with pytest.raises(InputError, match="0 events"):
        split_events([], by="time", share=0.2)
