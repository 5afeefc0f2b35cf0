"""Search by words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.retrieval.base import Hit, Query, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalRetriever:
    """BM25 (Robertson et al. 1994) over words, Chinese ones split by the ICU dictionary."""

    catalog: Catalog
    kind: TargetKind

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give the records that share the rarest words with the query."""
        found = self.catalog.search_text(self.kind, query.text, depth=depth, only=only)
        return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(found, start=1)]
