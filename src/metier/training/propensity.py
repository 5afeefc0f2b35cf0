"""How often each rank of a list is looked at, and what a deed there counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from metier.errors import InputError
from metier.training.example import Group

Floats = NDArray[np.float64]
LEAST = 0.1
"""Propensities are clipped here, so that no weight is above 1 / LEAST."""
DEEPEST = 100
"""Deeper ranks count as this one."""
RAREST = -7.0
"""The logarithm of the least that a rank is taken to be looked at: about one in a thousand."""
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

    A pair fits alike wherever it stands, so that of the deeds on pairs shown at both of two ranks, each rank gets a
    share in proportion to how often it is looked at (Joachims et al. 2017; without an experiment: Agarwal et al. 2019).
    The shares of all ranks together make a Bradley–Terry model, solved by maximum likelihood.

    Raises:
        InputError: Too few pairs were shown at more than one rank.
    """
    duels = _duels(_shows(groups))
    deeds = int(sum(duel.deeds for duel in duels))
    if deeds < _FEWEST:
        raise InputError(
            f"{deeds} deeds on pairs that were shown at more than one rank are too few to tell ranks apart by swaps",
            hint=f"Swap neighbours of the lists at random until there are {_FEWEST}, or take the click model.",
        )
    first, second = (np.array([duel.ranks[side] for duel in duels]) for side in (0, 1))
    won: Floats = np.array([duel.won for duel in duels])
    lost: Floats = np.array([duel.lost for duel in duels])
    depth = int(second.max()) + 1

    def loss(logs: Floats) -> tuple[float, Floats]:
        """Give the negative log-likelihood of the logarithms of the propensities, and its gradient."""
        lead = logs[first] - logs[second]
        doubt = (won + lost) / (1 + np.exp(lead)) - lost
        gradient = np.bincount(second, doubt, depth) - np.bincount(first, doubt, depth)
        return float(won @ np.logaddexp(0, -lead) + lost @ np.logaddexp(0, lead)), gradient.astype(np.float64)

    start = -np.log(np.arange(depth) + 1)
    bounds = [(0.0, 0.0), *[(RAREST, 0.0)] * (depth - 1)]
    solved = minimize(loss, np.maximum(start, RAREST), jac=True, method="L-BFGS-B", bounds=bounds)
    known = np.bincount(first, won + lost, depth) + np.bincount(second, won + lost, depth)
    known[0] = max(known[0], 1.0)
    return falling(np.exp(solved.x), known.astype(np.float64))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duel:
    """The deeds at each of two ranks, counted from 0, on the pairs that were shown at both.

    Attributes:
        won: At the first of the two, as many as it would have been had both shown each pair equally often.
        lost: Likewise at the second.
        deeds: How many there were.
    """

    ranks: tuple[int, int]
    won: float
    lost: float
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


def _duels(shows: Sequence[Shows]) -> list[_Duel]:
    """Set ranks against one another two by two; a pair counts at each by its rate times the rarer rank's shows."""
    sums: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for one in shows:
        for ranks in combinations(sorted(one), 2):
            (shown, did), (other_shown, other_did) = one[ranks[0]], one[ranks[1]]
            weight = min(shown, other_shown)
            for place, value in enumerate((weight * did / shown, weight * other_did / other_shown, did + other_did)):
                sums[ranks][place] += value
    return [
        _Duel(ranks=ranks, won=won, lost=lost, deeds=int(deeds)) for ranks, (won, lost, deeds) in sorted(sums.items())
    ]
