import datetime as dt

import pytest

from metier.records.codec import from_json, to_json
from metier.records.event import GRADE, Event, event_id

EVENT = Event(
    id="e", kind="apply", profile_id="p", job_id="1", actor="person", at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
)


def test_an_event_goes_to_json_and_back_and_its_position_may_be_unknown():
    assert from_json(Event, to_json(EVENT)) == EVENT
    assert EVENT.position is None


def test_the_same_event_sent_twice_is_one():
    assert len({EVENT, from_json(Event, to_json(EVENT))}) == 1


@pytest.mark.parametrize(("known", "unknown"), [("apply", "like"), ('"person"', '"robot"')])
def test_what_is_no_event_is_refused(known, unknown):
    with pytest.raises(ValueError, match="validation error"):
        from_json(Event, to_json(EVENT).replace(known, unknown))


def test_an_id_that_was_made_is_the_same_in_every_zone_and_differs_for_another_event():
    at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    there = at.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert event_id("click", "p", "1", at) == event_id("click", "p", "1", there)
    others = {event_id("save", "p", "1", at), event_id("click", "p1", "", at), event_id("click", "p", "1", at, "list")}
    assert len(others | {event_id("click", "p", "1", at)}) == 4


def test_what_tells_more_has_a_higher_grade():
    assert GRADE["impression"] == GRADE["dismiss"] == 0
    assert GRADE["click"] < GRADE["save"] < GRADE["apply"] < GRADE["interview"] < GRADE["hire"]
