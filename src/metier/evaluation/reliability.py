"""Whether probabilities are what they say: the reliability table, the Brier score and the calibration error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """What was said of some outcomes, and how many of them came true."""

    count: int
    said: float
    seen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How far probabilities are from outcomes.

    Attributes:
        brier: Mean squared difference (Brier 1950); 0 is perfect.
        ece: Expected calibration error: the mean difference of said and seen over bins of as many outcomes each, by
            their sizes (Naeini et al. 2015; even sizes: Nixon et al. 2019).
        bins: From the least said to the most.
    """

    brier: float
    ece: float
    bins: tuple[Bin, ...]


def reliability(said: Floats, seen: Floats) -> Reliability:
    """Compare probabilities with outcomes.

    Args:
        said: In [0, 1], shape (outcomes,), at least one.
        seen: 1 where it came true, else 0, shape (outcomes,).
    """
    order = np.argsort(said, kind="stable")
    parts = [part for part in np.array_split(order, min(BINS, len(order))) if len(part)]
    bins = tuple(
        Bin(count=len(part), said=round(float(said[part].mean()), 6), seen=round(float(seen[part].mean()), 6))
        for part in parts
    )
    return Reliability(
        brier=round(float(np.mean((said - seen) ** 2)), 6),
        ece=round(sum(one.count * abs(one.said - one.seen) for one in bins) / len(said), 6),
        bins=bins,
    )
