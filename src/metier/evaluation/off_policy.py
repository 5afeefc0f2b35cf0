"""What another ranker's lists would have brought, estimated from lists that were shown (off-policy evaluation).

The position-based model stands for the people: a job at rank k is looked at with a known propensity, and chosen with
its fit where it is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metier.evaluation.bootstrap import RESAMPLES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoggedList:
    """A list that was shown, and the order in which another ranker would have shown the same jobs.

    Attributes:
        chosen: What somebody did something with, 1 or 0, shape (jobs,).
        looked_at: The propensity of the rank at which each job stood, shape (jobs,).
        would_be: The propensity of the rank at which the other ranker would have put it, shape (jobs,).
        fits: What a model takes for the probability that each is chosen where it is looked at, shape (jobs,).
    """

    chosen: Floats
    looked_at: Floats
    would_be: Floats
    fits: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimated number of choices a list, with the 95 % bootstrap interval over lists."""

    mean: float
    low: float
    high: float


def off_policy_values(lists: Sequence[LoggedList], *, least: float, seed: int) -> dict[str, Estimate]:
    """Estimate how many jobs of a list would be chosen, were the other ranker in use.

    Args:
        lists: At least one.
        least: Propensities are clipped here.
        seed: Of the bootstrap.

    Returns:
        `ips`: every choice by how much more its job would be looked at (Horvitz and Thompson 1952; for ranks Li et al.
        2018); clipping draws it down. `snips`: by the weights' own sum (Swaminathan and Joachims 2015), which takes
        that back. `direct`: what the model of fits says. `dr`: that, put right by what it got wrong of the shown
        lists (Dudík et al. 2011; for ranks Oosterhuis 2023), right where the propensities or the fits are. The lists
        are taken as certain, so that it differs from `ips` by what clipping left out, for which the fits stand.
    """
    sums = np.array([_sums(one, least) for one in lists])
    chance = np.random.default_rng(seed)
    drawn = np.stack([sums[chance.integers(0, len(sums), len(sums))].mean(axis=0) for _ in range(RESAMPLES)], axis=0)
    middle, resampled = _values(sums.mean(axis=0)), _values(drawn.T)
    return {
        name: Estimate(
            mean=round(float(value), 6),
            low=round(float(np.quantile(resampled[name], 0.025)), 6),
            high=round(float(np.quantile(resampled[name], 0.975)), 6),
        )
        for name, value in middle.items()
    }


def _sums(one: LoggedList, least: float) -> tuple[float, float, float, float, float]:
    """Sum over a list: weighed choices, the weights' expected and wanted sums, fits, and what the fits got wrong."""
    weights = one.would_be / np.maximum(one.looked_at, least)
    return (
        float(weights @ one.chosen),
        float(weights @ one.looked_at),
        float(one.would_be.sum()),
        float(one.would_be @ one.fits),
        float(weights @ (one.chosen - one.looked_at * one.fits)),
    )


def _values(sums: Floats) -> dict[str, Floats]:
    weighed, expected, wanted, direct, wrong = sums
    return {"ips": weighed, "snips": weighed * wanted / expected, "direct": direct, "dr": direct + wrong}
