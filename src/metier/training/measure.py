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
K = 10
_NAMES = {"ndcg@10": "nDCG@10 on the held-out queries", "log_likelihood": "nats a token on the held-out texts"}


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
        per_query: The value of each query, by metric; the first metric decides.
        rows: The area under the curve for labels 0 and 1, else the rank correlation; None where all labels are one.
        accuracy: The share of held-out pairs that log-odds put on their side of 0; None for scores of another kind.
    """

    per_query: dict[str, list[float]]
    rows: float | None = None
    accuracy: float | None = None

    @property
    def metric(self) -> str:
        """Name the metric that decides."""
        return next(iter(self.per_query))

    @property
    def value(self) -> float:
        """Give the mean of the metric that decides."""
        return float(np.mean(self.per_query[self.metric]))

    def fields(self, *, seed: int) -> dict[str, Any]:
        """Give means and 95 % intervals by metric."""
        told: dict[str, Any] = {
            name: {"mean": float(np.mean(values)), "interval": list(bootstrap_interval(values, seed=seed))}
            for name, values in self.per_query.items()
        }
        single = {"rows": self.rows, "accuracy": self.accuracy}
        return told | {name: {"mean": mean} for name, mean in single.items() if mean is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """By how much one model is better than another on the same queries.

    Attributes:
        metric: In which they are compared.
        mean: Of the differences.
        interval: That holds it at 95 %, by the paired bootstrap.
    """

    metric: str
    mean: float
    interval: tuple[float, float]

    @property
    def is_win(self) -> bool:
        """Say whether the better one is better beyond chance."""
        return self.interval[0] > 0

    def sentence(self) -> str:
        """Say it in words."""
        low, high = self.interval
        named = _NAMES.get(self.metric, self.metric)
        return f"{self.mean:+.4f} {named} (95 %: {low:+.4f} to {high:+.4f})"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A model as it serves.

    Attributes:
        encode: Gives vectors, by whose cosine a corpus is ranked.
        score: Scores pairs; where given it ranks the first `DEPTH` of that list anew.
        has_log_odds: Whether scores are log-odds, so that 0 parts what fits from what does not.
    """

    encode: Encode
    score: Score | None = None
    has_log_odds: bool = False


def measure(trial: Trial, served: Served, *, most: int = QUERIES, corpus: Vectors | None = None) -> Measured:
    """Rank the corpus for each query and compare with what fits.

    Args:
        trial: What to rank.
        served: What ranks it.
        most: Queries to measure, from the first on.
        corpus: Vectors of the corpus, where they are made already.
    """
    queries = trial.queries[:most]
    vectors = served.encode(trial.corpus) if corpus is None else corpus
    values: dict[str, list[float]] = {"ndcg@10": [], "mrr": []}
    for ranked, grades in zip(rankings(trial, served, queries, vectors), trial.grades, strict=False):
        values["ndcg@10"].append(ndcg(ranked, grades, k=K))
        values["mrr"].append(reciprocal_rank(ranked, grades))
    scores = _row_scores(trial.rows, served)
    return Measured(per_query=values, rows=_rows(trial.rows, scores), accuracy=_accuracy(trial.rows, scores, served))


def rankings(trial: Trial, served: Served, queries: Sequence[str], corpus: Vectors) -> list[list[str]]:
    """Give the places in the corpus of the best texts for each query, best first; a text is no answer to itself.

    Args:
        trial: Whose first queries these are, as they are or with noise.
        served: What ranks.
        queries: As they are read.
        corpus: Vectors of the trial's corpus.
    """
    orders = np.argsort(-(served.encode(queries) @ corpus.T), axis=1, kind="stable")[:, :DEPTH]
    if served.score is not None and len(queries):
        lefts = [query for query, row in zip(queries, orders, strict=True) for _ in row]
        again = served.score(lefts, [trial.corpus[place] for row in orders for place in row]).reshape(orders.shape)
        orders = np.take_along_axis(orders, np.argsort(-again, axis=1, kind="stable"), 1)
    return [
        [str(place) for place in order if trial.corpus[place] != query or str(place) in grades]
        for order, query, grades in zip(orders, trial.queries, trial.grades, strict=False)
    ]


def gain(before: Measured, after: Measured, *, seed: int) -> Gain:
    """Compare two models query by query, in the metric that decides."""
    metric = before.metric
    pairs = zip(before.per_query[metric], after.per_query[metric], strict=True)
    differences = [other - one for one, other in pairs]
    return Gain(metric=metric, mean=float(np.mean(differences)), interval=bootstrap_interval(differences, seed=seed))


def _row_scores(pairs: Sequence[Pair], served: Served) -> NDArray[np.float32]:
    left, right = [pair.left for pair in pairs], [pair.right for pair in pairs]
    if not pairs:
        return np.zeros(0, dtype=np.float32)
    if served.score is not None:
        return served.score(left, right)
    scores: NDArray[np.float32] = (served.encode(left) * served.encode(right)).sum(1)
    return scores


def _rows(pairs: Sequence[Pair], scores: NDArray[np.float32]) -> float | None:
    if not pairs:
        return None
    labels = np.array([pair.label for pair in pairs])
    ranks = rankdata(scores)
    if len(set(labels.tolist())) > 2:
        return float(np.corrcoef(ranks, rankdata(labels))[0, 1])
    good = labels == labels.max()
    above = ranks[good].sum() - good.sum() * (good.sum() + 1) / 2
    return float(above / (good.sum() * (~good).sum()))


def _accuracy(pairs: Sequence[Pair], scores: NDArray[np.float32], served: Served) -> float | None:
    """Give the share of pairs on their side of 0; a label above half of the highest one fits."""
    if not pairs or not served.has_log_odds:
        return None
    labels = np.array([pair.label for pair in pairs])
    return float(np.mean((scores > 0) == (labels > labels.max() / 2)))
