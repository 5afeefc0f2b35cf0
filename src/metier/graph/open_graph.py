"""The knowledge graph as it is used: the one that ships, and over it what the user loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import KnowledgeGraph, shipped_graph
from metier.graph.taxonomy_store import Stored, TaxonomyStore


def knowledge_graph(folder: Path | None = None) -> KnowledgeGraph:
    """Open the knowledge graph.

    Args:
        folder: Where loaded taxonomies are stored; the user's data folder if None.

    Raises:
        InputError: What is stored there is broken.
    """
    store = TaxonomyStore(folder)
    used = tuple(entry for entry in store.stored() if entry.is_used)
    return _merged(store.folder, used) if used else shipped_graph()


@lru_cache(maxsize=2)
def _merged(folder: Path, used: tuple[Stored, ...]) -> KnowledgeGraph:  # noqa: ARG001 - another version is another graph
    builder = GraphBuilder()
    for arrays in TaxonomyStore(folder).used():
        builder.add_graph(arrays)
    builder.add_graph(shipped_graph().arrays)
    return KnowledgeGraph(builder.build())
