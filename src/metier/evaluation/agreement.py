"""How far judges agree beyond chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product


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


def krippendorff_alpha(ratings: Mapping[str, Mapping[str, str]]) -> float | None:
    """Give Krippendorff's alpha for names as labels (Krippendorff 2004): 1 is perfect, 0 is chance.

    Args:
        ratings: By thing judged, the label that each judge gave; judges may have left things out.

    Returns:
        None where no thing has two labels, so that nothing can be compared.
    """
    coincidences: dict[tuple[str, str], float] = defaultdict(float)
    for labels in (list(given.values()) for given in ratings.values() if len(given) > 1):
        counted = Counter(labels)
        for one, other in product(counted, repeat=2):
            pairs = counted[one] * (counted[other] - (one == other))
            coincidences[one, other] += pairs / (len(labels) - 1)
    totals: dict[str, float] = defaultdict(float)
    for (one, _), count in coincidences.items():
        totals[one] += count
    everything = sum(totals.values())
    if not everything:
        return None
    seen = sum(count for (one, other), count in coincidences.items() if one != other) / everything
    chance = 1 - sum(count * (count - 1) for count in totals.values()) / (everything * (everything - 1))
    return 1 - seen / chance if chance else 1.0
