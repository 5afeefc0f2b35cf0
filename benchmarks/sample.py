"""The sample's judgements, both directions: the whole flow against its own first stages. Usage: python benchmarks/sample.py.

The half of the people that reports: none of its judgements chose a weight (see runs/weights.py).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from _table import write

from metier import Recommender
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.judged import Judged, measure_jobs_for, measure_people_for, read_judged
from metier.evaluation.metric import ndcg
from metier.retrieval.base import Query
from metier.retrieval.dense import DenseRetriever
from metier.retrieval.index import Record, lexical_text, search_text
from metier.retrieval.lexical import LexicalRetriever
from metier.sample import jobs_path, qrels_path, resumes_path

DAY = dt.date(2026, 9, 15)
"""Before any posting of the sample ends: the judges did not look at dates."""
FIRST = Path(__file__).parent / "first-release.json"
"""nDCG@10 of each query on the same half, measured with the code of the first release."""
SEED = 0
Search = Callable[[str, Record], list[str]]


def searches(recommender: Recommender) -> dict[str, Search]:
    """Give the baselines: words alone, meaning alone."""

    def lexical(kind: str, query: Record) -> list[str]:
        retriever = LexicalRetriever(catalog=recommender.catalog, kind=kind)
        found = retriever.search(Query(vector=None, text=lexical_text(query), skills=()), depth=10)
        return [hit.id for hit in found]

    def dense(kind: str, query: Record) -> list[str]:
        vector = recommender.encoder.encode([search_text(query)])[0]
        retriever = DenseRetriever(catalog=recommender.catalog, kind=kind)
        return [hit.id for hit in retriever.search(Query(vector=vector, text="", skills=()), depth=10)]

    return {"BM25": lexical, "encoder alone": dense}


def measure_search(judged: Judged, search: Search) -> tuple[list[float], list[float]]:
    """Measure a first stage in both directions."""
    names = {person.id: name for name, person in judged.people.items()}
    jobs = [ndcg(search("job", judged.people[name]), grades, k=10) for name, grades in judged.grades.items() if grades]
    people = [
        ndcg([names[key] for key in search("person", judged.jobs[job])], grades, k=10)
        for job, grades in judged.people_by_job().items()
    ]
    return jobs, people


def row(name: str, values: tuple[list[float], list[float]], baseline: tuple[list[float], list[float]]) -> list[str]:
    """Give the means with their intervals, and the interval of the difference to the baseline, query by query."""
    cells = [name]
    for ours, words in zip(values, baseline, strict=True):
        low, high = bootstrap_interval(ours, seed=SEED)
        apart = bootstrap_interval([one - other for one, other in zip(ours, words, strict=True)], seed=SEED)
        cells += [f"{np.mean(ours):.3f} [{low:.3f}, {high:.3f}]", f"{apart[0]:+.3f} to {apart[1]:+.3f}"]
    return cells


def main() -> None:
    """Measure the half that reports."""
    recommender = Recommender.open()
    whole = read_judged(jobs_path(), resumes_path(), qrels_path(), graph=recommender.graph)
    judged = whole.halves()[1]
    recommender.add(judged.jobs.values())
    recommender.add(judged.people.values())
    measured = {name: measure_search(judged, search) for name, search in searches(recommender).items()}
    first = json.loads(FIRST.read_text(encoding="utf-8"))
    jobs = measure_jobs_for(judged, recommender, as_of=DAY)
    people = measure_people_for(judged, recommender, as_of=DAY)
    measured[f"the first release, commit {first['commit']}"] = (
        [first["jobs"][name] for name in jobs],
        [first["people"][job] for job in people],
    )
    measured["Metier"] = list(jobs.values()), list(people.values())
    about = (
        f"nDCG@10 with 95 % bootstrap intervals; {len(judged.people)} people × {len(judged.jobs)} jobs, the half that "
        "reports; beside each the interval of the difference to BM25, query by query."
    )
    header = ["ranked by", "jobs for a person", "to BM25", "people for a job", "to BM25"]
    write(
        __file__,
        "The sample",
        about,
        header,
        [row(name, values, measured["BM25"]) for name, values in measured.items()],
    )


if __name__ == "__main__":
    main()
