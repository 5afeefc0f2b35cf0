import datetime as dt

import pytest

from metier.records.codec import from_json, to_json
from metier.records.event import Event

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
