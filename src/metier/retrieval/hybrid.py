"""The search that serving uses: dense, lexical and skills, fused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.retrieval.base import Hit, Query, Retriever, TargetKind
from metier.retrieval.dense import DenseRetriever
from metier.retrieval.fusion import fuse
from metier.retrieval.lexical import LexicalRetriever
from metier.retrieval.skills import SkillRetriever


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridRetriever:
    """Fuses the lists of several retrievers by reciprocal rank."""

    retrievers: tuple[Retriever, ...]

    @classmethod
    def over(cls, catalog: Catalog, kind: TargetKind) -> HybridRetriever:
        """Make the search that serving uses over one kind of record of a catalog."""
        return cls(
            retrievers=(
                DenseRetriever(catalog=catalog, kind=kind),
                LexicalRetriever(catalog=catalog, kind=kind),
                SkillRetriever(catalog=catalog, kind=kind),
            )
        )

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give at most `depth` hits, best first."""
        lists = [retriever.search(query, depth=depth, only=only) for retriever in self.retrievers]
        return fuse(lists, depth=depth)
