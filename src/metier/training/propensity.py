"""How often each rank of a list is looked at: the position-based click model, by regression EM (Wang et al. 2018)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metier.training.example import Group

Floats = NDArray[np.float64]
LEAST = 0.1
"""Propensities are clipped here, so that no weight is above 1 / LEAST."""
_ROUNDS = 60
_DEEPEST = 100
_SURE = 1e-6
_NEWTON_STEPS = 2
_RIDGE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Propensities:
    """How often each rank is looked at, against the first one; deeper ranks as the last."""

    by_position: tuple[float, ...] = ()

    def weights(self, group: Group) -> Floats:
        """Give one over the propensity of each row of a group, clipped; 1 where the rank is not known."""
        if not self.by_position:
            return np.ones(len(group.grades))
        seen = np.maximum(np.array((1.0, *self.by_position)), LEAST)
        weights: Floats = 1 / seen[np.minimum(group.positions, len(self.by_position))]
        return weights


def estimate_propensities(groups: Sequence[Group]) -> Propensities:
    """Estimate the propensities from lists that were shown.

    A deed needs that the rank was looked at and that the pair fits: the first depends on the rank alone, the second on
    the pair's factors alone. Expectation and maximisation in turn tell them apart, so far as fitting pairs were
    shown at different ranks.
    """
    shown = [(group, group.positions > 0) for group in groups if group.positions.any()]
    if not shown:
        return Propensities()
    rows = np.concatenate([group.rows[known] for group, known in shown])
    did = np.concatenate([group.grades[known] > 0 for group, known in shown])
    places = np.minimum(np.concatenate([group.positions[known] for group, known in shown]), _DEEPEST) - 1
    if not did.any() or did.all():
        return Propensities()
    count = np.bincount(places)
    seen = np.where(count > 0, 1 / np.sqrt(np.arange(len(count)) + 1), 0)
    design = np.column_stack([np.ones(len(rows)), rows])
    slopes = np.zeros(design.shape[1])
    fits = np.full(len(did), float(did.mean()))
    for _ in range(_ROUNDS):
        both = seen[places] * fits
        looked = np.where(did, 1.0, seen[places] * (1 - fits) / np.maximum(1 - both, _SURE))
        fitting = np.where(did, 1.0, fits * (1 - seen[places]) / np.maximum(1 - both, _SURE))
        seen = np.bincount(places, looked) / np.maximum(count, 1)
        slopes = _stepped(design, fitting, slopes)
        fits = _logistic(design, slopes)
    seen = np.where(count > 0, seen, np.interp(np.arange(len(seen)), np.flatnonzero(count), seen[count > 0]))
    relative = np.minimum.accumulate(np.minimum(seen / seen[0], 1.0))
    return Propensities(by_position=tuple(float(value) for value in relative))


def _stepped(design: Floats, targets: Floats, slopes: Floats) -> Floats:
    """Move the slopes of a logistic regression to shares between 0 and 1 by a few steps of Newton's method."""
    for _ in range(_NEWTON_STEPS):
        fitted = _logistic(design, slopes)
        curvature = (design * (fitted * (1 - fitted))[:, None]).T @ design + _RIDGE * np.eye(len(slopes))
        slopes = slopes + np.linalg.solve(curvature, design.T @ (targets - fitted) - _RIDGE * slopes)
    return slopes


def _logistic(design: Floats, slopes: Floats) -> Floats:
    fitted: Floats = 1 / (1 + np.exp(-np.clip(design @ slopes, -30, 30)))
    return fitted
