"""Run a retrieval task with what serves: the encoder, wording, and what the graph knows of labels."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.catalog.text_index import TextIndex
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.metric import METRICS
from metier.evaluation.task import Task
from metier.graph.label_lookup import LabelLookup
from metier.models.base import Encoder
from metier.retrieval.document_matcher import DocumentMatcher
from metier.retrieval.label_matcher import LabelMatcher

Progress = Callable[[int], None]
Rank = Callable[[Sequence[str]], list[list[str]]]
DEPTH = 1000
_LONG = 400
"""Texts that are longer are whole documents."""
_HAS_MANY = frozenset(["title-to-title"])
"""Kinds of tasks in which many texts answer a query."""
_BLOCK = 256
_WRITE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """What a task measured.

    Attributes:
        metrics: Mean over the queries, by name.
        intervals: The 95 % bootstrap interval of each.
        seconds: Wall time, encoding included.
        per_query: Value of each metric for each query, in the task's order.
    """

    name: str
    kind: str
    queries: int
    corpus: int
    metrics: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    seconds: float
    per_query: dict[str, list[float]] = field(repr=False)


def run_task(
    task: Task,
    *,
    encoder: Encoder | None,
    lookup: LabelLookup | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> TaskResult:
    """Rank the corpus for each query and measure.

    Args:
        task: What to rank.
        encoder: Texts to vectors; None ranks by words alone (BM25).
        lookup: What the graph knows of labels; None leaves that out.
        seed: Of the bootstrap.
        progress: Called with the number of queries that were just ranked.
    """
    begun = time.perf_counter()
    ranked = rank_task(task, encoder=encoder, lookup=lookup, progress=progress)
    values = {name: [metric(ranked[key], task.qrels[key]) for key in task.queries] for name, metric in METRICS.items()}
    return TaskResult(
        name=task.name,
        kind=task.kind,
        queries=len(task.queries),
        corpus=len(task.corpus),
        metrics={name: float(np.mean(each)) for name, each in values.items()},
        intervals={name: bootstrap_interval(each, seed=seed) for name, each in values.items()},
        seconds=time.perf_counter() - begun,
        per_query=values,
    )


def rank_task(
    task: Task,
    *,
    encoder: Encoder | None,
    lookup: LabelLookup | None = None,
    progress: Progress | None = None,
) -> dict[str, list[str]]:
    """Give the corpus ids for each query, best first, ties by id."""
    rank = _lexical(task) if encoder is None else _matched(task, encoder, lookup)
    ranked: dict[str, list[str]] = {}
    keys = list(task.queries)
    for first in range(0, len(keys), _BLOCK):
        block = keys[first : first + _BLOCK]
        ranked.update(zip(block, rank([task.queries[key] for key in block]), strict=True))
        if progress is not None:
            progress(len(block))
    return ranked


def _matched(task: Task, encoder: Encoder, lookup: LabelLookup | None) -> Rank:
    """Rank by a matcher of whole documents where most texts are long, else by one of labels."""
    ids = sorted(task.corpus)
    texts = [task.corpus[key] for key in ids]
    matcher = (
        DocumentMatcher(texts, encoder=encoder)
        if np.median([len(text) for text in texts]) > _LONG
        else LabelMatcher(texts, encoder=encoder, lookup=lookup, has_many=task.kind in _HAS_MANY)
    )

    def rank(queries: Sequence[str]) -> list[list[str]]:
        return [[ids[place] for place in best(row)] for row in matcher.scores(queries)]

    return rank


def best(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Give the places of the best scores, best first, ties by place."""
    kept = np.arange(len(scores))
    if len(scores) > DEPTH:
        border = np.partition(scores, len(scores) - DEPTH)[len(scores) - DEPTH]
        kept = np.flatnonzero(scores >= border)
    return kept[np.argsort(-scores[kept], kind="stable")][:DEPTH]


def _lexical(task: Task) -> Rank:
    index = TextIndex(kind="job", folder=None)
    rows = list(task.corpus.items())
    for first in range(0, len(rows), _WRITE):
        index.write(rows[first : first + _WRITE], [])
    index.optimise()

    def rank(queries: Sequence[str]) -> list[list[str]]:
        return [[key for key, _ in index.search(query, depth=DEPTH, only=None)] for query in queries]

    return rank
