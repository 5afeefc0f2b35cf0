"""Choose the weights of the zero-shot score on one half of the sample's judgements; report them on the other.

Hill climbing from weights by reason on resampled people (bagging, Breiman 1996), the mean of the runs taken, and then half-way back to
the start: with 35 people to choose by, a climb follows their peculiarities. Usage: python runs/weights.py [--write];
benchmarks/weights.md has the ablation.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from metier import Recommender
from metier.evaluation.judged import Judged, read_judged
from metier.evaluation.metric import ndcg
from metier.graph.linker import SkillLinker
from metier.ranking import PairRanker
from metier.ranking.constraint import is_ruled_out
from metier.sample import jobs_path, qrels_path, resumes_path

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from _table import write

TABLE = Path(__file__).parents[1] / "src/metier/ranking/data/zero_shot.json"
REPORT = Path(__file__).parents[1] / "benchmarks/weights.py"
DAY = dt.date(2026, 9, 15)
RUNS, STEPS, SPREAD, SEED = 16, 800, 0.06, 0
REASON = {
    "employer": {
        "coverage": 0.26, "skills": 0.12, "occupation": 0.16, "experience": 0.10, "seniority": 0.06, "recency": 0.04, "lexical": 0.10,
        "likeness": 0.08, "language": 0.08,
    },
    "person": {
        "wished_title": 0.22, "skill_use": 0.16, "location": 0.16, "likeness": 0.10, "lexical": 0.08, "salary": 0.07, "language": 0.06,
        "workplace": 0.05, "employment_type": 0.05, "seniority_step": 0.05, "schedule": 0.04,
    },
}  # fmt: skip
"""The start: what we would give each factor without any judgement."""
BANDS = (0.3, 0.5, 0.7)
"""Where stretch, good and strong begin: the grades 1, 2 and 3."""
SLOPES = range(5, 13)
"""No steeper, so that no single factor makes or breaks a pair."""
LEAST_KNOWN = 0.02
"""Share of the pairs in which a factor must be known for the judgements to say anything of its weight."""
SIDES = ("employer", "person")
Array = NDArray[np.float64]
Weights = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Half:
    """Every pair of one half: factors of shape (people, jobs, factors), which are known often, who is ruled out, the grades."""

    rows: Array
    is_known: NDArray[np.bool_]
    is_out: NDArray[np.bool_]
    grades: NDArray[np.int64]


def half_of(judged: Judged, recommender: Recommender) -> Half:
    """Work out the factors of all pairs."""
    ranker = PairRanker(encoder=recommender.encoder, graph=recommender.graph, policy="mark")
    people, jobs = list(judged.people.items()), list(judged.jobs.values())
    rows = np.zeros((len(people), len(jobs), len(ranker.model.factors)))
    is_out = np.zeros(rows.shape[:2], dtype=np.bool_)
    known = np.zeros(len(ranker.model.factors))
    for place, (_, person) in enumerate(people):
        for column, pair in enumerate(recommender.pairs([(person, job) for job in jobs])):
            match = ranker.score(pair, as_of=DAY)
            rows[place, column] = [factor.value for factor in match.factors]
            known += [not factor.is_neutral for factor in match.factors]
            is_out[place, column] = is_ruled_out(match.constraints)
    grades = np.array([[judged.grades.get(name, {}).get(job.id, 0) for job in jobs] for name, _ in people])
    return Half(rows, known >= LEAST_KNOWN * is_out.size, is_out, grades)


def scores(half: Half, weights: Weights, shape: dict[str, float]) -> Array:
    """Score all pairs; those that are ruled out come last."""
    fits = [
        1 / (1 + np.exp(-shape["slope"] * (half.rows @ (weights[side] / weights[side].sum()) - shape["midpoint"])))
        for side in SIDES
    ]
    return np.where(half.is_out, -1.0, np.sqrt(fits[0] * fits[1]))


def mean_ndcg(scored: Array, grades: NDArray[np.int64]) -> float:
    """Give the mean nDCG@10 of the rows that have something relevant."""
    values = []
    for row, given in zip(scored, grades, strict=True):
        if given.any():
            top = np.argsort(-row, kind="stable")[:10]
            values.append(
                ndcg([str(key) for key in top], {str(key): int(given[key]) for key in np.flatnonzero(given)}, k=10)
            )
    return float(np.mean(values))


def both_ways(half: Half, weights: Weights, shape: dict[str, float]) -> tuple[float, float]:
    """Give nDCG@10 of jobs for a person and of people for a job."""
    scored = scores(half, weights, shape)
    return mean_ndcg(scored, half.grades), mean_ndcg(scored.T, half.grades.T)


def climb(half: Half, start: Weights, shape: dict[str, float], seed: int) -> Weights:
    """Climb from the start on people drawn with replacement; a weight that is 0, or of a factor seldom known, stays."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, len(half.rows), len(half.rows))
    sample = Half(half.rows[drawn], half.is_known, half.is_out[drawn], half.grades[drawn])
    best, weights = sum(both_ways(sample, start, shape)), start
    for _ in range(STEPS):
        side = SIDES[chance.integers(0, 2)]
        place = chance.choice(np.flatnonzero(half.is_known & (start[side] > 0)))
        tried = {name: values.copy() for name, values in weights.items()}
        tried[side][place] = max(0.001, tried[side][place] + chance.normal(0, SPREAD))
        reached = sum(both_ways(sample, tried, shape))
        if reached > best:
            best, weights = reached, tried
    return {side: values / values.sum() for side, values in weights.items()}


def bagged(half: Half, start: Weights, shape: dict[str, float]) -> Weights:
    """Give the mean of several climbs, drawn half-way to the start, rounded to hundredths."""
    found = [climb(half, start, shape, SEED + run) for run in range(RUNS)]
    return {side: np.round((start[side] + np.mean([one[side] for one in found], axis=0)) / 2, 2) for side in SIDES}


def fitted_shape(half: Half, weights: Weights) -> dict[str, float]:
    """Give the slope and midpoint with which the bands agree most with the grades, each grade counting the same.

    Of the pairs without a grade those count that are ranked among the first 20 of a person.
    """
    plain = scores(half, weights, {"slope": 8.0, "midpoint": 0.5})
    near = np.zeros_like(half.is_out)
    for row, scored in enumerate(plain):
        near[row, np.argsort(-scored, kind="stable")[:20]] = True
    counted = (near | (half.grades > 0)) & ~half.is_out
    shapes = [{"slope": float(slope), "midpoint": middle / 100} for slope in SLOPES for middle in range(30, 66)]
    agreed = []
    for shape in shapes:
        is_right = np.digitize(scores(half, weights, shape), BANDS) == half.grades
        agreed.append(np.mean([is_right[counted & (half.grades == grade)].mean() for grade in range(len(BANDS) + 1)]))
    return shapes[int(np.argmax(agreed))]


def main() -> None:
    """Choose, report, and write the table of weights if asked."""
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    factors = list(table["neutral"]["values"])
    shape = table["employer"]["shape"]
    start = {side: np.array([REASON[side].get(name, 0.0) for name in factors]) for side in SIDES}
    recommender = Recommender.open()
    judged = read_judged(jobs_path(), resumes_path(), qrels_path(), graph=recommender.graph)
    chosen_on, reported_on = (half_of(half, recommender) for half in judged.halves())
    chosen = bagged(chosen_on, start, shape)
    shape = fitted_shape(chosen_on, chosen)
    rows = [
        line("weights by reason", chosen_on, reported_on, start, shape),
        line("weights chosen", chosen_on, reported_on, chosen, shape),
    ]
    for place, name in enumerate(factors):
        if any(chosen[side][place] for side in SIDES):
            without = {side: np.where(np.arange(len(factors)) == place, 0.0, values) for side, values in chosen.items()}
            rows.append(line(f"without `{name}`", chosen_on, reported_on, without, shape))
    by_table = Recommender.open(encoder=recommender.encoder, graph=SkillLinker())
    rows.append(
        line("without the graph's nearness", *(half_of(half, by_table) for half in judged.halves()), chosen, shape)
    )
    about = f"nDCG@10 of all pairs ranked; the weights are the mean of {RUNS} climbs on the choosing half ({len(chosen_on.rows)} people)."
    write(
        str(REPORT),
        "The weights of the zero-shot score",
        about,
        ["weights", "choosing half: jobs", "people", "reporting half: jobs", "people"],
        rows,
    )
    if "--write" in sys.argv:
        for side in SIDES:
            given = zip(factors, chosen[side].tolist(), strict=True)
            table[side] = {"weights": {name: weight for name, weight in given if weight}, "shape": shape}
        TABLE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def line(name: str, chosen_on: Half, reported_on: Half, weights: Weights, shape: dict[str, float]) -> list[str]:
    """Give a row of the report."""
    return [name, *(f"{value:.3f}" for half in (chosen_on, reported_on) for value in both_ways(half, weights, shape))]


if __name__ == "__main__":
    main()
