"""How far two judges agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def weighted_kappa(grades: Sequence[tuple[int, int]]) -> float:
    """Give the quadratically weighted kappa of two judges (Cohen 1968): 1 is perfect, 0 is chance.

    Args:
        grades: The first and the second judge's grade of each thing judged, at least one.

    Returns:
        At most 1; 1 too where both judges gave everything one grade.
    """
    first, second = Counter(one for one, _ in grades), Counter(other for _, other in grades)
    seen = sum((one - other) ** 2 for one, other in grades)
    expected = sum((one - other) ** 2 * first[one] * second[other] for one in first for other in second) / len(grades)
    return 1 - seen / expected if expected else 1.0
