"""Search among what lies near."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.graph.place import COMMUTE_KM
from metier.retrieval.base import Hit, Query, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRetriever:
    """Cosine of the search vectors of what is within a commute of the query's places, or in its country."""

    catalog: Catalog
    kind: TargetKind

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give the records nearby whose vectors are nearest.

        None when the query has no vector or names no place, or where most of all records are nearby.
        """
        if query.vector is None or not query.places:
            return []
        found = self.catalog.search_near(self.kind, query.vector, query.places, km=COMMUTE_KM, depth=depth, only=only)
        return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(found, start=1)]
