"""The search that serving uses: by meaning, by meaning nearby, by words and by skills, fused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from metier.catalog import Catalog
from metier.retrieval.base import Hit, Query, Retriever, TargetKind
from metier.retrieval.dense import DenseRetriever
from metier.retrieval.fusion import fuse
from metier.retrieval.lexical import LexicalRetriever
from metier.retrieval.near import NearRetriever
from metier.retrieval.skills import SkillRetriever

_NEAR = 2.0
"""Most people look for work nearby: twice the weight of any other list, chosen on views (`benchmarks/views.md`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridRetriever:
    """Fuses the lists of several retrievers by reciprocal rank.

    Attributes:
        weights: Of each retriever's list.
    """

    retrievers: tuple[Retriever, ...]
    weights: tuple[float, ...]

    @classmethod
    def over(cls, catalog: Catalog, kind: TargetKind) -> HybridRetriever:
        """Make the search that serving uses over one kind of record of a catalog."""
        return cls(
            retrievers=(
                DenseRetriever(catalog=catalog, kind=kind),
                LexicalRetriever(catalog=catalog, kind=kind),
                SkillRetriever(catalog=catalog, kind=kind),
                NearRetriever(catalog=catalog, kind=kind),
            ),
            weights=(1.0, 1.0, 1.0, _NEAR),
        )

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give at most `depth` hits, best first."""
        lists = [retriever.search(query, depth=depth, only=only) for retriever in self.retrievers]
        return fuse(lists, depth=depth, weights=self.weights)
