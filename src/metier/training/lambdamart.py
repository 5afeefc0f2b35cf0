"""LambdaMART (Burges 2010) by LightGBM, of trees with one split each, so that what is learned is a curve a factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metier.errors import MissingExtraError
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.score import TwoSidedModel, session_model
from metier.training.example import Group

Floats = NDArray[np.float64]
_FALLING = ("dismissed",)
"""Factors of which more speaks against a pair; more of all others speaks for it."""
_CUT = 20
"""The later part is measured by nDCG of so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A learned model.

    Attributes:
        trees: How many the stopping groups chose.
        history: nDCG of the stopping groups after each tree, those beyond the chosen ones too.
    """

    model: AdditiveModel
    trees: int
    history: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LambdaMart:
    """How the curves are learned.

    Attributes:
        rounds: Trees at most; fewer where the stopping groups stop gaining for `patience` of them.
        prior: How strongly the curves start from the score that ships, whose factors are lines.
        l2: Draws the steps to 0.
        seed: The same seed and groups give the same model.
    """

    rounds: int = 300
    learning_rate: float = 0.1
    patience: int = 40
    least_in_step: int = 20
    l2: float = 5.0
    prior: float = 1.0
    seed: int = 0

    def learn(
        self,
        groups: Sequence[Group],
        stopping: Sequence[Group],
        *,
        name: str,
        weights: Sequence[Floats] | None = None,
        stopping_weights: Sequence[Floats] | None = None,
        shipped: TwoSidedModel | None = None,
    ) -> Learned:
        """Learn curves.

        Args:
            groups: To learn from.
            stopping: Later ones, by which the number of trees is chosen.
            name: Of the model.
            weights: Of the rows of each group, such as inverse propensities; 1 when left out.
            stopping_weights: The same of the stopping groups.
            shipped: What the curves start from; the shipped score with the factors of events when left out.

        Returns:
            The model, and how it came about.

        Raises:
            MissingExtraError: LightGBM is not installed.
        """
        if find_spec("lightgbm") is None:
            raise MissingExtraError("learning a ranker", "rank")
        lightgbm = import_module("lightgbm")
        shipped = shipped or session_model()
        line = self.prior * prior_slopes(shipped)
        fitted, watched = Pairs.of(groups, weights), Pairs.of(stopping, stopping_weights)
        sets = [
            lightgbm.Dataset(pairs.rows, label=pairs.grades, init_score=pairs.rows @ line, free_raw_data=False)
            for pairs in (fitted, watched)
        ]
        parameters = {
            "objective": lambda scores, _: fitted.gradients(np.asarray(scores)),
            "num_leaves": 2,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.least_in_step,
            "min_sum_hessian_in_leaf": 1e-4,
            "lambda_l2": self.l2 * fitted.mean_hessian,
            "monotone_constraints": [-1 if factor in _FALLING else 1 for factor in shipped.factors],
            "metric": "none",
            "seed": self.seed,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "verbose": -1,
        }
        told: dict[str, Any] = {}
        booster = lightgbm.train(
            parameters,
            sets[0],
            num_boost_round=self.rounds,
            valid_sets=[sets[1]],
            feval=lambda scores, _: ("ndcg", watched.mean_ndcg(np.asarray(scores)), True),
            callbacks=[lightgbm.early_stopping(self.patience, verbose=False), lightgbm.record_evaluation(told)],
        )
        trees = booster.dump_model(num_iteration=booster.best_iteration)["tree_info"]
        history = tuple(round(float(value), 6) for value in told["valid_0"]["ndcg"])
        return Learned(model=_model(name, shipped, line, trees, fitted), trees=len(trees), history=history)


def prior_slopes(shipped: TwoSidedModel) -> Floats:
    """Give how much each factor adds to the log-odds of both sides of the shipped score, where they are near a half."""
    sides = (shipped.employer, shipped.person)
    slopes: Floats = np.sum([side.slope * np.array(side.weights) / 2 for side in sides], axis=0)
    return slopes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The rows of all groups, and which of them compete: of each pair the first has the higher grade.

    Attributes:
        starts: Where each group begins, and the end.
        better: The places of the better rows of the pairs; `worse` those of the others.
        weights: Of the pairs.
        counts: How much each row's grade counts, 1 where no weights were given.
        ideal: The best gain that the first `_CUT` of the group of each row could have.
    """

    rows: Floats
    grades: Floats
    starts: NDArray[np.int64]
    group_of: NDArray[np.int64]
    better: NDArray[np.int64]
    worse: NDArray[np.int64]
    weights: Floats
    counts: Floats
    ideal: Floats

    @classmethod
    def of(cls, groups: Sequence[Group], weights: Sequence[Floats] | None) -> Pairs:
        """Put groups together."""
        starts = np.cumsum([0, *(len(group.grades) for group in groups)])
        better, worse, told = [], [], []
        for place, group in enumerate(groups):
            first, second = np.nonzero(group.grades[:, None] > group.grades[None, :])
            better.append(first + starts[place])
            worse.append(second + starts[place])
            told.append(np.ones(len(first)) if weights is None else weights[place][first])
        ideals = [_gain(np.sort(group.grades)[::-1][:_CUT].astype(np.float64)) for group in groups]
        lengths = np.diff(starts)
        return cls(
            rows=np.concatenate([group.rows for group in groups]),
            grades=np.concatenate([group.grades for group in groups]).astype(np.float64),
            starts=starts,
            group_of=np.repeat(np.arange(len(groups)), lengths),
            better=np.concatenate(better),
            worse=np.concatenate(worse),
            weights=np.concatenate(told),
            counts=np.ones(starts[-1]) if weights is None else np.concatenate(weights),
            ideal=np.repeat(ideals, lengths),
        )

    def ranks(self, scores: Floats) -> NDArray[np.int64]:
        """Give the rank of each row within its group, from 1; ties stay in their order."""
        order = np.lexsort((-scores, self.group_of))
        ranks = np.empty(len(scores), dtype=np.int64)
        ranks[order] = np.arange(len(scores)) - self.starts[self.group_of[order]] + 1
        return ranks

    def gradients(self, scores: Floats) -> tuple[Floats, Floats]:
        """Give the lambdas and their slopes: each pair pulls by how much exchanging it would change nDCG."""
        discounts = 1 / np.log2(1 + self.ranks(scores))
        gains = self.grades[self.better] - self.grades[self.worse]
        moved = np.abs(discounts[self.better] - discounts[self.worse]) * gains / self.ideal[self.better]
        doubt = 1 / (1 + np.exp(np.clip(scores[self.better] - scores[self.worse], -50, 50)))
        pull = self.weights * moved * doubt
        bend = self.weights * moved * doubt * (1 - doubt)
        count = len(scores)
        gradient = np.bincount(self.worse, pull, count) - np.bincount(self.better, pull, count)
        hessian = np.bincount(self.worse, bend, count) + np.bincount(self.better, bend, count)
        return gradient.astype(np.float64), hessian.astype(np.float64)

    @property
    def mean_hessian(self) -> float:
        """Give the mean slope of a row at the outset, the unit of `l2`."""
        return float(self.gradients(np.zeros(len(self.grades)))[1].mean())

    def mean_ndcg(self, scores: Floats) -> float:
        """Give the mean nDCG of the groups, one with weighed grades counting by their mean weight."""
        ranks = self.ranks(scores)
        gains = np.where(ranks <= _CUT, self.grades / np.log2(1 + ranks), 0.0)
        is_better = (self.grades > 0).astype(np.float64)
        count = len(self.starts) - 1
        chosen = np.maximum(np.bincount(self.group_of, is_better, count), 1)
        weights = np.bincount(self.group_of, is_better * self.counts, count) / chosen
        found = np.bincount(self.group_of, gains / self.ideal, count)
        return float(weights @ found / weights.sum()) if weights.any() else 0.0


def _gain(ordered: Floats) -> float:
    return float((ordered / np.log2(np.arange(len(ordered)) + 2)).sum()) or 1.0


def _model(name: str, shipped: TwoSidedModel, line: Floats, trees: Sequence[Any], fitted: Pairs) -> AdditiveModel:
    """Sum the trees of each factor to one curve, and scale them so that good pairs keep their scores."""
    jumps: list[list[tuple[float, float, float]]] = [[] for _ in shipped.factors]
    for tree in trees:
        node = tree["tree_structure"]
        if "split_feature" in node:
            below, above = node["left_child"]["leaf_value"], node["right_child"]["leaf_value"]
            jumps[node["split_feature"]].append((node["threshold"], below, above))
    curves = []
    for place, factor in enumerate(shipped.factors):
        thresholds = tuple(sorted({threshold for threshold, _, _ in jumps[place]}))
        middles = [*thresholds, np.inf]
        steps = tuple(
            sum(below if middle <= threshold else above for threshold, below, above in jumps[place])
            for middle in middles
        )
        employer, person = shipped.employer.weights[place], shipped.person.weights[place]
        curves.append(
            Curve(
                name=factor,
                neutral=shipped.neutral[place],
                employer_share=employer / (employer + person),
                slope=float(line[place]),
                thresholds=thresholds,
                steps=tuple(float(step) for step in steps),
            )
        )
    unscaled = AdditiveModel(name=name, curves=tuple(curves), scale=1.0)
    liked = fitted.rows[fitted.grades > 0]
    short = float(np.median(unscaled.shortfalls(liked).sum(axis=1)))
    wanted = float(np.log(np.median(shipped.score(liked))))
    return AdditiveModel(name=name, curves=tuple(curves), scale=2 * wanted / short if short < 0 else 1.0)
