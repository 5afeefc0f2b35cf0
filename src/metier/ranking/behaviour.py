"""Factors from events: what the person did lately, and how many people a job drew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from metier.graph.place import distance_km
from metier.models.wording import shared_wording
from metier.ranking.encoded import Encoded, first_nearness
from metier.ranking.feature import Features
from metier.records.event import Event, EventKind
from metier.records.job import Job
from metier.records.place import Place

EVENT_FACTORS = ("session", "session_title", "session_place", "session_industry", "dismissed", "popularity")
SESSION_DAYS = 30
"""What happened longer ago is not recent."""
SESSION_MOST = 20
"""So many jobs at most are recent."""

_HALF_LIFE_DAYS = 7.0
_HALF_LIFE_JOBS = 8.0
_COUNTS: dict[EventKind, float] = {"click": 1.0, "save": 2.0, "apply": 3.0, "interview": 3.0, "hire": 1.0}
_SHARED = 0.15
"""Two postings that share this much of their wording are half alike."""
_DRAWN = 5
"""So many people make a job half as popular as can be."""
_SAME_CITY, _NEAR, _SAME_REGION, _SAME_COUNTRY = 1.0, 0.85, 0.5, 0.2
_NEAR_KM = 50.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecentJob:
    """A job that a person did something with.

    Attributes:
        weight: How much it counts: the more telling and the later, the more. Below 0 for a dismissal.
    """

    job: Job
    parts: Encoded
    weight: float


def recent_weights(events: Iterable[Event], *, before: dt.datetime) -> dict[str, float]:
    """Weigh the jobs that a person did something with lately, newest first.

    Args:
        events: Of one person, newest first.
        before: The time that "lately" is reckoned from.

    Returns:
        Weight by job id; that of a job that was dismissed, and only looked at since, is -1.
    """
    told: dict[str, float] = {}
    last: dict[str, EventKind] = {}
    for event in events:
        age = (before - event.at) / dt.timedelta(days=1)
        if not 0 <= age <= SESSION_DAYS or event.actor != "person" or event.kind == "impression":
            continue
        if event.job_id not in last:
            if len(last) == SESSION_MOST:
                break
            last[event.job_id] = event.kind
            faded = 0.5 ** (age / _HALF_LIFE_DAYS + (len(last) - 1) / _HALF_LIFE_JOBS)
            told[event.job_id] = -1.0 if event.kind == "dismiss" else faded * _COUNTS[event.kind] * event.weight
        elif event.kind == "dismiss" and last[event.job_id] == "click":
            last[event.job_id], told[event.job_id] = "dismiss", -1.0
    return {job_id: weight for job_id, weight in told.items() if weight}


@dataclass(eq=False)
class Behaviour:
    """What events say of pairs.

    Attributes:
        recent_of: Gives the recent jobs of a person, by the person's id.
        popularity: How many people each job drew lately; a job that is not there has drawn nobody yet.
    """

    recent_of: Callable[[str], Sequence[RecentJob]]
    popularity: Mapping[str, int]
    _recent: dict[str, Sequence[RecentJob]] = field(default_factory=dict)

    def recent(self, profile_id: str) -> Sequence[RecentJob]:
        """Give the recent jobs of a person, looked up once."""
        if profile_id not in self._recent:
            self._recent[profile_id] = self.recent_of(profile_id)
        return self._recent[profile_id]

    def features(self, profile_id: str, job: Job, parts: Encoded) -> Features:
        """Work out the factors of a pair that come from events.

        Returns:
            Factor name to its value in [0, 1], or None when nothing is known about it.
        """
        recent = self.recent(profile_id)
        drawn = self.popularity.get(job.id)
        popularity = None if drawn is None else drawn / (drawn + _DRAWN)
        if not recent:
            return {**dict.fromkeys(EVENT_FACTORS), "popularity": popularity}
        liked = [one for one in recent if one.weight > 0]
        dismissed = [one for one in recent if one.weight < 0]
        titles = [first_nearness(parts, one.parts) for one in liked]
        mean = _mean(liked, titles)
        return {
            "session": _mean(liked, [_alike(parts, one.parts) for one in liked]),
            "session_title": None if mean is None else (mean + max(titles)) / 2,
            "session_place": _mean(liked, [_place_near(job, one.job) for one in liked]),
            "session_industry": _mean(liked, [_same_industry(job, one.job) for one in liked]),
            "dismissed": max((_repeats(parts, one.parts) for one in dismissed), default=None),
            "popularity": popularity,
        }


def _mean(liked: Sequence[RecentJob], values: Sequence[float | None]) -> float | None:
    known = [(one.weight, value) for one, value in zip(liked, values, strict=True) if value is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * value for weight, value in known) / total if total else None


def _alike(parts: Encoded, other: Encoded) -> float | None:
    shared = shared_wording(parts.wording, other.wording)
    return None if shared is None else shared / (shared + _SHARED) * (1 + _SHARED)


def _repeats(parts: Encoded, other: Encoded) -> float:
    return (first_nearness(parts, other) + (_alike(parts, other) or 0.0)) / 2


def _same_industry(job: Job, other: Job) -> float | None:
    return float(job.industry == other.industry) if job.industry and other.industry else None


def _place_near(job: Job, other: Job) -> float | None:
    """Say how near two jobs lie; None when the place of one is not stated."""
    pairs = [(one.value, two.value) for one in job.job_location for two in other.job_location]
    return max((_places_near(one, two) for one, two in pairs), default=None)


def _places_near(place: Place, other: Place) -> float:
    if not place.country or place.country != other.country:
        return float(bool(place.text) and place.text == other.text)
    if place.city and (place.city, place.region) == (other.city, other.region):
        return _SAME_CITY
    distance = distance_km(place, other)
    if distance is not None and distance < _NEAR_KM:
        return _NEAR
    return _SAME_REGION if place.region and place.region == other.region else _SAME_COUNTRY
