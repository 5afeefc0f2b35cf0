"""How good scores are on pairs that were held out, and whether one model is better than another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.metric import ndcg, reciprocal_rank
from metier.models.base import Vectors
from metier.training.pairs import Pair

Encode = Callable[[Sequence[str]], Vectors]
Score = Callable[[Sequence[str], Sequence[str]], NDArray[np.float32]]
QUERIES, CORPUS, DEPTH = 2000, 4000, 20
"""At most so many queries and texts are measured; so many of a first search are scored by what scores pairs."""
_K = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Queries, what to rank for them and what fits, made of held-out pairs.

    Attributes:
        queries: The left texts that something fits.
        corpus: The right texts, those of the training too: more to be wrong about.
        grades: Grade by place in the corpus, for each query.
        rows: The held-out pairs that have a label of their own.
    """

    queries: list[str]
    corpus: list[str]
    grades: list[dict[str, int]]
    rows: list[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a model showed.

    Attributes:
        per_query: The value of each query, by metric.
        rows: The area under the curve for labels 0 and 1, else the rank correlation; None where all labels are one.
    """

    per_query: dict[str, list[float]]
    rows: float | None

    @property
    def ndcg(self) -> float:
        """Give the metric that decides."""
        return float(np.mean(self.per_query["ndcg@10"]))

    def fields(self, *, seed: int) -> dict[str, Any]:
        """Give means and 95 % intervals by metric."""
        told: dict[str, Any] = {
            name: {"mean": float(np.mean(values)), "interval": list(bootstrap_interval(values, seed=seed))}
            for name, values in self.per_query.items()
        }
        return told if self.rows is None else told | {"rows": {"mean": self.rows}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """By how much one model is better than another on the same queries.

    Attributes:
        mean: Of the differences in nDCG@10.
        interval: That holds it at 95 %, by the paired bootstrap.
    """

    mean: float
    interval: tuple[float, float]

    @property
    def is_win(self) -> bool:
        """Say whether the better one is better beyond chance."""
        return self.interval[0] > 0

    def sentence(self) -> str:
        """Say it in words."""
        low, high = self.interval
        return f"{self.mean:+.4f} nDCG@10 on the held-out queries (95 %: {low:+.4f} to {high:+.4f})"


def trial_of(held_out: Sequence[Pair], train: Sequence[Pair], *, seed: int) -> Trial:
    """Make the queries of held-out pairs."""
    chance = np.random.default_rng(seed)
    by_left: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in held_out:
        by_left[pair.left][pair.right] = pair.label
    queries = [left for left, labels in by_left.items() if max(labels.values()) > 0]
    queries = [queries[place] for place in sorted(chance.permutation(len(queries))[:QUERIES].tolist())]
    own = list(dict.fromkeys(right for left in queries for right in by_left[left]))
    more = [text for text in dict.fromkeys(pair.right for pair in [*held_out, *train]) if text not in set(own)]
    spare = max(0, CORPUS - len(own))
    corpus = own + [more[place] for place in sorted(chance.permutation(len(more))[:spare].tolist())]
    place_of = {text: str(place) for place, text in enumerate(corpus)}
    highest = max(pair.label for pair in held_out)
    steps = 1 if highest <= 1 else round(highest)
    grades = [
        {place_of[right]: max(1, round(label / highest * steps)) for right, label in by_left[left].items() if label > 0}
        for left in queries
    ]
    graded = list(held_out) if len({pair.label for pair in held_out}) > 1 else []
    return Trial(queries=queries, corpus=corpus, grades=grades, rows=graded)


def measure(trial: Trial, *, encode: Encode, score: Score | None = None, most: int = QUERIES) -> Measured:
    """Rank the corpus for each query and compare with what fits.

    Args:
        trial: What to rank.
        encode: Gives vectors, by whose cosine the corpus is ranked.
        score: Scores pairs; where given it ranks the first `DEPTH` of that list anew.
        most: Queries to measure, from the first on.
    """
    queries, corpus = trial.queries[:most], encode(trial.corpus)
    likeness = encode(queries) @ corpus.T
    values: dict[str, list[float]] = {"ndcg@10": [], "mrr": []}
    orders = np.argsort(-likeness, axis=1, kind="stable")[:, :DEPTH]
    if score is not None and queries:
        lefts = [query for query, row in zip(queries, orders, strict=True) for _ in row]
        again = score(lefts, [trial.corpus[place] for row in orders for place in row]).reshape(orders.shape)
        orders = np.take_along_axis(orders, np.argsort(-again, axis=1, kind="stable"), 1)
    for row, (query, grades) in enumerate(zip(queries, trial.grades, strict=False)):
        ranked = [str(place) for place in orders[row] if trial.corpus[place] != query or str(place) in grades]
        values["ndcg@10"].append(ndcg(ranked, grades, k=_K))
        values["mrr"].append(reciprocal_rank(ranked, grades))
    return Measured(per_query=values, rows=_rows(trial.rows, encode, score))


def gain(before: Measured, after: Measured, *, seed: int) -> Gain:
    """Compare two models query by query."""
    pairs = zip(before.per_query["ndcg@10"], after.per_query["ndcg@10"], strict=True)
    differences = [other - one for one, other in pairs]
    return Gain(mean=float(np.mean(differences)), interval=bootstrap_interval(differences, seed=seed))


def _rows(pairs: Sequence[Pair], encode: Encode, score: Score | None) -> float | None:
    if not pairs:
        return None
    left, right = [pair.left for pair in pairs], [pair.right for pair in pairs]
    scores = (encode(left) * encode(right)).sum(1) if score is None else score(left, right)
    labels = np.array([pair.label for pair in pairs])
    ranks = rankdata(scores)
    if len(set(labels.tolist())) > 2:
        return float(np.corrcoef(ranks, rankdata(labels))[0, 1])
    good = labels == labels.max()
    above = ranks[good].sum() - good.sum() * (good.sum() + 1) / 2
    return float(above / (good.sum() * (~good).sum()))
