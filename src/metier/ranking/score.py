"""The two-sided score: would this employer want this person, and would this person want this job."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from metier.ranking.attribution import Term, shapley
from metier.ranking.base import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class SideModel:
    """One side's fit: the logistic function of a weighted mean of factors.

    Attributes:
        weights: One for each factor of the two-sided model, 0 for those of the other side, sum 1; shape (factors,).
        slope: How sharply the fit answers to the mean.
        midpoint: The mean at which the fit is one half.
    """

    weights: tuple[float, ...]
    slope: float
    midpoint: float

    def fit(self, rows: Values) -> Values:
        """Map factors of shape (rows, factors) to fits of shape (rows,), in (0, 1)."""
        mean = (rows * np.array(self.weights)).sum(axis=1)
        fits: Values = 1 / (1 + np.exp(-self.slope * (mean - self.midpoint)))
        return fits

    @property
    def root(self) -> Term:
        """Give the root of the fit, a term of the score."""
        return Term(score_of=lambda rows: np.sqrt(self.fit(rows)), heeds=np.array(self.weights) != 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSidedModel:
    """Both sides over one list of named factors; `neutral` is what an unknown factor counts as."""

    name: str
    factors: tuple[str, ...]
    neutral: tuple[float, ...]
    employer: SideModel
    person: SideModel

    def fits(self, rows: Values) -> tuple[Values, Values]:
        """Map factors of shape (rows, factors) to the fits of both sides, each of shape (rows,)."""
        return self.employer.fit(rows), self.person.fit(rows)

    def score(self, rows: Values) -> Values:
        """Map factors of shape (rows, factors) to scores of shape (rows,): the root of the product of the fits."""
        employer, person = self.fits(rows)
        scores: Values = np.sqrt(employer * person)
        return scores

    def attribute(self, values: Values) -> tuple[float, Values]:
        """Split the score of one row over its factors, see `shapley`."""
        return shapley(self.employer.root, self.person.root, values, np.array(self.neutral))

    def probability(self, score: float) -> float | None:  # noqa: ARG002 - of the protocol
        """Give None: nothing was learned of what people choose."""
        return None

    @classmethod
    def from_table(cls, name: str, table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> TwoSidedModel:
        """Make a model of `{"employer": {"weights": {factor: weight}, "shape": {…}}, "person": …, "neutral": …}`."""
        neutral = table["neutral"]["values"]
        factors = tuple(neutral)

        def side(which: str) -> SideModel:
            weights = np.array([table[which]["weights"].get(factor, 0.0) for factor in factors])
            shape = table[which]["shape"]
            normal = tuple(float(weight) for weight in weights / weights.sum())
            return SideModel(weights=normal, slope=shape["slope"], midpoint=shape["midpoint"])

        return cls(
            name=name,
            factors=factors,
            neutral=tuple(neutral[factor] for factor in factors),
            employer=side("employer"),
            person=side("person"),
        )


@cache
def zero_shot_model() -> TwoSidedModel:
    """Give the model that ships; `runs/weights.py` chose it on one half of the sample's judgements."""
    table = json.loads(files("metier.ranking").joinpath("data/zero_shot.json").read_text(encoding="utf-8"))
    return TwoSidedModel.from_table(table.pop("name"), table)


@cache
def session_model() -> TwoSidedModel:
    """Give the model that ships with the factors of events beside; where these are unknown it scores as that one."""
    model = zero_shot_model()
    table = json.loads(files("metier.ranking").joinpath("data/session.json").read_text(encoding="utf-8"))
    added, neutral = table["person"], table["neutral"]
    moved = sum(added[name] * neutral[name] for name in added)
    none = (0.0,) * len(added)
    return replace(
        model,
        name=f"{model.name}+{table['name']}",
        factors=(*model.factors, *added),
        neutral=(*model.neutral, *(neutral[name] for name in added)),
        employer=replace(model.employer, weights=(*model.employer.weights, *none)),
        person=replace(
            model.person, weights=(*model.person.weights, *added.values()), midpoint=model.person.midpoint + moved
        ),
    )
