"""Something that someone did with a job or a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from metier.records.text_id import text_id

EventKind = Literal["impression", "click", "save", "apply", "interview", "hire", "dismiss"]
Actor = Literal["person", "employer"]
GRADE: dict[EventKind, int] = {
    "impression": 0, "dismiss": 0, "click": 1, "save": 2, "apply": 3, "interview": 4, "hire": 5
}  # fmt: skip
"""How much each kind says for a pair; learning and measuring take the highest of a pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        id: Unique; the same id sent twice counts once.
        actor: Which side acted.
        position: Rank at which the target was shown, from 1, when known.
        list_id: The list or session in which it happened; empty when not known.
        weight: How much it counts beside others of its kind.
    """

    id: str
    kind: EventKind
    profile_id: str
    job_id: str
    actor: Actor
    at: dt.datetime
    position: int | None = None
    note: str = ""
    list_id: str = ""
    weight: float = 1.0


def event_id(kind: EventKind, profile_id: str, job_id: str, at: dt.datetime, *more: str) -> str:
    """Give an event that came without an id one that is the same whenever it is sent."""
    return text_id(kind, profile_id, job_id, at.astimezone(dt.UTC).isoformat(), *more)
