"""Where the records of an index lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.records.place import Place

Rows = NDArray[np.int64]
_KEPT = 4
"""So many places of a record are looked at; a posting that names more is for a whole country."""
_EARTH_KM = 6371.0
_DEGREE_KM = 111.0
"""No degree of latitude is longer by more than a third of a per cent, which the slack makes up for."""
_SLACK = 1.01


@dataclass(slots=True)
class PlaceIndex:
    """Places by row: cities by their coordinates, wider places by their country."""

    _degrees: NDArray[np.float32] = field(default_factory=lambda: np.full((0, _KEPT, 2), np.nan, dtype=np.float32))
    _countries: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _of_row: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def put(self, row: int, places: Sequence[Place]) -> None:
        """Note where a row lies, in the place of what was known of it."""
        self._grow(row)
        for country in self._of_row.pop(row, ()):
            self._countries[country].discard(row)
        known = [(one.latitude, one.longitude) for one in places if one.latitude is not None]
        self._degrees[row] = np.nan
        self._degrees[row, : len(known[:_KEPT])] = np.array(known[:_KEPT], dtype=np.float32).reshape(-1, 2)
        countries = tuple(sorted({one.country for one in places if one.country}))
        for country in countries:
            self._countries[country].add(row)
        if countries:
            self._of_row[row] = countries

    def move(self, row: int, to: int) -> None:
        """Give a row's place to another one; the first lies nowhere then."""
        self._grow(to)
        countries = self._of_row.get(row, ())
        degrees = self._degrees[row].copy()
        self.put(row, ())
        self.put(to, ())
        self._degrees[to] = degrees
        for country in countries:
            self._countries[country].add(to)
        if countries:
            self._of_row[to] = countries

    def near(self, places: Sequence[Place], *, km: float) -> Rows:
        """Give the rows within so many kilometres of any of some cities, or in any of some countries; sorted."""
        found = [
            self._within(one.latitude, one.longitude, km)
            if one.latitude is not None and one.longitude is not None
            else self._in(one.country)
            for one in places
        ]
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)

    def _in(self, country: str) -> Rows:
        rows = self._countries.get(country, set())
        return np.fromiter(rows, dtype=np.int64, count=len(rows))

    def _within(self, latitude: float, longitude: float, km: float) -> Rows:
        """Look at those of about the latitude, and of these at the great circle (haversine; Sinnott 1984)."""
        rows, which = np.nonzero(np.abs(self._degrees[:, :, 0] - latitude) <= _SLACK * km / _DEGREE_KM)
        other = np.radians(self._degrees[rows, which].astype(np.float64))
        here = np.radians([latitude, longitude])
        half = np.sin((other - here) / 2) ** 2
        across = half[:, 0] + np.cos(here[0]) * np.cos(other[:, 0]) * half[:, 1]
        within: Rows = rows[2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(across, 1))) < km]
        return within

    def _grow(self, row: int) -> None:
        if row >= len(self._degrees):
            grown = np.full((max(1024, 2 * row), _KEPT, 2), np.nan, dtype=np.float32)
            grown[: len(self._degrees)] = self._degrees
            self._degrees = grown
