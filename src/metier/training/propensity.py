"""How often each rank of a list is looked at, and what a deed there counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from metier.errors import InputError
from metier.training.example import Group

Floats = NDArray[np.float64]
LEAST = 0.1
"""Propensities are clipped here, so that no weight is above 1 / LEAST."""
DEEPEST = 100
"""Deeper ranks count as this one."""
_HALF_A_DEED = 0.5
"""Added to each rank's deeds, so that a rank without any has a logarithm (Anscombe 1956)."""
_FEWEST = 30
"""So many deeds at least, on pairs shown at several ranks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Propensities:
    """How often each rank is looked at, against the first one; deeper ranks as the last."""

    by_position: tuple[float, ...] = ()

    def at(self, positions: NDArray[np.int64]) -> Floats:
        """Say how often ranks are looked at; 1 where the rank is not known, which is 0."""
        looked: Floats = np.array((1.0, *self.by_position))[np.minimum(positions, len(self.by_position))]
        return looked

    def weights(self, group: Group) -> Floats:
        """Give one over the propensity of each row of a group, clipped; 1 where the rank is not known."""
        weights: Floats = 1 / np.maximum(self.at(group.positions), LEAST)
        return weights


def falling(looked: Floats, counts: Floats) -> Propensities:
    """Make estimates those of a list read from the top: the nearest ones that never rise, against the first.

    Args:
        looked: By rank from the first on, shape (ranks,).
        counts: How much each is worth; a rank without any takes what lies between its neighbours.
    """
    ranks = np.flatnonzero(counts)
    fitted = IsotonicRegression(increasing=False).fit(ranks, looked[ranks], sample_weight=counts[ranks])
    smooth = np.interp(np.arange(len(looked)), ranks, fitted.predict(ranks))
    return Propensities(by_position=tuple(float(value) for value in smooth / smooth[0]))


def swap_propensities(groups: Sequence[Group]) -> Propensities:
    """Estimate the propensities from pairs that were shown at more than one rank, as when neighbours are swapped.

    A pair fits alike wherever it stands, so that two ranks at which the same pairs were shown differ in how often they
    are looked at by the ratio of their deeds (Joachims et al. 2017; without an experiment: Agarwal et al. 2019). The
    ratios of all ranks together are solved by least squares of their logarithms, each weighed by its deeds.

    Raises:
        InputError: Too few pairs were shown at more than one rank.
    """
    shows = _shows(groups)
    ratios = [ratio for ratio in _ratios(shows) if ratio.deeds > 0]
    deeds = sum(ratio.deeds for ratio in ratios)
    if deeds < _FEWEST:
        raise InputError(
            f"{deeds} deeds on pairs that were shown at more than one rank are too few to tell ranks apart by swaps",
            hint=f"Swap neighbours of the lists at random until there are {_FEWEST}, or take the click model.",
        )
    depth = max(max(ratio.ranks) for ratio in ratios) + 1
    equations, right = np.zeros((len(ratios) + 1, depth)), np.zeros(len(ratios) + 1)
    equations[-1, 0] = 1e3
    for row, ratio in enumerate(ratios):
        trust = np.sqrt(ratio.deeds)
        equations[row, list(ratio.ranks)] = trust, -trust
        right[row] = trust * ratio.log
    solved = np.linalg.lstsq(equations, right, rcond=None)[0]
    known = np.abs(equations[:-1]).sum(axis=0)
    known[0] = max(known[0], 1.0)
    return falling(np.exp(solved), known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ratio:
    """What the pairs shown at both of two ranks, counted from 0, say: the logarithm of their deeds' ratio."""

    ranks: tuple[int, int]
    log: float
    deeds: int


Shows = dict[int, tuple[int, int]]
"""How often a pair was shown at each rank, and how often something was done there."""


def _shows(groups: Sequence[Group]) -> list[Shows]:
    """Count by person and job; pairs shown at one rank only say nothing."""
    found: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for group in groups:
        for job_id, position, grade in zip(group.job_ids, group.positions.tolist(), group.grades.tolist(), strict=True):
            if position:
                counted = found[group.profile_id, job_id][min(position, DEEPEST) - 1]
                counted[0] += 1
                counted[1] += grade > 0
    return [{rank: (shown, did) for rank, (shown, did) in one.items()} for one in found.values() if len(one) > 1]


def _ratios(shows: Sequence[Shows]) -> Iterator[_Ratio]:
    """Compare ranks two by two; a pair counts at each by its rate times how often the rarer rank showed it."""
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in shows:
        for ranks in combinations(sorted(one), 2):
            (shown, did), (other_shown, other_did) = one[ranks[0]], one[ranks[1]]
            weight = min(shown, other_shown)
            for place, value in enumerate((weight * did / shown, weight * other_did / other_shown, did + other_did)):
                sums[ranks][place] += value
    for ranks, (first, second, deeds) in sorted(sums.items()):
        log = float(np.log((first + _HALF_A_DEED) / (second + _HALF_A_DEED)))
        yield _Ratio(ranks=ranks, log=log, deeds=int(deeds))
