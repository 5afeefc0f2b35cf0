"""Splits of events by time, by person and by job, and what leaks from one part into another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from metier.errors import InputError
from metier.records.event import Event

SplitBy = Literal["time", "person", "job"]
_BUCKETS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Leakage:
    """What two parts of a split have in common.

    Attributes:
        pairs: Person and job together in both: what is learned of them is known already.
        people: In both; none in a split by person.
        jobs: In both; none in a split by job.
        backwards: Events of the earlier part that are later than the first of the later one; none in a split by time.
    """

    pairs: int
    people: int
    jobs: int
    backwards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Events to learn from and events to measure on."""

    by: SplitBy
    earlier: tuple[Event, ...]
    later: tuple[Event, ...]

    def leakage(self) -> Leakage:
        """Say what both parts have in common."""
        first = min((event.at for event in self.later), default=None)
        return Leakage(
            pairs=_shared(self, lambda event: (event.profile_id, event.job_id)),
            people=_shared(self, lambda event: event.profile_id),
            jobs=_shared(self, lambda event: event.job_id),
            backwards=sum(first is not None and event.at > first for event in self.earlier),
        )

    def without_pairs_seen(self) -> Split:
        """Leave out of the later part what the same person did with the same job before."""
        seen = {(event.profile_id, event.job_id) for event in self.earlier}
        later = tuple(event for event in self.later if (event.profile_id, event.job_id) not in seen)
        return Split(by=self.by, earlier=self.earlier, later=later)


def split_events(events: Sequence[Event], *, by: SplitBy, share: float, seed: int = 0) -> Split:
    """Split events.

    Args:
        events: In any order.
        by: `time` puts the last ones into the later part; `person` and `job` put all events of some people or jobs
            there, who are then new (cold start), chosen by a hash, so that a person stays where they are.
        share: How much the later part holds, of the events or of the people or jobs; between 0 and 1.
        seed: Other seeds choose other people and jobs.

    Raises:
        InputError: One part would be empty.
    """
    ordered = sorted(events, key=lambda event: (event.at, event.id))
    if by == "time":
        cut = [event.at for event in ordered][int(len(ordered) * (1 - share)) :][:1]
        is_later = [event.at >= cut[0] if cut else False for event in ordered]
    else:
        keys = [event.profile_id if by == "person" else event.job_id for event in ordered]
        is_later = [_place(key, seed) < share for key in keys]
    split = Split(
        by=by,
        earlier=tuple(event for event, late in zip(ordered, is_later, strict=True) if not late),
        later=tuple(event for event, late in zip(ordered, is_later, strict=True) if late),
    )
    if not split.earlier or not split.later:
        hint = "Import more events, or split by something else."
        raise InputError(f"{len(ordered)} events cannot be split by {by}: one part is empty", hint=hint)
    return split


def _place(key: str, seed: int) -> float:
    digest = hashlib.blake2b(f"{seed}\x00{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) % _BUCKETS / _BUCKETS


def _shared(split: Split, key: Callable[[Event], object]) -> int:
    return len({key(event) for event in split.earlier} & {key(event) for event in split.later})
