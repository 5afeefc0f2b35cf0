"""Metrics of a ranked list against graded relevance, each between 0 and 1.

Definitions as in trec_eval; RP@k as in Decorte et al. (2022): relevant among the first k, by the most there could be.
A text is relevant from grade 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Grades = Mapping[str, int]
Metric = Callable[[Sequence[str], Grades], float]


def average_precision(ranked: Sequence[str], grades: Grades) -> float:
    """Give the mean of the precisions at each relevant text; those not ranked count 0."""
    relevant = _count(grades)
    hits, total = 0, 0.0
    for rank, key in enumerate(ranked, start=1):
        if grades.get(key, 0) > 0:
            hits += 1
            total += hits / rank
    return total / relevant if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Grades) -> float:
    """Give one by the rank of the first relevant text, 0 when there is none."""
    return next((1 / rank for rank, key in enumerate(ranked, start=1) if grades.get(key, 0) > 0), 0.0)


def ndcg(ranked: Sequence[str], grades: Grades, *, k: int) -> float:
    """Give the discounted cumulative gain of the first k by the best there could be (Järvelin and Kekäläinen 2002)."""
    gained = sum(max(grades.get(key, 0), 0) / math.log2(rank + 1) for rank, key in enumerate(ranked[:k], start=1))
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k]
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))
    return gained / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Grades, *, k: int) -> float:
    """Give the share of the relevant texts that are among the first k."""
    relevant = _count(grades)
    return sum(grades.get(key, 0) > 0 for key in ranked[:k]) / relevant if relevant else 0.0


def r_precision_at(ranked: Sequence[str], grades: Grades, *, k: int) -> float:
    """Give the relevant among the first k by the smaller of k and the number of relevant texts."""
    most = min(k, _count(grades))
    return sum(grades.get(key, 0) > 0 for key in ranked[:k]) / most if most else 0.0


def _count(grades: Grades) -> int:
    return sum(grade > 0 for grade in grades.values())


METRICS: dict[str, Metric] = {
    "map": average_precision,
    "mrr": reciprocal_rank,
    "ndcg@10": lambda ranked, grades: ndcg(ranked, grades, k=10),
    "recall@10": lambda ranked, grades: recall(ranked, grades, k=10),
    "recall@100": lambda ranked, grades: recall(ranked, grades, k=100),
    "rp@10": lambda ranked, grades: r_precision_at(ranked, grades, k=10),
}
