"""Does the score answer to a cause? `python benchmarks/contrasts.py`: the sample's pairs, one cause of each changed."""

from __future__ import annotations

import datetime as dt

import numpy as np
from _table import write

from metier import Recommender
from metier.evaluation.judged import read_judged
from metier.ranking.base import PairModel, Values
from metier.ranking.score import session_model, zero_shot_model
from metier.sample import jobs_path, qrels_path, resumes_path
from metier.training.contrast import answered, contrasts_of
from metier.training.example import ExampleMaker, Question

DAY = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)
MODEL = session_model()


class ByFactor:
    """Scores by one factor alone, for comparison."""

    def __init__(self, name: str) -> None:
        self.place = MODEL.factors.index(name)

    def score(self, rows: Values) -> Values:
        """Give the factor."""
        return rows[:, self.place]


def main() -> None:
    """Measure and write the table."""
    recommender = Recommender.open()
    judged = read_judged(jobs_path(), resumes_path(), qrels_path(), graph=recommender.graph)
    recommender.add([*judged.people.values(), *judged.jobs.values()], with_parts=True)
    questions = [
        Question(profile_id=judged.people[name].id, at=DAY, earlier=(), grades={key: grade}, shown={})
        for name, grades in judged.grades.items()
        for key, grade in sorted(grades.items())
    ]
    contrasts = contrasts_of(ExampleMaker(recommender=recommender), questions)
    models: dict[str, PairModel] = {"Metier, zero-shot": MODEL, "likeness alone": ByFactor("likeness")}
    rows = []
    for name, model in models.items():
        for cause, told in answered(contrasts, before=model, after=model).items():
            moved = [np.diff(model.score(one.group.rows))[0] for one in contrasts if one.cause == cause]
            rows.append([name, cause, str(told.pairs), f"{told.after:.1%}", f"{np.mean(moved):+.4f}"])
    about = (
        f"Pairs that the judges found to fit, as they are and with one skill that the job asks for taken out of the resume, or "
        "with the job's level moved three steps away from the person's. Ordered rightly: the whole pair scores higher, by a "
        f"millionth at least. Model {zero_shot_model().name}."
    )
    write(
        __file__,
        "Pairs that differ in one cause",
        about,
        ["score", "cause", "pairs", "ordered rightly", "mean difference"],
        rows,
    )


if __name__ == "__main__":
    main()
