"""Scores to probabilities, learned from lists that were shown and measured on later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from metier.evaluation.reliability import Reliability, reliability
from metier.ranking.base import PairModel
from metier.ranking.calibration import Calibration
from metier.training.example import Group
from metier.training.propensity import LEAST, Propensities

Floats = NDArray[np.float64]
Method = Literal["isotonic", "platt"]
FEWEST = 20
"""So many choices, and as many shown jobs that were passed over, are needed in each part."""
_MANY = 1000
"""From so many shown jobs on steps are learned, below a curve of two numbers (Niculescu-Mizil and Caruana 2005)."""
_GRID = 101


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationReport:
    """A calibration, and what it did on lists that were shown later.

    Attributes:
        method: `isotonic` (Zadrozny and Elkan 2002) or `platt` (Platt 1999).
        rate: The share of later shown jobs that were chosen; saying it of each has the Brier score `of_rate`.
        before: Of the score as if it were a probability; `after` of the calibrated one. Both are of being chosen at the
            rank where the job stood: the probability times how often that rank is looked at.
    """

    method: Method
    curve: Calibration
    rate: float
    of_rate: float
    before: Reliability
    after: Reliability

    @property
    def says_more_than_the_rate(self) -> bool:
        """Say whether its probabilities are nearer to the outcomes than one rate for all; else none is given out."""
        return self.after.brier < self.of_rate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shown:
    """Jobs of lists: score, whether chosen, how often their ranks are looked at, each of shape (jobs,)."""

    scores: Floats
    chosen: Floats
    looked_at: Floats

    @classmethod
    def of(cls, model: PairModel, groups: Sequence[Group], looked_at: Propensities) -> _Shown:
        listed = [group for group in groups if group.positions.any()]
        kept = [group.positions > 0 for group in listed]
        empty = [np.empty(0)]
        return cls(
            scores=np.concatenate(
                [*(model.score(one.rows)[had] for one, had in zip(listed, kept, strict=True)), *empty]
            ),
            chosen=np.concatenate(
                [*((one.grades[had] > 0).astype(np.float64) for one, had in zip(listed, kept, strict=True)), *empty]
            ),
            looked_at=np.concatenate(
                [*(looked_at.at(one.positions[had]) for one, had in zip(listed, kept, strict=True)), *empty]
            ),
        )

    @property
    def is_telling(self) -> bool:
        return min(self.chosen.sum(), (1 - self.chosen).sum()) >= FEWEST


def calibrate(
    model: PairModel, fitting: Sequence[Group], testing: Sequence[Group], looked_at: Propensities
) -> CalibrationReport | None:
    """Learn a calibration on lists that were shown, and measure it on later ones.

    It gives the probability that a job is chosen where it is looked at: a job at a rank that few look at is not held to
    fit less for it.

    Args:
        model: Whose scores are calibrated.
        fitting: Lists to learn from, better not those that the model was learned from.
        testing: Later lists.
        looked_at: Of both.

    Returns:
        None where a part has fewer than `FEWEST` choices or passed-over jobs on shown lists: deeds without lists do
        not say how often something is not chosen.
    """
    fitted, tested = (_Shown.of(model, part, looked_at) for part in (fitting, testing))
    if not (fitted.is_telling and tested.is_telling):
        return None
    method: Method = "isotonic" if len(fitted.scores) >= _MANY else "platt"
    curve = _isotonic(fitted) if method == "isotonic" else _platt(fitted)
    rate = float(tested.chosen.mean())
    return CalibrationReport(
        method=method,
        curve=curve,
        rate=round(rate, 6),
        of_rate=round(float(np.mean((rate - tested.chosen) ** 2)), 6),
        before=reliability(tested.looked_at * tested.scores, tested.chosen),
        after=reliability(tested.looked_at * curve.at(tested.scores), tested.chosen),
    )


def _isotonic(shown: _Shown) -> Calibration:
    """Fit steps to choices by one over their propensity, each row weighed by it, as its variance asks."""
    looked = np.maximum(shown.looked_at, LEAST)
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    fitted.fit(shown.scores, shown.chosen / looked, sample_weight=looked)
    return _curve(fitted.X_thresholds_, np.clip(fitted.y_thresholds_, 0, 1))


def _platt(shown: _Shown) -> Calibration:
    """Fit a logistic function of the score's logarithm by maximum likelihood, looks and fits multiplied."""
    logs = np.log(np.maximum(shown.scores, 1e-6))
    centre = float(logs.mean())

    def fits(solution: Floats, of: Floats) -> Floats:
        made: Floats = 1 / (1 + np.exp(-np.clip(solution[0] + solution[1] * (of - centre), -30, 30)))
        return made

    def loss(solution: Floats) -> float:
        both = np.clip(shown.looked_at * fits(solution, logs), 1e-9, 1 - 1e-9)
        return float(-np.log(np.where(shown.chosen > 0, both, 1 - both)).sum() + solution[1] ** 2 / 100)

    solved = minimize(loss, np.array([-1.0, 1.0]), method="L-BFGS-B", bounds=[(None, None), (0.0, None)])
    grid = np.linspace(0.0, 1.0, _GRID)
    return _curve(grid, fits(solved.x, np.log(np.maximum(grid, 1e-6))))


def _curve(scores: Floats, probabilities: Floats) -> Calibration:
    return Calibration(
        scores=tuple(round(float(one), 6) for one in scores),
        probabilities=tuple(round(float(one), 6) for one in probabilities),
    )
