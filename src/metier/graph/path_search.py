"""Find the most telling way between two nodes: few edges, strong ones, and not through what everybody has."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Protocol

from metier.graph.edge import EdgeKind

COST: dict[EdgeKind, float] = {
    "same_as": 0.2,
    "broader": 1.0,
    "essential": 1.0,
    "requires": 1.0,
    "has": 1.0,
    "teaches": 1.0,
    "related": 1.2,
    "optional": 1.3,
    "applied": 1.3,
    "works_at": 1.5,
    "offered_by": 1.5,
    "viewed": 1.8,
    "cooccurs": 1.8,
}
"""By hand: what a kind of edge costs at full weight; weight w adds 1 − w."""
_PER_DOUBLING = 0.12
"""Cost of going on through a node, for each doubling of its edges: what everything hangs on explains nothing."""


class Walkable(Protocol):
    """A graph of numbered nodes."""

    def hops(self, node: int) -> Iterator[tuple[int, int, float]]:
        """Give other node, edge and cost of each edge of a node, in a fixed order."""
        ...

    def degree(self, node: int) -> int:
        """Count the edges of a node."""
        ...


def edge_cost(kind: EdgeKind, weight: float) -> float:
    """Give what an edge costs."""
    return COST[kind] + 1.0 - weight


def cheapest(graph: Walkable, start: int, end: int, *, max_length: int) -> list[tuple[int, int]] | None:
    """Find the cheapest way of at most `max_length` edges; of equal ones the first by node number.

    Returns:
        Edge and node of each step, or None when there is no way.
    """
    heap: list[tuple[float, int, int, tuple[tuple[int, int], ...]]] = [(0.0, 0, start, ())]
    settled: dict[int, int] = {}
    while heap:
        cost, length, node, steps = heapq.heappop(heap)
        if node == end:
            return list(steps)
        if length >= settled.get(node, max_length):
            continue
        settled[node] = length
        through = 0.0 if node == start else _PER_DOUBLING * math.log2(1 + graph.degree(node))
        for other, edge, price in graph.hops(node):
            if length + 1 < settled.get(other, max_length + 1) and other != start:
                heapq.heappush(heap, (cost + through + price, length + 1, other, (*steps, (edge, other))))
    return None
