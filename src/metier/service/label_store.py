"""Grades that people gave to pairs of a person and a job."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.service.tables import labels

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How well a pair fits, as someone judged.

    Attributes:
        labeller: The key that judged.
        grade: 0 not at all, 3 a very good fit.
    """

    profile_id: str
    job_id: str
    labeller: str
    grade: int
    note: str
    at: str

    def place(self) -> str:
        """Give its place in the order of labels."""
        return _SEPARATOR.join((self.profile_id, self.job_id, self.labeller))


@dataclass(frozen=True, slots=True)
class LabelStore:
    """The labels of a tenant."""

    engine: sa.Engine

    def put(self, label: Label) -> None:
        """Keep a label in the place of the same labeller's earlier one; it is synced when this returns."""
        now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
        values = {
            "profile_id": label.profile_id,
            "job_id": label.job_id,
            "labeller": label.labeller,
            "grade": label.grade,
            "note": label.note.replace("\x00", ""),
            "at": now,
        }
        with self.engine.execution_options(writes=True).begin() as connection:
            connection.execute(insert(labels).values(**values).prefix_with("OR REPLACE"))

    def page(self, *, after: str, limit: int) -> list[Label]:
        """Give the labels after a place, in order."""
        named = tuple([*after.split(_SEPARATOR), "", "", ""][:3])
        columns = (labels.c.profile_id, labels.c.job_id, labels.c.labeller)
        chosen = sa.select(labels).where(sa.tuple_(*columns) > sa.tuple_(*named)).order_by(*columns).limit(limit)
        with self.engine.begin() as connection:
            return [Label(**row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - its documented name

    def all(self) -> list[Label]:
        """Give all labels, oldest first."""
        chosen = sa.select(labels).order_by(labels.c.at, labels.c.profile_id, labels.c.job_id, labels.c.labeller)
        with self.engine.begin() as connection:
            return [Label(**row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - its documented name

    def forget(self, profile_id: str) -> None:
        """Delete all labels of a person."""
        with self.engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(labels).where(labels.c.profile_id == profile_id))
