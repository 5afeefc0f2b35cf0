"""Where the records of an index lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.records.place import Place

Rows = NDArray[np.int64]
Area = tuple[str, str]
"""A country and a region of it; the region is empty for all of the country."""
_KEPT = 4
"""So many places of a record are looked at; a posting that names more is for a whole country."""
_EARTH_KM = 6371.0
_DEGREE_KM = 111.0
"""No degree of latitude is longer by more than a third of a per cent, which the slack makes up for."""
_SLACK = 1.01


@dataclass(slots=True)
class PlaceIndex:
    """Places by row: cities by their coordinates, wider places by their country or region."""

    _degrees: NDArray[np.float32] = field(default_factory=lambda: np.full((0, _KEPT, 2), np.nan, dtype=np.float32))
    _rows_in: defaultdict[Area, set[int]] = field(default_factory=lambda: defaultdict(set))
    _areas_of: dict[int, frozenset[Area]] = field(default_factory=dict)

    def put(self, row: int, places: Sequence[Place]) -> None:
        """Note where a row lies, in the place of what was known of it."""
        known = [(one.latitude, one.longitude) for one in places if one.latitude is not None][:_KEPT]
        degrees = np.full((_KEPT, 2), np.nan, dtype=np.float32)
        degrees[: len(known)] = np.array(known, dtype=np.float32).reshape(-1, 2)
        areas = {(one.country, region) for one in places if one.country for region in ("", one.region)}
        self._set(row, degrees, frozenset(areas))

    def move(self, row: int, to: int) -> None:
        """Give a row's places to another one; the first lies nowhere then."""
        degrees, areas = self._degrees[row].copy(), self._areas_of.get(row, frozenset())
        self.put(row, ())
        self._set(to, degrees, areas)

    def _set(self, row: int, degrees: NDArray[np.float32], areas: frozenset[Area]) -> None:
        if row >= len(self._degrees):
            grown = np.full((max(1024, 2 * row), _KEPT, 2), np.nan, dtype=np.float32)
            grown[: len(self._degrees)] = self._degrees
            self._degrees = grown
        self._degrees[row] = degrees
        for area in self._areas_of.pop(row, ()):
            self._rows_in[area].discard(row)
        for area in areas:
            self._rows_in[area].add(row)
        if areas:
            self._areas_of[row] = areas

    def near(self, places: Sequence[Place], *, km: float) -> Rows:
        """Give the rows within so many kilometres of any of some cities, or in any of some wider places; sorted."""
        found = [
            self._within(one.latitude, one.longitude, km)
            if one.latitude is not None and one.longitude is not None
            else self._in((one.country, one.region))
            for one in places
        ]
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)

    def _in(self, area: Area) -> Rows:
        rows = self._rows_in.get(area, set())
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
