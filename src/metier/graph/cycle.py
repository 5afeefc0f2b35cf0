"""Find the rings in a relation that should have none, such as `broader`."""

from __future__ import annotations

from collections.abc import Iterable


def find_cycles(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Give one ring of each knot: nodes in order, each pointing to the next and the last to the first.

    Nodes that are in no ring are taken away from both ends until only knots are left; then each knot is walked from its
    smallest node. No recursion, so no depth is too much.
    """
    onward: dict[int, set[int]] = {}
    for source, target in pairs:
        onward.setdefault(source, set()).add(target)
        onward.setdefault(target, set())
    _shed(onward)
    rings: list[tuple[int, ...]] = []
    while onward:
        ring = _ring(onward, min(onward))
        rings.append(ring)
        for node in ring:
            del onward[node]
        for targets in onward.values():
            targets.difference_update(ring)
        _shed(onward)
    return rings


def _shed(onward: dict[int, set[int]]) -> None:
    """Take away, again and again, each node that points nowhere."""
    behind: dict[int, set[int]] = {node: set() for node in onward}
    for source, targets in onward.items():
        for target in targets:
            behind[target].add(source)
    ends = [node for node, targets in onward.items() if not targets]
    while ends:
        node = ends.pop()
        for source in behind[node]:
            onward[source].discard(node)
            if not onward[source]:
                ends.append(source)
        del onward[node]


def _ring(onward: dict[int, set[int]], start: int) -> tuple[int, ...]:
    """Walk on by the smallest node until one comes again."""
    walked: dict[int, int] = {}
    node = start
    while node not in walked:
        walked[node] = len(walked)
        node = min(onward[node])
    return _from_smallest(list(walked)[walked[node] :])


def _from_smallest(ring: list[int]) -> tuple[int, ...]:
    first = ring.index(min(ring))
    return tuple(ring[first:] + ring[:first])
