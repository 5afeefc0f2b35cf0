"""Run a retrieval task with the parts that serve: encoder, full-text search, skill linker, reciprocal rank fusion."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from metier.catalog.text_index import TextIndex
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.metric import METRICS
from metier.evaluation.task import Task
from metier.graph.base import SkillGraph
from metier.models.base import Encoder
from metier.retrieval.base import Hit
from metier.retrieval.fusion import fuse

Progress = Callable[[int], None]
DEPTH = 1000
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
    graph: SkillGraph | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> TaskResult:
    """Rank the corpus for each query and measure.

    Args:
        task: What to rank.
        encoder: Texts to vectors; None ranks by words alone.
        graph: Links skills in the queries of a skill task; None leaves that out.
        seed: Of the bootstrap.
        progress: Called with the number of queries that were just ranked.
    """
    begun = time.perf_counter()
    ranked = rank_task(task, encoder=encoder, graph=graph, progress=progress)
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
    task: Task, *, encoder: Encoder | None, graph: SkillGraph | None = None, progress: Progress | None = None
) -> dict[str, list[str]]:
    """Give the corpus ids for each query, best first, ties by id."""
    rankers: list[Callable[[Sequence[str]], list[list[Hit]]]] = [_lexical(task)]
    if encoder is not None:
        rankers.append(_dense(task, encoder))
    if graph is not None and "skill" in task.kind:
        rankers.append(_linked(task, graph))
    ranked: dict[str, list[str]] = {}
    keys = list(task.queries)
    for first in range(0, len(keys), _BLOCK):
        block = keys[first : first + _BLOCK]
        lists = [ranker([task.queries[key] for key in block]) for ranker in rankers]
        for key, *hits in zip(block, *lists, strict=True):
            ranked[key] = [hit.id for hit in fuse(hits, depth=DEPTH)]
        if progress is not None:
            progress(len(block))
    return ranked


def _lexical(task: Task) -> Callable[[Sequence[str]], list[list[Hit]]]:
    index = TextIndex(kind="job", folder=None)
    rows = list(task.corpus.items())
    for first in range(0, len(rows), _WRITE):
        index.write(rows[first : first + _WRITE], [])
    index.optimise()

    def search(queries: Sequence[str]) -> list[list[Hit]]:
        return [_hits(index.search(query, depth=DEPTH, only=None)) for query in queries]

    return search


def _hits(scored: Sequence[tuple[str, float]]) -> list[Hit]:
    return [Hit(id=key, score=score, rank=rank) for rank, (key, score) in enumerate(scored, start=1)]


def _dense(task: Task, encoder: Encoder) -> Callable[[Sequence[str]], list[list[Hit]]]:
    """Search by vectors; queries and texts in a script that the encoder does not read are left to the others."""
    ids = sorted(key for key, text in task.corpus.items() if encoder.reads(text))
    texts = list(dict.fromkeys([*(task.corpus[key] for key in ids), *filter(encoder.reads, task.queries.values())]))
    row_of = {text: row for row, text in enumerate(texts)}
    vectors = encoder.encode(texts)
    corpus = vectors[[row_of[task.corpus[key]] for key in ids]] if ids else np.empty((0, encoder.size), np.float32)
    return partial(_nearest, ids=np.array(ids, dtype=object), corpus=corpus, row_of=row_of, vectors=vectors)


def _nearest(
    queries: Sequence[str],
    *,
    ids: NDArray[np.object_],
    corpus: NDArray[np.float32],
    row_of: dict[str, int],
    vectors: NDArray[np.float32],
) -> list[list[Hit]]:
    read = [query for query in queries if query in row_of]
    if not read or not len(ids):
        return [[] for _ in queries]
    cosines = vectors[[row_of[query] for query in read]] @ corpus.T
    found = iter(cosines)
    return [_best(next(found), ids) if query in row_of else [] for query in queries]


def _best(scores: NDArray[np.float32], ids: NDArray[np.object_]) -> list[Hit]:
    """Give the best rows; `ids` is sorted, so a stable sort settles ties by id."""
    kept = np.arange(len(scores))
    if len(scores) > DEPTH:
        border = np.partition(scores, len(scores) - DEPTH)[len(scores) - DEPTH]
        kept = np.flatnonzero(scores >= border)
    ordered = kept[np.argsort(-scores[kept], kind="stable")][:DEPTH]
    return _hits([(str(ids[row]), float(scores[row])) for row in ordered])


def _linked(task: Task, graph: SkillGraph) -> Callable[[Sequence[str]], list[list[Hit]]]:
    """Give the texts that are labels of the skills that a query names, in the order of the linker's certainty."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for key, text in task.corpus.items():
        by_label[text.casefold()].append(key)

    def search(queries: Sequence[str]) -> list[list[Hit]]:
        return [_hits(_labels(query)) for query in queries]

    def _labels(query: str) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        for mention in graph.link(query):
            label = graph.skill(mention.uri).preferred_label.casefold()
            for key in [] if mention.is_negated else by_label.get(label, []):
                scores[key] = max(scores.get(key, 0.0), mention.score)
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    return search
