"""How sure a mean is: the percentile bootstrap over queries (Efron 1979; Sakai 2006 for retrieval)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESAMPLES = 1000


def bootstrap_interval(
    values: Sequence[float], *, seed: int, level: float = 0.95, weights: Sequence[float] | None = None
) -> tuple[float, float]:
    """Give the interval that holds the mean with probability `level`.

    Args:
        values: One for each query, at least one.
        seed: The same seed gives the same interval.
        level: Between 0 and 1.
        weights: How much each counts in the mean, above 0; alike when left out.
    """
    generator = np.random.default_rng(seed)
    measured = np.array(values)
    drawn = (generator.integers(0, len(measured), len(measured)) for _ in range(RESAMPLES))
    if weights is None:
        means = [measured[rows].mean() for rows in drawn]
    else:
        counted = np.array(weights)
        means = [np.average(measured[rows], weights=counted[rows]) for rows in drawn]
    tail = (1 - level) / 2
    return float(np.quantile(means, tail)), float(np.quantile(means, 1 - tail))
