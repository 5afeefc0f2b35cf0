"""What was decided about a match, by whom, and what the ranking knew then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["shown", "shortlisted", "rejected", "advanced", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on a profile–job pair, with the versions that made its ranking."""

    id: str
    profile_id: str
    job_id: str
    outcome: Outcome
    decided_by: str
    at: dt.datetime
    score: float | None = None
    versions: tuple[tuple[str, str], ...] = ()
    note: str = ""
