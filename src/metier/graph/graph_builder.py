"""Gather nodes and edges one by one, from several sources, into one graph."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from metier.graph.edge import EDGE_KINDS, NODE_KINDS, SYMMETRIC, Edge, Node
from metier.graph.graph_arrays import EdgeColumns, GraphArrays

_EDGE_NUMBERS = {kind: number for number, kind in enumerate(EDGE_KINDS)}
_NODE_NUMBERS = {kind: number for number, kind in enumerate(NODE_KINDS)}
_SYMMETRIC = np.array([kind in SYMMETRIC for kind in EDGE_KINDS])


class GraphBuilder:
    """Takes nodes and edges in any order; an edge between nodes that never come is left out and counted.

    Attributes:
        loose: How many edges of the last `build` had an end that is no node.
    """

    def __init__(self) -> None:
        self.loose = 0
        self._numbers: dict[str, int] = {}
        self._labels: list[str] = []
        self._kinds = array("h")
        self._names: dict[str, dict[int, tuple[str, ...]]] = {}
        self._origins: dict[str, int] = {}
        self._columns = {name: array(code) for name, code in zip("stkcwio", "qqbqdbq", strict=True)}

    def add_node(self, node: Node) -> None:
        """Add a node; one that is there gets what it lacked: its label, its names in a language."""
        number = self._number(node.uri)
        if self._kinds[number] < 0:
            self._kinds[number] = _NODE_NUMBERS[node.kind]
        self._labels[number] = self._labels[number] or _flat(node.label)
        for language, names in node.labels.items():
            known = self._names.setdefault(language, {})
            given, had = tuple(filter(None, map(_flat, names))), known.get(number, ())
            both = given + had if node.label else had + given  # whoever gives the label gives the preferred name
            if both:
                known[number] = tuple(dict.fromkeys(both))

    def add_edge(self, edge: Edge) -> None:
        """Add an edge. Of two that are alike a stated one beats an inferred one, else the stronger one stays."""
        if edge.source == edge.target:
            return
        origin = self._origins.setdefault(edge.origin, len(self._origins))
        ends = self._number(edge.source), self._number(edge.target)
        values = (*ends, _EDGE_NUMBERS[edge.kind], edge.count, edge.weight, edge.is_inferred, origin)
        for column, value in zip(self._columns.values(), values, strict=True):
            column.append(value)  # type: ignore[arg-type] # each column takes its own type

    def add_all(self, records: Iterable[Node | Edge]) -> None:
        """Add nodes and edges as they come."""
        for record in records:
            if isinstance(record, Node):
                self.add_node(record)
            else:
                self.add_edge(record)

    def add_graph(self, arrays: GraphArrays) -> None:
        """Add a whole graph."""
        numbers = np.array([self._number(uri) for uri in arrays.uris], dtype=np.int64)
        for number, kind, label in zip(numbers.tolist(), arrays.kinds.tolist(), arrays.labels, strict=True):
            if self._kinds[number] < 0:
                self._kinds[number] = kind
            self._labels[number] = self._labels[number] or label
        for language, names in arrays.names.items():
            known = self._names.setdefault(language, {})
            for node, given in names.items():
                number = int(numbers[node])
                known[number] = tuple(dict.fromkeys((*known.get(number, ()), *given)))
        origins = np.array(
            [self._origins.setdefault(origin, len(self._origins)) for origin in arrays.origins], dtype=np.int64
        )
        edges = arrays.edges
        ends = (numbers[edges.source], numbers[edges.target]) if len(edges) else (edges.source, edges.target)
        origin = origins[edges.origin] if len(edges) else edges.origin
        values = (*ends, edges.kind, edges.count, edges.weight, edges.is_inferred, origin)
        for column, added in zip(self._columns.values(), values, strict=True):
            column.frombytes(np.asarray(added).astype(np.dtype(column.typecode)).tobytes())

    def __contains__(self, uri: str) -> bool:
        """Say whether a node was added."""
        return uri in self._numbers and self._kinds[self._numbers[uri]] >= 0

    def unknown(self) -> list[str]:
        """Give the ends of edges that are no node yet."""
        return [uri for uri, number in self._numbers.items() if self._kinds[number] < 0]

    def build(self) -> GraphArrays:
        """Give the graph: nodes by URI, edges sorted, each once."""
        kinds = np.array(self._kinds, dtype=np.int16)
        uris = list(self._numbers)
        order = sorted((number for number in range(len(uris)) if kinds[number] >= 0), key=uris.__getitem__)
        renumbered = np.full(len(uris), -1, dtype=np.int64)
        renumbered[order] = np.arange(len(order))
        names = {
            language: {int(renumbered[node]): given for node, given in names.items()}
            for language, names in self._names.items()
        }
        return GraphArrays(
            uris=[uris[number] for number in order],
            kinds=kinds[order].astype(np.uint8),
            labels=[self._labels[number] for number in order],
            edges=self._edges(renumbered),
            names={language: dict(sorted(by_node.items())) for language, by_node in sorted(names.items())},
            origins=list(self._origins),
        )

    def _number(self, uri: str) -> int:
        number = self._numbers.setdefault(uri, len(self._labels))
        if number == len(self._labels):
            self._labels.append("")
            self._kinds.append(-1)
        return number

    def _edges(self, renumbered: np.ndarray[tuple[int], np.dtype[np.int64]]) -> EdgeColumns:
        raw = {name: np.array(column) for name, column in self._columns.items()}
        kind = raw["k"].astype(np.int64)
        source, target = renumbered[raw["s"]], renumbered[raw["t"]]
        swapped = _SYMMETRIC[kind] & (source > target)
        source, target = np.where(swapped, target, source), np.where(swapped, source, target)
        order = np.lexsort((raw["o"], -raw["c"], -raw["w"], raw["i"], kind, target, source))
        is_whole = (source[order] >= 0) & (target[order] >= 0)
        self.loose = int((~is_whole).sum())
        order = order[is_whole]
        keys = np.stack([source[order], target[order], kind[order]])
        is_first = np.ones(len(order), dtype=np.bool_)
        is_first[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
        order = order[is_first]
        return EdgeColumns(
            source=source[order].astype(np.int32),
            target=target[order].astype(np.int32),
            kind=kind[order].astype(np.uint8),
            count=raw["c"][order].astype(np.int32),
            weight=raw["w"][order].astype(np.float32),
            is_inferred=raw["i"][order].astype(np.bool_),
            origin=raw["o"][order].astype(np.uint8),
        )


def _flat(text: str) -> str:
    """Put a name on one line: the file parts names by tabs and lines."""
    return " ".join(text.split())
