"""Several ranked lists to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from metier.retrieval.base import Hit

_RANK_CONSTANT = 60


def fuse(lists: Sequence[Sequence[Hit]], *, depth: int, weights: Sequence[float] | None = None) -> list[Hit]:
    """Fuse ranked lists by reciprocal rank (Cormack, Clarke and Büttcher, SIGIR 2009).

    Args:
        lists: Each best first.
        depth: How many hits to keep.
        weights: One for each list; all 1 when left out.

    Returns:
        Hits with the fused score, best first, ties by id.
    """
    totals: dict[str, float] = defaultdict(float)
    for hits, weight in zip(lists, weights or [1.0] * len(lists), strict=True):
        for hit in hits:
            totals[hit.id] += weight / (_RANK_CONSTANT + hit.rank)
    ordered = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:depth]
    return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(ordered, start=1)]
