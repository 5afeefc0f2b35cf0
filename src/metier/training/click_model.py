"""The position-based click model (Craswell et al. 2008) with a fit made of factors, by maximum likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from metier.training.example import Group
from metier.training.propensity import DEEPEST, RAREST, Propensities, falling

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Places = NDArray[np.int64]
_ROUNDS = 500
_SURE = 1e-6
_RIDGE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickModel:
    """A deed needs that the rank was looked at, which depends on the rank alone, and that the pair fits.

    Attributes:
        looked_at: How often each rank is looked at; empty where no lists were shown.
        slopes: Of the logistic function of the factors that gives the fit, its constant first; empty likewise.
    """

    looked_at: Propensities = field(default_factory=Propensities)
    slopes: tuple[float, ...] = ()

    def fits(self, rows: Floats) -> Floats:
        """Give the probability that pairs which are looked at are chosen; rows (pairs, factors) to shape (pairs,)."""
        return _logistic(_design(rows), np.array(self.slopes))


def learn_click_model(groups: Sequence[Group], *, looked_at: Propensities | None = None) -> ClickModel:
    """Learn the model from lists that were shown.

    Looks and fits can be told apart so far as fitting pairs were shown at different ranks (Wang et al. 2018, whose EM
    climbs the same likelihood; where choices are rare it takes thousands of rounds, L-BFGS some dozens).

    Args:
        groups: All lists, those in which nothing was chosen too; groups without ranks say nothing.
        looked_at: The propensities where they are known, as from swaps; else they are learned too.

    Returns:
        An empty model where no lists were shown, or all that was shown had one outcome.
    """
    shown = [(group, group.positions > 0) for group in groups if group.positions.any()]
    if not shown:
        return ClickModel()
    did = np.concatenate([group.grades[known] > 0 for group, known in shown])
    if not did.any() or did.all():
        return ClickModel()
    design = _design(np.concatenate([group.rows[known] for group, known in shown]))
    places = np.minimum(np.concatenate([group.positions[known] for group, known in shown]), DEEPEST) - 1
    count = np.bincount(places)
    ranks = np.arange(len(count)) + 1
    start = np.log(1 / ranks if looked_at is None else looked_at.at(ranks))
    held = (
        [(value, value) for value in start]
        if looked_at is not None
        else [(0.0, 0.0), *[(RAREST, 0.0)] * len(start[1:])]
    )
    solved = minimize(
        _loss,
        np.concatenate([start, np.zeros(design.shape[1])]),
        args=(did, places, design),
        jac=True,
        method="L-BFGS-B",
        bounds=[*held, *[(None, None)] * design.shape[1]],
        options={"maxiter": _ROUNDS},
    )
    logs, slopes = np.split(solved.x, [len(start)])
    learned = falling(np.exp(logs), count.astype(np.float64)) if looked_at is None else looked_at
    return ClickModel(looked_at=learned, slopes=tuple(slopes.tolist()))


def _loss(solution: Floats, did: Bools, places: Places, design: Floats) -> tuple[float, Floats]:
    """Give the negative log-likelihood with its ridge, and its gradient.

    Args:
        solution: Logarithms of the propensities by rank, then slopes, shape (ranks + columns,).
        did: What was chosen, shape (rows,).
        places: Ranks from 0, shape (rows,).
        design: Shape (rows, columns).
    """
    logs, slopes = np.split(solution, [len(solution) - design.shape[1]])
    fits = _logistic(design, slopes)
    both = np.minimum(np.exp(logs)[places] * fits, 1 - _SURE)
    unlikely = np.where(did, both, 1 - both)
    wrong = np.where(did, 1.0, -both / (1 - both))
    gradient = np.concatenate(
        [np.bincount(places, wrong, len(logs)), design.T @ (wrong * (1 - fits)) - _RIDGE * slopes]
    )
    return float(_RIDGE / 2 * slopes @ slopes - np.log(unlikely).sum()), -gradient


def _design(rows: Floats) -> Floats:
    return np.column_stack([np.ones(len(rows)), rows])


def _logistic(design: Floats, slopes: Floats) -> Floats:
    fitted: Floats = 1 / (1 + np.exp(-np.clip(design @ slopes, -30, 30)))
    return fitted
