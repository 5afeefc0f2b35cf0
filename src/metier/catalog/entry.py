"""What the catalog keeps for one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metier.records.job import Job
from metier.records.profile import Profile

Kind = Literal["job", "person"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A record with what it is searched by.

    Attributes:
        vector: The search vector, shape (size,), length 1.
        parts: Vectors of the parts, shape (parts, size), or None when they are not encoded yet.
        lexical: The text for full-text search.
        skills: Skill URIs.
    """

    kind: Kind
    record: Job | Profile
    vector: NDArray[np.float32]
    lexical: str
    skills: tuple[str, ...] = ()
    parts: NDArray[np.float16] | None = None

    @property
    def id(self) -> str:
        """Give the record's id, unique within its kind."""
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertSummary:
    """What one acknowledged batch did."""

    added: int
    changed: int
    unchanged: int
