"""Something that someone did with a job or a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

EventKind = Literal["impression", "click", "save", "apply", "interview", "hire", "dismiss"]
Actor = Literal["person", "employer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        id: Unique; the same id sent twice counts once.
        actor: Which side acted.
        position: Rank at which the target was shown, from 1, when known.
    """

    id: str
    kind: EventKind
    profile_id: str
    job_id: str
    actor: Actor
    at: dt.datetime
    position: int | None = None
    note: str = ""
