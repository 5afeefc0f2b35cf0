"""What a person did lately moves the score, by named factors."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.behaviour import EVENT_FACTORS, SESSION_MOST, Behaviour, RecentJob, recent_weights
from metier.records.event import Event
from metier.records.profile import Profile

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def event(number, kind="click", job=None, days=0.0, **fields):
    at = NOW - dt.timedelta(days=days, minutes=number)
    values = {
        "id": str(number),
        "kind": kind,
        "profile_id": "p",
        "job_id": job or str(number),
        "actor": "person",
        "at": at,
    }
    return Event(**values | fields)


def test_later_and_more_telling_deeds_weigh_more():
    weights = recent_weights([event(0), event(1, "save"), event(2, "click"), event(3, "click", days=8)], before=NOW)
    assert weights["1"] > weights["0"] > weights["2"] > weights["3"] > 0


def test_the_last_word_on_a_job_counts_and_a_dismissal_is_below_0():
    weights = recent_weights([event(0, "dismiss", "a"), event(1, "apply", "a"), event(2, "click", "b")], before=NOW)
    assert weights["a"] == -1
    assert weights["b"] > 0


@pytest.mark.parametrize(
    "left_out",
    [event(0, days=31), event(0, days=-1), event(0, "impression"), event(0, actor="employer"), event(0, weight=0.0)],
)
def test_what_is_old_later_shown_or_done_by_others_does_not_count(left_out):
    assert recent_weights([left_out], before=NOW) == {}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["click", "save", "apply", "dismiss", "impression"]), max_size=60))
def test_few_jobs_count_and_their_weights_are_finite(kinds):
    weights = recent_weights([event(number, kind) for number, kind in enumerate(kinds)], before=NOW)
    assert len(weights) <= SESSION_MOST
    assert all(-1 <= weight <= 3 for weight in weights.values())


@pytest.fixture
def recent_job(job_of, pair_of):
    nobody = Profile(id="nobody", source="", text="")

    def make(title, weight=1.0, text="Some work.", **fields):
        job = job_of(title, text, id=title, **fields)
        return RecentJob(job=job, parts=pair_of(nobody, job).job_parts, weight=weight)

    return make


def features(recent, one, popularity=None):
    return Behaviour(recent_of=lambda _: recent, popularity=popularity or {}).features("p", one.job, one.parts)


def test_nothing_is_known_without_events(recent_job):
    found = features([], recent_job("Welder"))
    assert tuple(found) == EVENT_FACTORS
    assert set(found.values()) == {None}


def test_likeness_to_recent_jobs_and_to_dismissed_ones(recent_job):
    recent = [recent_job("TIG welder"), recent_job("Night nurse", weight=-1.0)]
    welder, nurse = features(recent, recent_job("Welder")), features(recent, recent_job("Nurse"))
    assert welder["session"] > nurse["session"]
    assert welder["session_title"] > nurse["session_title"]
    assert nurse["dismissed"] > welder["dismissed"]
    assert all(value is None or 0 <= value <= 1 for found in (welder, nurse) for value in found.values())


def test_places_and_industries_of_recent_jobs(recent_job):
    recent = [recent_job("Cook", location="Sheffield, United Kingdom", industry="Food")]

    def near(place):
        return features(recent, recent_job("Chef", location=place, industry="Food"))["session_place"]

    values = [near(place) for place in ("Sheffield, United Kingdom", "Bristol, United Kingdom", "Paris, France")]
    assert values[0] == 1.0 > values[1] > values[2] == 0.0
    assert features(recent, recent_job("Chef", industry="Food"))["session_industry"] == 1.0
    assert features(recent, recent_job("Chef", industry="Steel"))["session_industry"] == 0.0
    assert features(recent, recent_job("Chef"))["session_place"] is None


def test_popularity_grows_with_people_and_is_unknown_for_a_job_that_drew_nobody(recent_job):
    one = recent_job("Cook")
    few, many = (features([], one, {"Cook": people})["popularity"] for people in (1, 50))
    assert 0 < few < many < 1
    assert features([], one, {"other": 3})["popularity"] is None


def test_a_person_is_looked_up_once(recent_job):
    asked: list[str] = []

    def recent_of(profile_id):
        asked.append(profile_id)
        return []

    behaviour = Behaviour(recent_of=recent_of, popularity={})
    one = recent_job("Cook")
    for _ in range(3):
        behaviour.features("p", one.job, one.parts)
    assert asked == ["p"]
