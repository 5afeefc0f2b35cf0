"""The knowledge graph: skills, occupations, groups and what people did, with edges; neighbours, paths, nearness."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metier.errors import NotFoundError
from metier.graph.cycle import find_cycles
from metier.graph.edge import EDGE_KINDS, NODE_KINDS, Edge, EdgeKind, Node, NodeKind
from metier.graph.fold import fold_label
from metier.graph.graph_arrays import GraphArrays, from_bytes
from metier.graph.graph_path import GraphPath
from metier.graph.path_search import cheapest, edge_cost

NEAR_BROADER = 0.6
NEAR_SIBLING = 0.35
"""As in the linker: the wider concept says more than a sister under the same wider one."""
NEAR_RELATED = 0.45
NEAR_COOCCURS = 0.4
"""At full weight; by hand below `NEAR_BROADER`: what is asked for together need not stand for one another."""
NEAR_GROUP = 0.2
"""Of two members of one small group of a taxonomy."""
NEAR_OPTIONAL = 0.35
_SMALL_GROUP = 40
_NEAR: dict[EdgeKind, float] = {
    "same_as": 1.0,
    "broader": NEAR_BROADER,
    "related": NEAR_RELATED,
    "essential": NEAR_BROADER,
    "optional": NEAR_OPTIONAL,
    "cooccurs": NEAR_COOCCURS,
}
_BROADER = EDGE_KINDS.index("broader")
_GROUP = NODE_KINDS.index("group")

Direction = Literal["out", "in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A node beside another one, and the edge between them.

    Attributes:
        direction: `out` when the edge starts at the node that was asked about.
    """

    node: Node
    edge: Edge
    direction: Direction


class KnowledgeGraph:
    """Nodes by URI with their edges; read only.

    Args:
        arrays: The graph; `GraphBuilder` makes one.
    """

    def __init__(self, arrays: GraphArrays) -> None:
        self.arrays = arrays
        self._near: dict[int, dict[int, float]] = {}

    def __len__(self) -> int:
        """Count the nodes."""
        return len(self.arrays.uris)

    def __contains__(self, uri: str) -> bool:
        """Say whether there is such a node."""
        return uri in self._numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {uri: number for number, uri in enumerate(self.arrays.uris)}

    @cached_property
    def _ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Give where the edges of each node begin by source and by target, and the edges in the order of targets."""
        nodes = np.arange(len(self) + 1)
        by_target = np.argsort(self.arrays.edges.target, kind="stable")
        return (
            np.searchsorted(self.arrays.edges.source, nodes),
            np.searchsorted(self.arrays.edges.target[by_target], nodes),
            by_target,
        )

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """Give the nodes by the folded form of each name, the preferred names first."""
        found: dict[str, list[int]] = {}
        for number, label in enumerate(self.arrays.labels):
            found.setdefault(fold_label(label)[1], []).append(number)
        for by_node in self.arrays.names.values():
            for number, names in by_node.items():
                for name in names:
                    known = found.setdefault(fold_label(name)[1], [])
                    if number not in known:
                        known.append(number)
        found.pop("", None)
        return found

    def node(self, uri: str) -> Node:
        """Give a node.

        Raises:
            NotFoundError: There is none with that URI.
        """
        return self._node(self._number(uri))

    def nodes(self, kind: NodeKind | None = None) -> Iterator[Node]:
        """Give all nodes, or those of a kind, by URI."""
        wanted = None if kind is None else NODE_KINDS.index(kind)
        for number, given in enumerate(self.arrays.kinds.tolist()):
            if wanted is None or given == wanted:
                yield self._node(number)

    def edges(self, kind: EdgeKind | None = None) -> Iterator[Edge]:
        """Give all edges, or those of a kind, in a fixed order."""
        kinds = self.arrays.edges.kind
        chosen = np.arange(len(kinds)) if kind is None else np.flatnonzero(kinds == EDGE_KINDS.index(kind))
        for number in chosen.tolist():
            yield self._edge(number)

    def find(self, text: str) -> list[Node]:
        """Find the nodes that a text names whole: by URI, else by a name in any language.

        What is written the same comes first, then preferred names before others, concepts before groups.
        """
        if text in self._numbers:
            return [self.node(text)]
        found = [self._node(number) for number in self._by_name.get(fold_label(text)[1], [])]
        return sorted(found, key=lambda node: (_unlikeness(node, text.casefold()), node.kind == "group"))

    def neighbours(
        self, uri: str, *, kinds: Collection[EdgeKind] = (), node_kinds: Collection[NodeKind] = ()
    ) -> list[Neighbour]:
        """Give what is beside a node: the strongest first, then by kind and label.

        Args:
            uri: The node.
            kinds: Only along edges of these kinds; all if empty.
            node_kinds: Only nodes of these kinds; all if empty.

        Raises:
            NotFoundError: There is no such node.
        """
        number = self._number(uri)
        found = []
        for edge, other in self._beside(number):
            met = self._node(other)
            between = self._edge(edge)
            if (not kinds or between.kind in kinds) and (not node_kinds or met.kind in node_kinds):
                way: Direction = "out" if between.source == uri else "in"
                found.append(Neighbour(node=met, edge=between, direction=way))
        return sorted(found, key=_strongest_first)

    def path(self, start: str, end: str, *, max_length: int = 4) -> GraphPath | None:
        """Find the most telling way between two nodes.

        Args:
            start: Where it begins.
            end: Where it ends.
            max_length: How many edges it has at most.

        Returns:
            The path, or None when there is none as short as that.

        Raises:
            NotFoundError: One of the two is no node.
        """
        first, last = self._number(start), self._number(end)
        steps = cheapest(self, first, last, max_length=max_length)
        if steps is None:
            return None
        nodes = tuple(self._node(number) for number in (first, *(other for _, other in steps)))
        return GraphPath(nodes=nodes, edges=tuple(self._edge(edge) for edge, _ in steps))

    def nearness(self, uri: str, other: str) -> float:
        """Say how near two concepts are, 0 to 1; of several relations the nearest counts.

        1 the same, 0.6 one directly wider, 0.35 under the same wider one, up to 0.45 related and 0.4 often asked for
        together (times the weight), 0.2 in the same small group; 0 for what the graph does not know or relate.
        """
        if uri == other:
            return 1.0
        first, second = self._numbers.get(uri), self._numbers.get(other)
        if first is None or second is None:
            return 0.0
        if first not in self._near:
            self._near[first] = self._nearness_of(first)
        return self._near[first].get(second, 0.0)

    def cycles(self) -> list[tuple[Node, ...]]:
        """Give each ring of concepts that are all wider than one another; queries go on in spite of them."""
        edges = self.arrays.edges
        is_broader = edges.kind == _BROADER
        pairs = zip(edges.source[is_broader].tolist(), edges.target[is_broader].tolist(), strict=True)
        return [tuple(map(self._node, ring)) for ring in find_cycles(pairs)]

    def hops(self, node: int) -> Iterator[tuple[int, int, float]]:
        """Give other node, edge and cost of each edge of a node, by number (for the search of paths)."""
        edges = self.arrays.edges
        for edge, other in self._beside(node):
            yield other, edge, edge_cost(EDGE_KINDS[edges.kind[edge]], float(edges.weight[edge]))

    def degree(self, node: int) -> int:
        """Count the edges of a node, by number."""
        out, into, _ = self._ends
        return int(out[node + 1] - out[node] + into[node + 1] - into[node])

    def _beside(self, node: int) -> Iterator[tuple[int, int]]:
        """Give edge and other node of each edge of a node."""
        out, into, by_target = self._ends
        target, source = self.arrays.edges.target, self.arrays.edges.source
        for edge in range(int(out[node]), int(out[node + 1])):
            yield edge, int(target[edge])
        for edge in by_target[into[node] : into[node + 1]].tolist():
            yield edge, int(source[edge])

    def _wider(self, node: int) -> list[int]:
        out, _, _ = self._ends
        edges = self.arrays.edges
        own = range(int(out[node]), int(out[node + 1]))
        return [int(edges.target[edge]) for edge in own if edges.kind[edge] == _BROADER]

    def _narrower(self, node: int) -> list[int]:
        _, into, by_target = self._ends
        edges = self.arrays.edges
        own = by_target[into[node] : into[node + 1]].tolist()
        return [int(edges.source[edge]) for edge in own if edges.kind[edge] == _BROADER]

    def _nearness_of(self, node: int) -> dict[int, float]:
        """Give the nearness of everything that is near a node."""
        edges = self.arrays.edges
        near: dict[int, float] = {}
        for edge, other in self._beside(node):
            value = _NEAR.get(EDGE_KINDS[edges.kind[edge]], 0.0) * float(edges.weight[edge])
            near[other] = max(near.get(other, 0.0), value)
        for wider in self._wider(node):
            is_group = self.arrays.kinds[wider] == _GROUP
            sisters = self._narrower(wider)
            if is_group and len(sisters) > _SMALL_GROUP:
                continue
            value = NEAR_GROUP if is_group else NEAR_SIBLING
            for sister in sisters:
                near[sister] = max(near.get(sister, 0.0), value)
        return {other: value for other, value in near.items() if other != node and value}

    def _number(self, uri: str) -> int:
        number = self._numbers.get(uri)
        if number is None:
            raise NotFoundError(
                f"the knowledge graph has no node {uri!r}",
                hint="Give a URI or a name as the taxonomy writes it; metier taxonomy status says what is loaded.",
            )
        return number

    def _node(self, number: int) -> Node:
        arrays = self.arrays
        labels = {language: names[number] for language, names in arrays.names.items() if number in names}
        label = arrays.labels[number] or next(iter(labels.values()), (arrays.uris[number],))[0]
        return Node(uri=arrays.uris[number], kind=NODE_KINDS[arrays.kinds[number]], label=label, labels=labels)

    def _edge(self, number: int) -> Edge:
        edges = self.arrays.edges
        return Edge(
            source=self.arrays.uris[edges.source[number]],
            target=self.arrays.uris[edges.target[number]],
            kind=EDGE_KINDS[edges.kind[number]],
            count=int(edges.count[number]),
            weight=round(float(edges.weight[number]), 4),
            is_inferred=bool(edges.is_inferred[number]),
            origin=self.arrays.origins[edges.origin[number]],
        )


def _unlikeness(node: Node, text: str) -> int:
    """Say how far a node's names are from a text that folds to one of them, 0 to 2."""
    if node.label.casefold() == text:
        return 0
    return 1 if any(name.casefold() == text for names in node.labels.values() for name in names) else 2


def _strongest_first(found: Neighbour) -> tuple[bool, float, int, str, str]:
    edge, node = found.edge, found.node
    return (edge.is_inferred, -edge.weight, EDGE_KINDS.index(edge.kind), node.label.casefold(), node.uri)


@cache
def shipped_graph() -> KnowledgeGraph:
    """Give the graph that ships, read once."""
    name = "edges.npz"
    return KnowledgeGraph(from_bytes(files("metier.graph").joinpath("data", name).read_bytes(), name))
