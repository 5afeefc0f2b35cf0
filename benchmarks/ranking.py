"""How long ranking takes: 200 hits of one query, their vectors at hand. Usage: python benchmarks/ranking.py."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import numpy as np
from _table import write

from metier import Recommender
from metier.evaluation.judged import read_judged
from metier.ranking import PairRanker
from metier.sample import jobs_path, qrels_path, resumes_path

DAY = dt.date(2026, 9, 15)
HITS = 200
PEOPLE = 30


def main() -> None:
    """Time whole rankings and their two parts, person by person."""
    recommender = Recommender.open()
    judged = read_judged(jobs_path(), resumes_path(), qrels_path(), graph=recommender.graph)
    jobs = list(judged.jobs.values())[:HITS]
    people = list(judged.people.values())[:PEOPLE]
    ranker = PairRanker(encoder=recommender.encoder, graph=recommender.graph, policy="mark")
    times: dict[str, list[float]] = {"features, score and order": [], "score and order, features given": []}
    for person in people:
        pairs = recommender.pairs([(person, job) for job in jobs])
        ranker.rank(pairs, as_of=DAY)
        begun = time.perf_counter()
        matches = ranker.rank(pairs, as_of=DAY)
        times["features, score and order"].append(time.perf_counter() - begun)
        values = np.array([[factor.value for factor in match.factors] for match in matches])
        begun = time.perf_counter()
        ranker.model.score(values).argsort(kind="stable")
        times["score and order, features given"].append(time.perf_counter() - begun)
    rows = [[name, f"{statistics.median(taken) * 1000:.2f} ms"] for name, taken in times.items()]
    write(
        __file__,
        "Ranking",
        f"{HITS} jobs for each of {len(people)} people of the sample; medians.",
        ["work", "time"],
        rows,
    )


if __name__ == "__main__":
    main()
