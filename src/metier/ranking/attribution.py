"""What each factor did to a score: Shapley values, which add up exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import factorial

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
ScoreOf = Callable[[Values], Values]
UNIT = 1e-6
"""Scores and contributions are whole multiples of this, so that their sum is exact."""
EXACT_MOST = 17
"""So many factors are split exactly: 2^17 sets take a quarter of a second."""
_ORDERS = 2000


def shapley(score_of: ScoreOf, values: Values, neutral: Values) -> tuple[float, Values]:
    """Split a score over its factors (Shapley 1953), against the score of neutral values.

    A factor whose value is neutral gets exactly 0. All 2^k sets of the other k factors are scored; where these are more
    than `EXACT_MOST`, the mean over orders drawn once for all (Castro et al. 2009), which adds up as exactly.

    Args:
        score_of: Maps an array of shape (rows, factors) to scores of shape (rows,).
        values: The factors, shape (factors,).
        neutral: What each factor is when nothing is known of it, shape (factors,).

    Returns:
        The base score, and the contributions of shape (factors,); base plus contributions, each rounded to
        `UNIT`, is the rounded score.
    """
    moved = np.flatnonzero(values != neutral)
    if len(moved) > EXACT_MOST:
        return _sampled(score_of, values, neutral, moved)
    contributions = np.zeros(len(values))
    sets = _sets(len(moved))
    rows = np.tile(neutral, (len(sets), 1))
    rows[:, moved] = np.where(sets, values[moved], neutral[moved])
    scores = score_of(rows)
    weights = _set_weights(len(moved))
    for place, factor in enumerate(moved):
        without = np.flatnonzero(~sets[:, place])
        gains = scores[without + (1 << place)] - scores[without]
        contributions[factor] = float(weights[without, 0] @ gains)
    contributions = np.round(contributions / UNIT)
    base = np.round(scores[-1] / UNIT) - contributions.sum()
    return float(base * UNIT), contributions * UNIT


def _sampled(score_of: ScoreOf, values: Values, neutral: Values, moved: NDArray[np.int64]) -> tuple[float, Values]:
    """Move the factors one after another in many orders, each order and its reverse, and give their mean gains."""
    chance = np.random.default_rng(0)
    halves = [chance.permutation(len(moved)) for _ in range(_ORDERS // 2)]
    orders = np.stack([*halves, *(half[::-1] for half in halves)])
    ranks = np.argsort(orders, axis=1)
    rows = np.tile(neutral, (len(orders), len(moved) + 1, 1))
    steps = np.arange(len(moved) + 1)[None, :, None]
    rows[:, :, moved] = np.where(ranks[:, None, :] < steps, values[moved], neutral[moved])
    scores = score_of(rows.reshape(-1, len(values))).reshape(len(orders), -1)
    gains = np.take_along_axis(np.diff(scores, axis=1), ranks, axis=1).mean(axis=0)
    contributions = np.zeros(len(values))
    contributions[moved] = np.round(gains / UNIT)
    base = np.round(scores[0, -1] / UNIT) - contributions.sum()
    return float(base * UNIT), contributions * UNIT


@cache
def _sets(count: int) -> NDArray[np.bool_]:
    """Give all subsets of `count` factors, shape (2^count, count); row r holds the bits of r."""
    rows = np.arange(1 << count)
    return ((rows[:, None] >> np.arange(count)) & 1).astype(np.bool_)


@cache
def _set_weights(count: int) -> Values:
    """Give the Shapley weight of adding one factor to each subset, shape (2^count, 1)."""
    sizes = _sets(count).sum(axis=1)
    table = [factorial(size) * factorial(max(count - size - 1, 0)) / factorial(count or 1) for size in range(count + 1)]
    weights: Values = np.array(table)[sizes][:, None]
    return weights
