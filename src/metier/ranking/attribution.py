"""What each factor did to a score: Shapley values, which add up exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import factorial

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
ScoreOf = Callable[[Values], Values]
UNIT = 1e-6
"""Scores and contributions are whole multiples of this, so that their sum is exact."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """One of the two terms whose product is a score.

    Attributes:
        score_of: Maps an array of shape (rows, factors) to values of shape (rows,).
        heeds: Which factors can move it, shape (factors,).
    """

    score_of: ScoreOf
    heeds: NDArray[np.bool_]


def shapley(left: Term, right: Term, values: Values, neutral: Values) -> tuple[float, Values]:
    """Split a score, the product of two terms, over its factors (Shapley 1953), against the score of neutral values.

    A factor whose value is neutral gets exactly 0. The value is exact. As a term is moved by its own factors alone, the
    sets of both terms' factors are not put together one by one: given the factors that they share, only the sums over
    the sets of each size are, so that 2^17 sets of 17 factors become some 2^9 and 2^11.

    Args:
        left: One term.
        right: The other.
        values: The factors, shape (factors,).
        neutral: What each factor is when nothing is known of it, shape (factors,).

    Returns:
        The base score, and the contributions of shape (factors,); base plus contributions, each rounded to
        `UNIT`, is the rounded score.
    """
    moved = values != neutral
    shared = np.flatnonzero(moved & left.heeds & right.heeds)
    lefts = np.flatnonzero(moved & left.heeds & ~right.heeds)
    rights = np.flatnonzero(moved & right.heeds & ~left.heeds)
    of_left = _over_sets(left.score_of, values, neutral, shared, lefts)
    of_right = _over_sets(right.score_of, values, neutral, shared, rights)
    weights = _weights(len(shared), len(lefts), len(rights))
    sums_left, sums_right = _by_size(of_left), _by_size(of_right)
    contributions = np.zeros(len(values))
    contributions[lefts] = _own(of_left, sums_right, weights)
    contributions[rights] = _own(of_right, sums_left, weights.transpose(0, 2, 1))
    contributions[shared] = _shared(sums_left, sums_right, weights)
    contributions = np.round(contributions / UNIT)
    base = np.round(of_left[-1, -1] * of_right[-1, -1] / UNIT) - contributions.sum()
    return float(base * UNIT), contributions * UNIT


def _over_sets(
    score_of: ScoreOf, values: Values, neutral: Values, shared: NDArray[np.int64], own: NDArray[np.int64]
) -> Values:
    """Give a term for all sets of factors: shape (sets of the shared, sets of its own)."""
    factors = np.concatenate([own, shared])
    sets = _sets(len(factors))
    rows = np.tile(neutral, (len(sets), 1))
    rows[:, factors] = np.where(sets, values[factors], neutral[factors])
    return score_of(rows).reshape(1 << len(shared), 1 << len(own))


def _own(term: Values, others: Values, weights: Values) -> list[float]:
    """Give what the factors of one term alone contribute; `others` are the sums of the other, by size."""
    count = (term.shape[1] - 1).bit_length()
    fewer = weights[:, :count]  # a set without the factor has not all of them
    return [float(np.einsum("tk,tj,tkj->", _by_size(_gains(term, place)), others, fewer)) for place in range(count)]


def _gains(term: Values, place: int) -> Values:
    """Say what adding a factor brings to each set without it, shape (sets of the shared, half of the sets)."""
    halves = term.reshape(len(term), -1, 2, 1 << place)
    return (halves[:, :, 1] - halves[:, :, 0]).reshape(len(term), -1)


def _shared(left: Values, right: Values, weights: Values) -> list[float]:
    """Give what the factors that both terms heed contribute."""
    found = []
    for place in range((len(left) - 1).bit_length()):
        without = np.flatnonzero(~_sets((len(left) - 1).bit_length())[:, place])
        given = without + (1 << place)
        gain = np.einsum("tk,tj,tkj->", left[given], right[given], weights[without])
        found.append(float(gain - np.einsum("tk,tj,tkj->", left[without], right[without], weights[without])))
    return found


def _by_size(term: Values) -> Values:
    """Add up the sets of each size: shape (sets of the shared, sizes)."""
    return term @ _sizes((term.shape[1] - 1).bit_length())


@cache
def _sets(count: int) -> NDArray[np.bool_]:
    """Give all subsets of `count` factors, shape (2^count, count); row r holds the bits of r."""
    rows = np.arange(1 << count)
    return ((rows[:, None] >> np.arange(count)) & 1).astype(np.bool_)


@cache
def _sizes(count: int) -> Values:
    """Mark the size of each subset, shape (2^count, count + 1)."""
    marked: Values = np.eye(count + 1)[_sets(count).sum(axis=1)]
    return marked


@cache
def _weights(shared: int, left: int, right: int) -> Values:
    """Give the Shapley weight of adding one factor to a set: shape (sets of the shared, left + 1, right + 1)."""
    count = shared + left + right
    table = [factorial(size) * factorial(max(count - size - 1, 0)) / factorial(count or 1) for size in range(count + 1)]
    sizes = _sets(shared).sum(axis=1)[:, None, None] + np.arange(left + 1)[:, None] + np.arange(right + 1)
    weights: Values = np.array(table)[sizes]
    return weights
