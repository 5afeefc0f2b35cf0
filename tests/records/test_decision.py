import datetime as dt

import pytest

from metier.records.codec import from_json, to_json
from metier.records.decision import Decision

AT = dt.datetime(2026, 11, 20, 9, 30, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DECISION = Decision(
    id="d", profile_id="p", job_id="1", outcome="rejected", decided_by="HR 张", at=AT, versions=(("metier", "0.1.0"),)
)


def test_a_decision_keeps_the_moment_and_what_made_the_ranking():
    again = from_json(Decision, to_json(DECISION))
    assert again == DECISION
    assert again.at.utcoffset() == dt.timedelta(hours=8)
    assert dict(again.versions) == {"metier": "0.1.0"}


def test_a_decision_without_a_score_is_not_one_with_the_score_0():
    assert from_json(Decision, to_json(DECISION)).score is None


def test_an_outcome_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="outcome"):
        from_json(Decision, to_json(DECISION).replace("rejected", "maybe"))
