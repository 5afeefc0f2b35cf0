"""What the user loaded, over what ships: as the knowledge graph, and as occupations that titles are linked to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from metier.graph.edge import NODE_KINDS
from metier.graph.graph_arrays import GraphArrays
from metier.graph.graph_builder import GraphBuilder
from metier.graph.knowledge_graph import KnowledgeGraph, shipped_graph
from metier.graph.occupation_table import OccupationRow, OccupationTable, occupation_table
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


def occupations(folder: Path | None = None) -> OccupationTable:
    """Give the occupations that ship, and those of the taxonomies that were loaded.

    Args:
        folder: Where loaded taxonomies are stored; the user's data folder if None.

    Raises:
        InputError: What is stored there is broken.
    """
    loaded = TaxonomyStore(folder).used()
    if not loaded:
        return occupation_table()
    return OccupationTable(row for arrays in loaded for row in _occupation_rows(arrays))


def _occupation_rows(arrays: GraphArrays) -> Iterator[OccupationRow]:
    for node in np.flatnonzero(arrays.kinds == NODE_KINDS.index("occupation")).tolist():
        names = [name for by_node in arrays.names.values() for name in by_node.get(node, ())]
        label = arrays.labels[node] or next(iter(names), "")
        yield OccupationRow(arrays.uris[node], label, tuple(dict.fromkeys(names)))


@lru_cache(maxsize=2)
def _merged(folder: Path, used: tuple[Stored, ...]) -> KnowledgeGraph:  # noqa: ARG001 - another version is another graph
    builder = GraphBuilder()
    for arrays in TaxonomyStore(folder).used():
        builder.add_graph(arrays)
    builder.add_graph(shipped_graph().arrays)
    return KnowledgeGraph(builder.build())
