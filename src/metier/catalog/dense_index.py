"""Exact search of vectors, skills and places in memory, kept level with the truth."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from metier.catalog.entry import Kind
from metier.catalog.place_index import PlaceIndex
from metier.catalog.schema import records, removed
from metier.catalog.truth import places_from_json, written_since
from metier.records.place import Place

Scored = list[tuple[str, float]]
_SLACK = 1e-5
"""Rows as near as this to the last of the fast scan are taken too, so that ties at the border are settled exactly."""


@dataclass(slots=True)
class DenseIndex:
    """The search vectors, skills and places of one kind; `refresh` takes what was written since, by any process."""

    kind: Kind
    size: int
    ids: list[str] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    ends: dict[str, dt.date] = field(default_factory=dict)
    _row_of: dict[str, int] = field(default_factory=dict)
    _matrix: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))
    _skills: list[tuple[str, ...]] = field(default_factory=list)
    _by_skill: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _arrays: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    _places: PlaceIndex = field(default_factory=PlaceIndex)
    _last: tuple[int, bytes, NDArray[np.float32]] | None = None
    """The last vector that was compared with all rows, at which write, and the products."""
    seen: int = 0
    """The number of the last write that was taken."""

    def refresh(self, connection: sa.Connection) -> None:
        """Take the rows written and removed since the last call."""
        last = connection.scalar(_LAST) or 0
        if last == self.seen:
            return
        gone = sa.select(removed.c.id).where(written_since(removed, self.kind, self.seen))
        for (key,) in connection.execute(gone):
            self._drop(key)
        new = (
            sa.select(
                records.c.id,
                records.c.sequence,
                records.c.vector,
                records.c.skills,
                records.c.valid_through,
                records.c.places,
            )
            .where(written_since(records, self.kind, self.seen))
            .order_by(records.c.id)
        )
        self._take(connection.execute(new))
        self.seen = last

    def _take(self, rows: Iterable[Any]) -> None:
        for key, sequence, vector, skills, ends, places in rows:
            self.sequences[key] = sequence
            self.ends.pop(key, None)
            if ends is not None:
                self.ends[key] = ends
            row = self._row_of.get(key)
            if row is None:
                row = self._new_row(key)
            self._matrix[row] = np.frombuffer(vector, dtype=np.float32)
            self._set_skills(row, tuple(json.loads(skills)))
            self._places.put(row, places_from_json(places))

    def _new_row(self, key: str) -> int:
        row = len(self.ids)
        if row >= len(self._matrix):
            grown = np.zeros((max(1024, row * 2), self.size), dtype=np.float32)
            grown[:row] = self._matrix[:row] if row else 0
            self._matrix = grown
        self.ids.append(key)
        self._skills.append(())
        self._row_of[key] = row
        return row

    def _set_skills(self, row: int, skills: tuple[str, ...]) -> None:
        for uri in self._skills[row]:
            self._by_skill[uri].discard(row)
            self._arrays.pop(uri, None)
        for uri in skills:
            self._by_skill[uri].add(row)
            self._arrays.pop(uri, None)
        self._skills[row] = skills

    def _drop(self, key: str) -> None:
        """Move the last row into the place of the one that is gone."""
        self.sequences.pop(key, None)
        self.ends.pop(key, None)
        row = self._row_of.pop(key, None)
        if row is None:
            return
        self._set_skills(row, ())
        last = len(self.ids) - 1
        if row != last:
            moved = self._skills[last]
            self._set_skills(last, ())
            self.ids[row] = self.ids[last]
            self._matrix[row] = self._matrix[last]
            self._row_of[self.ids[row]] = row
            self._set_skills(row, moved)
            self._places.move(last, row)
        else:
            self._places.put(row, ())
        self.ids.pop()
        self._skills.pop()

    def vector(self, key: str) -> NDArray[np.float32] | None:
        """Give the search vector of a record, None where there is none."""
        row = self._row_of.get(key)
        return None if row is None else self._matrix[row].copy()

    def nearest(self, vector: NDArray[np.float32], *, depth: int, only: Collection[str] | None) -> Scored:
        """Give the rows of the largest cosine, best first, ties by id; a score never depends on its neighbours."""
        if only is None:
            return self._best(np.arange(len(self.ids)), self._products(vector), vector, depth)
        rows = self._rows(only)
        return self._best(rows, self._matrix[rows] @ vector, vector, depth)

    def near(
        self,
        vector: NDArray[np.float32],
        places: Sequence[Place],
        *,
        km: float,
        depth: int,
        only: Collection[str] | None,
    ) -> Scored:
        """Give the same among the rows that lie near any of some places, see `PlaceIndex.near`.

        None where most of all rows lie there: the place tells them not apart.
        """
        rows = self._places.near(places, km=km)
        if 2 * len(rows) > len(self.ids):
            return []
        if only is not None:
            rows = np.intersect1d(rows, self._rows(only))
        return self._best(rows, self._products(vector)[rows], vector, depth)

    def _products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Multiply with all rows, once for the searches of one question."""
        if not self.ids:
            return np.empty(0, dtype=np.float32)
        key = vector.tobytes()
        if self._last is None or self._last[:2] != (self.seen, key):
            self._last = (self.seen, key, self._matrix[: len(self.ids)] @ vector)
        return self._last[2]

    def _best(
        self, rows: NDArray[np.int64], fast: NDArray[np.float32], vector: NDArray[np.float32], depth: int
    ) -> Scored:
        if not len(rows) or depth < 1:
            return []
        last = len(rows) - min(depth, len(rows))
        best = rows[fast >= np.partition(fast, last)[last] - _SLACK]
        # One row at a time, so that the bits of a score do not depend on the blocking of the large product.
        scored = [(self.ids[row], float(np.dot(self._matrix[row], vector))) for row in best]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:depth]

    def sharing(self, uris: Collection[str], *, depth: int, only: Collection[str] | None) -> Scored:
        """Give the rows that share the most skills, rare ones counting more, ties by id."""
        total = len(self.ids)
        scores = np.zeros(total)
        for uri in sorted(set(uris)):
            rows = self._rows_of(uri)
            if len(rows):
                scores[rows] += float(np.log1p(total / len(rows)))
        if only is not None:
            wanted = self._rows(only)
            among = np.zeros_like(scores)
            among[wanted] = scores[wanted]
            scores = among
        found = np.flatnonzero(scores)
        if not len(found) or depth < 1:
            return []
        last = len(found) - min(depth, len(found))
        best = found[scores[found] >= np.partition(scores[found], last)[last]]
        scored = [(self.ids[row], float(scores[row])) for row in best]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:depth]

    def _rows_of(self, uri: str) -> NDArray[np.int64]:
        """Give the rows of a skill as an array, which is made anew only where they have changed."""
        rows = self._by_skill.get(uri)
        if not rows:
            return np.empty(0, dtype=np.int64)
        known = self._arrays.get(uri)
        if known is None:
            known = self._arrays[uri] = np.fromiter(rows, dtype=np.int64, count=len(rows))
        return known

    def _rows(self, only: Collection[str] | None) -> NDArray[np.int64]:
        if only is None:
            return np.arange(len(self.ids))
        return np.array(sorted(self._row_of[key] for key in set(only) if key in self._row_of), dtype=np.int64)


_WRITES = sa.union_all(
    sa.select(sa.func.max(records.c.sequence).label("last")), sa.select(sa.func.max(removed.c.sequence))
)
_LAST = sa.select(sa.func.max(_WRITES.subquery().c.last))
