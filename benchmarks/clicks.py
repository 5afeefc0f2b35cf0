"""What clicks with a known position bias teach: `python benchmarks/clicks.py [DATA_FOLDER LATER_FOLDER [KEPT_FOLDER]]`.

People, jobs and what fits are real: the sample's judgements, and the views of `views.py` where their folders are at hand.
The clicks are drawn: a rank k is looked at with 1/k, and what is looked at is chosen with a probability that grows with
its grade. Rankers are learned by what `metier train ranker` learns with, from the true grades, from the clicks as they
are, and from the clicks corrected by propensities that are estimated from these clicks alone.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from _table import append, write
from numpy.typing import NDArray
from views import SHARED, World

from metier import Recommender
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.judged import Judged, read_judged
from metier.evaluation.off_policy import LoggedList, off_policy_values
from metier.ranking import PairRanker
from metier.ranking.additive import AdditiveModel
from metier.ranking.score import session_model
from metier.records.job import Job
from metier.sample import jobs_path, qrels_path, resumes_path
from metier.training.click_model import ClickModel, learn_click_model
from metier.training.example import ExampleMaker, Group, questions_of
from metier.training.lambdamart import LambdaMart
from metier.training.propensity import LEAST, Propensities, swap_propensities
from metier.training.ranker import measure

DAY = dt.datetime(2026, 9, 15, tzinfo=dt.UTC)
SEEDS = (0, 1, 2)
SHOWN_OFTEN = 10
"""Lists shown to each person, the order of each disturbed by chance and neighbours swapped."""
DISTURBED = 0.3
"""In standard deviations of the score that orders the lists."""
LOOKED_AT = 1.0 / np.arange(1, 101)
WRONG, RIGHT = 0.05, 0.9
"""How often what is looked at is chosen: with grade 0, and with the highest."""
EVERY = Propensities()
NAIVE = "naive: clicks as they are"
Floats = NDArray[np.float64]
Order = Callable[[Floats], Floats]
MODEL = session_model()


@dataclass(frozen=True, kw_only=True)
class Data:
    """Groups whose grades are the truth: to learn from, to stop by, to measure on; `highest` is their best grade."""

    learning: list[Group]
    stopping: list[Group]
    testing: list[Group]
    highest: int


def by_words(rows: Floats) -> Floats:
    """Order as a site does that searches for words."""
    return rows[:, MODEL.factors.index("lexical")]


def by_shipped_score(rows: Floats) -> Floats:
    """Order as Metier does before any training."""
    return np.log(MODEL.score(rows))


def sample() -> Data:
    """Make groups of the sample: learned on the half that chose the shipped weights, measured on the other."""
    recommender = Recommender.open()
    whole = read_judged(jobs_path(), resumes_path(), qrels_path(), graph=recommender.graph)
    first, second = whole.halves()
    known, testing = list(of_judged(first, recommender)), list(of_judged(second, recommender))
    cut = len(known) * 3 // 4
    return Data(learning=known[:cut], stopping=known[cut:], testing=testing, highest=3)


def of_judged(judged: Judged, recommender: Recommender) -> Iterator[Group]:
    """Make a group of each person: all jobs, graded."""
    ranker = PairRanker(encoder=recommender.encoder, graph=recommender.graph, model=MODEL, policy="mark")
    jobs: list[Job] = [judged.jobs[key] for key in sorted(judged.jobs)]
    for name, person in judged.people.items():
        grades = judged.grades.get(name, {})
        if grades:
            yield Group(
                profile_id=name,
                at=DAY,
                job_ids=tuple(job.id for job in jobs),
                rows=ranker.rows(recommender.pairs([(person, job) for job in jobs]), as_of=DAY.date()),
                grades=np.array([grades.get(job.id, 0) for job in jobs], dtype=np.int64),
                positions=np.zeros(len(jobs), dtype=np.int64),
            )


def views(data: Path, later: Path, folder: Path) -> Data:
    """Make groups of the views: sixty jobs of those that the search finds, among them what the person viewed next."""
    world = World.made(data, later, folder)
    recommender = Recommender.open(str(folder))
    recommender.catalog.events.append([*world.earlier, *world.later])
    asked = [question for question in questions_of([*world.earlier, *world.later]) if question.earlier]
    groups = [one for one in ExampleMaker(recommender=recommender).found(asked, most=60) if one.grades.any()]
    first, second = len(groups) * 6 // 10, len(groups) * 8 // 10
    return Data(learning=groups[:first], stopping=groups[first:second], testing=groups[second:], highest=1)


@dataclass(frozen=True, kw_only=True)
class Clicks:
    """How lists are shown and clicked."""

    order: Order
    length: int
    highest: int
    seed: int

    def fits(self, grades: NDArray[np.int64]) -> Floats:
        """Give how often what is looked at is chosen."""
        return WRONG + (RIGHT - WRONG) * grades / self.highest

    def shown(self, groups: Sequence[Group], part: int) -> Iterator[tuple[Group, NDArray[np.int64]]]:
        """Show lists; give each with what was clicked, in the order of the jobs' ids, and the true grades."""
        chance = np.random.default_rng([self.seed, part])
        for group in groups:
            scores = self.order(group.rows)
            spread = float(scores.std()) or 1.0
            for _ in range(SHOWN_OFTEN):
                disturbed = scores / spread + chance.normal(0, DISTURBED, len(scores))
                ranked = np.argsort(-disturbed, kind="stable")[: min(self.length, len(scores) // 2 * 2)].reshape(-1, 2)
                ranked = np.where(chance.random((len(ranked), 1)) < 0.5, ranked, ranked[:, ::-1]).ravel()
                looked = LOOKED_AT[: len(ranked)]
                clicked = chance.random(len(ranked)) < looked * self.fits(group.grades[ranked])
                back = np.argsort(ranked)
                yield (
                    replace(
                        group,
                        job_ids=tuple(group.job_ids[place] for place in ranked[back]),
                        rows=group.rows[ranked[back]],
                        grades=clicked[back].astype(np.int64),
                        positions=(back + 1).astype(np.int64),
                        missed=(),
                    ),
                    group.grades[ranked[back]],
                )


def learned(data: Data, clicks: Clicks) -> tuple[dict[str, AdditiveModel], ClickModel, Propensities]:
    """Learn a ranker in each way; give the estimates from the clicks and from the swaps too."""
    shown = [group for group, _ in clicks.shown(data.learning, 0)]
    stopping = [group for group, _ in clicks.shown(data.stopping, 1)]
    model, swaps = learn_click_model(shown), swap_propensities(shown)
    told, watched = ([one for one in part if one.is_telling] for part in (shown, stopping))

    def by(known: Propensities) -> AdditiveModel:
        weights, others = ([known.weights(one) for one in part] for part in (told, watched))
        return LambdaMart().learn(told, watched, name="clicks", weights=weights, stopping_weights=others).model

    return (
        {
            "unbiased: true grades": LambdaMart().learn(data.learning, data.stopping, name="truth").model,
            NAIVE: by(EVERY),
            "corrected: click model": by(model.looked_at),
            "corrected: swaps": by(swaps),
            "corrected: true propensities": by(Propensities(by_position=tuple(LOOKED_AT[: clicks.length]))),
        },
        model,
        swaps,
    )


def ndcg_of(model: AdditiveModel | None, groups: Sequence[Group], order: Order | None = None) -> list[float]:
    """Measure by the true grades: nDCG@10 of each group."""

    class Ordered:
        """Scores as the lists were ordered."""

        score = staticmethod(order)

    return measure(model or Ordered(), groups, EVERY)["ndcg@10"]


def by_person(values: Sequence[float]) -> list[float]:
    """Give the mean over draws of each person."""
    return np.reshape(values, (len(SEEDS), -1)).mean(axis=0).tolist()


def interval(values: Sequence[float], *, sign: str = "") -> str:
    """Give a mean with its interval."""
    low, high = bootstrap_interval(values, seed=0)
    return f"{np.mean(values):{sign}.3f} [{low:{sign}.3f}, {high:{sign}.3f}]"


def off_policy(data: Data, clicks: Clicks, ranker: AdditiveModel, model: ClickModel) -> list[str]:
    """Estimate what the corrected ranker would bring from lists shown by the old one, beside what it truly would."""
    lists, true, logged = [], [], []
    for group, grades in clicks.shown(data.testing, 2):
        order = np.argsort(-np.round(ranker.score(group.rows), 6), kind="stable")
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(1, len(order) + 1)
        true.append(float(LOOKED_AT[ranks - 1] @ clicks.fits(grades)))
        logged.append(float(LOOKED_AT[group.positions - 1] @ clicks.fits(grades)))
        lists.append(
            LoggedList(
                chosen=(group.grades > 0).astype(np.float64),
                looked_at=model.looked_at.at(group.positions),
                would_be=model.looked_at.at(ranks),
                fits=model.fits(group.rows),
            )
        )
    found = off_policy_values(lists, least=LEAST, seed=0)
    cells = [
        f"{found[name].mean:.3f} [{found[name].low:.3f}, {found[name].high:.3f}]" for name in ("ips", "snips", "dr")
    ]
    return [f"{np.mean(logged):.3f}", f"{np.mean(true):.3f}", *cells, f"{found['direct'].mean:.3f}"]


def setting(name: str, data: Data, order: Order, length: int) -> tuple[list[list[str]], list[list[str]], list[str]]:
    """Learn and measure with all seeds; give the rows of the three tables."""
    values: dict[str, list[float]] = defaultdict(list)
    values["as the lists were ordered"] = ndcg_of(None, data.testing, order) * len(SEEDS)
    values["start: the score that ships"] = ndcg_of(None, data.testing, by_shipped_score) * len(SEEDS)
    estimates: dict[str, list[Sequence[float]]] = defaultdict(list)
    told = f"{name}, {length} by {'words' if order is by_words else 'the shipped score'}"
    others = []
    for seed in SEEDS:
        clicks = Clicks(order=order, length=length, highest=data.highest, seed=seed)
        models, model, swaps = learned(data, clicks)
        for way, ranker in models.items():
            values[way] += ndcg_of(ranker, data.testing)
        estimates["click model"].append(model.looked_at.by_position)
        estimates["swaps"].append(swaps.by_position)
        others.append([told, str(seed), *off_policy(data, clicks, models["corrected: click model"], model)])
    starts, bests = values["start: the score that ships"], values["unbiased: true grades"]
    start, best = np.mean(starts), np.mean(bests)
    gains = bootstrap_interval(np.subtract(bests, starts)[: len(data.testing)].tolist(), seed=0)[0] > 0
    rows = [
        [
            told,
            way,
            interval(by_person(found)),
            f"{np.mean(found) / best:.1%}",
            f"{(np.mean(found) - start) / (best - start):.0%}" if gains else "no gain",
            interval(np.subtract(by_person(found), by_person(values[NAIVE])).tolist(), sign="+"),
        ]
        for way, found in values.items()
    ]
    looks = [
        [told, way, *(f"{np.mean([seen[rank - 1] for seen in found]):.3f}" for rank in (2, 3, 5, 10))]
        for way, found in estimates.items()
    ]
    return rows, others, looks


def main() -> None:
    """Measure and write the tables."""
    folders = list(map(Path, sys.argv[1:3])) or [SHARED / "data/views", SHARED / "bench/views-dev"]
    worlds = {"the sample": sample()}
    with tempfile.TemporaryDirectory() as scratch:
        if all(folder.is_dir() for folder in folders):
            kept = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(scratch) / "world"
            kept.mkdir(exist_ok=True)
            worlds["views"] = views(*folders, kept)
        else:
            print("the folders of views are not there: the sample alone is measured")
    rows: list[list[str]] = []
    others: list[list[str]] = []
    looks: list[list[str]] = []
    for name, data in worlds.items():
        for order, length in ((by_words, 60), (by_words, 20), (by_shipped_score, 20))[: 1 if data.highest > 1 else 3]:
            for whole, more in zip((rows, others, looks), setting(name, data, order, length), strict=True):
                whole.extend(more)
            report(rows, others, looks)


def errors(others: list[list[str]]) -> str:
    """Give the mean distance of each estimate from the truth, in shares of it."""
    figures = np.array([[float(cell.split(" ")[0]) for cell in row[3:]] for row in others])
    means = np.abs(figures[:, 1:] / figures[:, :1] - 1).mean(axis=0)
    names = ("IPS", "self-normalised", "doubly robust", "model of fits alone")
    return ", ".join(f"{name} {mean:.0%}" for name, mean in zip(names, means, strict=True))


def report(rows: list[list[str]], others: list[list[str]], looks: list[list[str]]) -> None:
    """Write what was measured so far."""
    write(
        __file__,
        "What clicks teach",
        f"nDCG@10 by the true grades on people who are not learned from, of each the mean over {len(SEEDS)} draws of clicks; "
        f"{SHOWN_OFTEN} lists a person. A rank k is looked at with 1/k; what is looked at is chosen with {WRONG} where it "
        f"does not fit, up to {RIGHT}. Of the unbiased: nDCG by that of the ranker learned from the truth; of its gain: what "
        "was gained over the score that ships, from which all learning starts, by what the unbiased one gains (*no gain*: "
        "the interval of its gain holds 0). Over naive: person by person.",
        ["lists", "ranker", "nDCG@10", "of the unbiased", "of its gain", "over naive"],
        rows,
    )
    append(
        __file__,
        "What another ranker would bring",
        "Choices a list: of the lists that were shown, and of the corrected ranker's order of the same jobs; truly, and "
        "estimated from clicks on the old lists of people who are not learned from. Intervals are over lists; what the "
        "propensities are off by is not in them. Mean error over all rows: " + errors(others) + ".",
        ["lists", "draw", "shown", "true", "IPS", "self-normalised", "doubly robust", "model of fits alone"],
        others,
    )
    append(
        __file__,
        "How often ranks are looked at",
        "Estimated from the clicks; true are 1/2, 1/3, 1/5 and 1/10.",
        ["lists", "estimated from", "rank 2", "3", "5", "10"],
        looks,
    )


if __name__ == "__main__":
    main()
