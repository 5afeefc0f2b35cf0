"""Search by the nearness of vectors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.retrieval.base import Hit, Query, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseRetriever:
    """Cosine of the search vectors."""

    catalog: Catalog
    kind: TargetKind

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give the records whose vectors are nearest; none when the query has no vector."""
        if query.vector is None:
            return []
        found = self.catalog.search_dense(self.kind, query.vector, depth=depth, only=only)
        return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(found, start=1)]
