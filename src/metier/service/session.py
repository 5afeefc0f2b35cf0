"""What a person has just done moves their list: dismissed jobs vanish, jobs like the saved ones rise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from metier.records.event import Event, EventKind
from metier.records.job import Job
from metier.records.match import Match
from metier.retrieval.index import skill_uris

_WEIGHT: dict[EventKind, float] = {
    "click": 0.2,
    "save": 0.6,
    "apply": 1.0,
    "interview": 1.0,
    "hire": 1.0,
    "dismiss": -0.6,
}
_REACH = 0.05
"""How far what a person did can move a job: this much of a score, up or down."""
_LATEST = 30
"""So many of the jobs acted upon last count."""


def stances(events: Iterable[Event]) -> dict[str, EventKind]:
    """Give what the person did last with each job, in the order in which they last did it; impressions say nothing.

    A click after a dismissal does not bring a job back; saving it or applying does.
    """
    last: dict[str, EventKind] = {}
    for event in events:
        if event.actor != "person" or event.kind not in _WEIGHT:
            continue
        before = last.pop(event.job_id, None)
        keeps = event.kind == "click" and before is not None and before != "click"
        last[event.job_id] = before if keeps and before is not None else event.kind
    return last


def dismissed(stance: dict[str, EventKind]) -> set[str]:
    """Give the jobs that the person does not wish to see."""
    return {job_id for job_id, kind in stance.items() if kind == "dismiss"}


def rerank(matches: Sequence[Match], stance: dict[str, EventKind], acted_on: Iterable[Job]) -> list[Match]:
    """Order matches by score and by how like the jobs are to those that the person took up or put off.

    Scores stay what they are; only the order changes, and the same events give the same order.

    Args:
        matches: Best first.
        stance: What the person did last with each job.
        acted_on: Those jobs, as far as they are still there.
    """
    hidden = dismissed(stance)
    known = {job.id: job for job in acted_on}
    tastes = [(_traits(known[key]), _WEIGHT[kind]) for key, kind in list(stance.items())[-_LATEST:] if key in known]
    kept = [match for match in matches if match.job.id not in hidden]
    moved = sorted(kept, key=lambda match: (-(match.score + _shift(match.job, tastes)), match.rank))
    return [replace(match, rank=rank) for rank, match in enumerate(moved, start=1)]


def _shift(job: Job, tastes: Sequence[tuple[frozenset[str], float]]) -> float:
    traits = _traits(job)
    drawn = sum(weight * _likeness(traits, liked) for liked, weight in tastes)
    return _REACH * max(-1.0, min(1.0, drawn))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _traits(job: Job) -> frozenset[str]:
    words = {f"title:{word}" for word in job.title.casefold().split()}
    return frozenset(words | {f"employer:{job.hiring_organization.casefold()}"} | set(skill_uris(job)))
