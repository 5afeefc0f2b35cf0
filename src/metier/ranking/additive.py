"""A learned two-sided score: one curve for each factor, and nothing between factors.

The curves come from `metier train ranker`; answering with them needs nothing that trained them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pydantic import TypeAdapter

from metier.ranking.attribution import UNIT
from metier.ranking.base import Values
from metier.ranking.calibration import Calibration


@dataclass(frozen=True, kw_only=True)
class Curve:
    """What one factor adds: a line, and steps upon it.

    Attributes:
        name: The factor.
        neutral: What it is when nothing is known of it.
        employer_share: How much of it stands on the employer's side, in [0, 1]; the rest on the person's.
        slope: Of the line.
        thresholds: Rising; a value beyond the first `i` of them takes `steps[i]`.
        steps: One more than thresholds.
    """

    name: str
    neutral: float
    employer_share: float
    slope: float = 0.0
    thresholds: tuple[float, ...] = ()
    steps: tuple[float, ...] = (0.0,)

    def at(self, values: Values) -> Values:
        """Give what values in [0, 1] add."""
        places = np.searchsorted(np.array(self.thresholds), values, side="left")
        added: Values = self.slope * values + np.array(self.steps)[places]
        return added

    @cached_property
    def top(self) -> float:
        """Give the most that it can add: at an end of a step."""
        ends = np.array([0.0, *self.thresholds, *(np.nextafter(one, 2.0) for one in self.thresholds), 1.0])
        return float(self.at(np.clip(ends, 0.0, 1.0)).max())


@dataclass(frozen=True, kw_only=True)
class AdditiveModel:
    """Both sides' fits are the exponential of how far their curves stay below their tops.

    So the logarithm of the score is a sum of curves: pairs are ordered as training ordered them, and what each factor
    contributes has a closed form.

    Attributes:
        scale: How much a step of the curves moves the logarithm of the score.
        calibration: What its scores mean, where outcomes told; it moves no score.
    """

    name: str
    curves: tuple[Curve, ...]
    scale: float
    calibration: Calibration | None = None

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """Name the factors."""
        return tuple(curve.name for curve in self.curves)

    @cached_property
    def neutral(self) -> tuple[float, ...]:
        """Give what each factor counts as when nothing is known of it."""
        return tuple(curve.neutral for curve in self.curves)

    def shortfalls(self, rows: Values) -> Values:
        """Say how far each factor of rows stays below its top; shape (rows, factors), none above 0."""
        columns = [curve.at(rows[:, place]) - curve.top for place, curve in enumerate(self.curves)]
        return np.stack(columns, axis=1)

    def fits(self, rows: Values) -> tuple[Values, Values]:
        """Map factors of shape (rows, factors) to the fits of both sides, each of shape (rows,), in (0, 1]."""
        short = self.scale * self.shortfalls(rows)
        share = np.array([curve.employer_share for curve in self.curves])
        employer: Values = np.exp((short * share).sum(axis=1))
        person: Values = np.exp((short * (1 - share)).sum(axis=1))
        return employer, person

    def score(self, rows: Values) -> Values:
        """Map factors of shape (rows, factors) to scores of shape (rows,)."""
        employer, person = self.fits(rows)
        scores: Values = np.sqrt(employer * person)
        return scores

    def probability(self, score: float) -> float | None:
        """Give the probability that a pair of this score is chosen where it is looked at; None where not learned."""
        return None if self.calibration is None else float(self.calibration.at(np.array(score)))

    def attribute(self, values: Values) -> tuple[float, Values]:
        """Split the score of one row by the Shapley value, from the multilinear extension (Owen 1972).

        The score is a product of one term a factor, so its extension is a polynomial, which a Gauss quadrature of
        enough nodes integrates exactly.
        """
        both = self.shortfalls(np.stack([values, np.array(self.neutral)]))
        terms = np.exp(self.scale * (both[0] - both[1]) / 2)
        nodes, weights = np.polynomial.legendre.leggauss(len(terms) // 2 + 1)
        at = (nodes + 1) / 2
        mixed = 1 + at[:, None] * (terms - 1)
        without_one = mixed.prod(axis=1)[:, None] / mixed
        base = float(self.score(np.array(self.neutral)[None, :])[0])
        shares = base * (terms - 1) * (weights[:, None] / 2 * without_one).sum(axis=0)
        contributions: Values = np.round(shares / UNIT)
        whole = np.round(float(self.score(values[None, :])[0]) / UNIT)
        return float((whole - contributions.sum()) * UNIT), contributions * UNIT

    def to_json(self) -> str:
        """Render the model as JSON."""
        return _ADAPTER.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> AdditiveModel:
        """Make a model of what `to_json` gave.

        Raises:
            ValueError: The JSON describes no model.
        """
        return _ADAPTER.validate_json(text)


_ADAPTER = TypeAdapter(AdditiveModel)
