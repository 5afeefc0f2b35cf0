"""What the catalog keeps for one record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metier.records.codec import to_json
from metier.records.job import Job
from metier.records.profile import Profile
from metier.records.text_id import text_id

Kind = Literal["job", "person"]
KINDS: tuple[Kind, ...] = ("job", "person")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A record with what it is searched by.

    Attributes:
        vector: The search vector, shape (size,), length 1.
        parts: Vectors of the parts, shape (parts, size), or None when they are not encoded yet.
        cut: How many of the texts of these vectors were longer than the encoder reads.
        lexical: The text for full-text search.
        wording: The words of that text as a line, see `Wording.to_line`; empty when they were not read yet.
        skills: Skill URIs.
    """

    kind: Kind
    record: Job | Profile
    vector: NDArray[np.float32]
    lexical: str
    wording: str = ""
    skills: tuple[str, ...] = ()
    parts: NDArray[np.float16] | None = None
    cut: int = 0

    @property
    def id(self) -> str:
        """Give the record's id, unique within its kind."""
        return self.record.id


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredParts:
    """What the catalog keeps of a record's parts for ranking.

    Attributes:
        vectors: Shape (parts, size).
        wording: See `Entry`.
    """

    vectors: NDArray[np.float16]
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertSummary:
    """What one acknowledged batch did.

    Attributes:
        cut: Texts that were longer than the encoder reads, so that it read only their beginning.
    """

    added: int
    changed: int
    unchanged: int
    cut: int = 0


def kind_of(record: Job | Profile) -> Kind:
    """Say of which kind a record is."""
    return "job" if isinstance(record, Job) else "person"


def content_hash(record: Job | Profile) -> str:
    """Hash what a record says, apart from when it was seen and in which row it stood."""
    if isinstance(record, Job):
        record = replace(record, first_seen=None, last_seen=None, row=0, source="", cluster_id="")
    else:
        record = replace(record, source="")
    return text_id(to_json(record))
