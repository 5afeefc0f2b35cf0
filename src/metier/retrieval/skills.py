"""Search by linked skills."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.retrieval.base import Hit, Query, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRetriever:
    """Shared skills, whatever the words and the language that named them."""

    catalog: Catalog
    kind: TargetKind

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give the records that share the most skills with the query."""
        if not query.skills:
            return []
        found = self.catalog.search_skills(self.kind, query.skills, depth=depth, only=only)
        return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(found, start=1)]
