"""Learning to rank from a catalog's events, measured against the ranker in use on what happened later."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from metier.catalog import ModelRun
from metier.errors import InputError
from metier.evaluation.bootstrap import bootstrap_interval
from metier.evaluation.metric import ndcg, recall
from metier.ranking.additive import AdditiveModel
from metier.ranking.base import PairModel
from metier.ranking.score import TwoSidedModel, session_model
from metier.recommender import Recommender
from metier.records.event import Event
from metier.records.text_id import text_id
from metier.training.example import ExampleMaker, Group, Question, questions_of
from metier.training.lambdamart import LambdaMart
from metier.training.propensity import Propensities, estimate_propensities
from metier.training.split import Leakage, split_events

KIND = "ranker"
LEAST_QUESTIONS = 20
"""With fewer questions nothing can be learned, or measured."""
_KEPT = 60
"""So many jobs of what the search finds take part in a group."""
_NDCG, _RECALL = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A mean over questions with its interval."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float], seed: int) -> Measured:
        """Measure values, at least one."""
        low, high = bootstrap_interval(values, seed=seed)
        return cls(mean=round(float(np.mean(values)), 6), low=round(low, 6), high=round(high, 6))


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerReport:
    """What a training saw and brought.

    Attributes:
        contradictions: Pairs of which the person did something and dismissed them as well; the last word counts.
        repeated: Events that say of a pair what another said before.
        leakage: Between what was learned from and what was measured on.
        position_bias: How often each rank is looked at, against the first; empty where no lists were shown.
        before: Of the ranker in use; `after` of the new one, on the same later questions.
        gain: nDCG@10 after less before, question by question.
        trees: How many the stopping part chose.
    """

    events: int
    questions: int
    measured_on: int
    contradictions: int
    repeated: int
    leakage: Leakage
    position_bias: tuple[float, ...]
    before: dict[str, Measured]
    after: dict[str, Measured]
    gain: Measured
    trees: int
    seed: int

    @property
    def wins(self) -> bool:
        """Say whether the new ranker is better on later questions, beyond chance."""
        return self.gain.low > 0

    def to_json(self) -> str:
        """Render the report as JSON."""
        return json.dumps(asdict(self) | {"wins": self.wins})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedRanker:
    """A learned ranker and its report."""

    model: AdditiveModel
    report: RankerReport

    def run(self) -> ModelRun:
        """Give what the registry keeps."""
        return ModelRun(id=self.model.name, kind=KIND, model=self.model.to_json(), report=self.report.to_json())


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerTraining:
    """How a ranker is trained.

    Attributes:
        stop_share: How much of the events, the last but those measured on, chooses the number of trees.
        test_share: How much, the last of all, is measured on.
        corrects_position: Weigh deeds on shown lists by one over how often their rank is looked at.
        most: Questions at most, the latest ones.
    """

    seed: int = 0
    stop_share: float = 0.15
    test_share: float = 0.15
    corrects_position: bool = True
    most: int = 3000
    learner: LambdaMart = field(default_factory=LambdaMart)

    def train(self, recommender: Recommender) -> TrainedRanker:
        """Learn from the events of the recommender's catalog; the catalog is not changed.

        Raises:
            InputError: There is too little to learn from, or only one kind of outcome.
            MissingExtraError: LightGBM is not installed.
        """
        events = list(recommender.catalog.events.read())
        if not events:
            raise InputError("there are no events", hint="Import some: metier import events FILE --catalog URI")
        split = split_events(events, by="time", share=self.test_share)
        within = split_events(split.earlier, by="time", share=self.stop_share / (1 - self.test_share))
        fitting = questions_of(within.earlier)[-self.most :]
        stopping = questions_of(split.earlier, since=within.later[0].at)[-self.most :]
        testing = questions_of(events, since=split.later[0].at)[-self.most :]
        self._check(fitting, stopping, testing)
        maker = ExampleMaker(recommender=recommender, seed=self.seed)
        fitted, stopped = self._groups(maker, fitting), self._groups(maker, stopping)
        if not fitted or not stopped:
            hint = "Both jobs that people chose and jobs that they passed over are needed."
            raise InputError("the events show only one kind of outcome", hint=hint)
        bias = estimate_propensities(fitted) if self.corrects_position else Propensities()
        name = f"ranker-{text_id(repr(self), *(event.id for event in events))}"
        learner = replace(self.learner, seed=self.seed)
        weights = [bias.weights(group) for group in fitted]
        model, trees = learner.learn(fitted, stopped, name=name, weights=weights)
        tested = [*maker.shown(testing), *maker.found(_of_deeds(testing))]
        before, after = (measure(one, tested, bias) for one in (_in_use(recommender), model))
        report = RankerReport(
            events=len(events),
            questions=len(fitting),
            measured_on=len(tested),
            contradictions=_contradictions(events),
            repeated=len(events) - len({(event.profile_id, event.job_id, event.kind) for event in events}),
            leakage=split.leakage(),
            position_bias=tuple(round(value, 4) for value in bias.by_position),
            before={name: Measured.of(values, self.seed) for name, values in before.items()},
            after={name: Measured.of(values, self.seed) for name, values in after.items()},
            gain=Measured.of(np.subtract(after["ndcg@10"], before["ndcg@10"]).tolist(), self.seed),
            trees=trees,
            seed=self.seed,
        )
        return TrainedRanker(model=model, report=report)

    def _check(self, *parts: Sequence[Question]) -> None:
        fewest = min(map(len, parts))
        if fewest < LEAST_QUESTIONS:
            hint = f"Learning, stopping and measuring need {LEAST_QUESTIONS} people or lists each; import more events."
            raise InputError(f"too few events: a part of the split has {fewest} questions", hint=hint)

    def _groups(self, maker: ExampleMaker, questions: Sequence[Question]) -> list[Group]:
        deeds = _of_deeds(questions)
        groups = [*maker.shown(questions), *maker.drawn(deeds), *maker.found(deeds, most=_KEPT)]
        return [group for group in groups if group.is_telling]


def _of_deeds(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if not question.shown]


def _in_use(recommender: Recommender) -> PairModel:
    """Give the ranker in use; the one that ships heeds events, as answers do."""
    return session_model() if isinstance(recommender.model, TwoSidedModel) else recommender.model


def _contradictions(events: Sequence[Event]) -> int:
    dismissed = {(event.profile_id, event.job_id) for event in events if event.kind == "dismiss"}
    others = {(event.profile_id, event.job_id) for event in events if event.kind not in {"dismiss", "impression"}}
    return len(dismissed & others)


def measure(model: PairModel, groups: Sequence[Group], bias: Propensities) -> dict[str, list[float]]:
    """Measure each group that somebody did something in; deeds on shown lists count by one over their propensity."""
    found: dict[str, list[float]] = {f"ndcg@{_NDCG}": [], f"recall@{_RECALL}": []}
    for group in groups:
        if not group.grades.any() and not group.missed:
            continue
        weighed = np.round(100 * group.grades * bias.weights(group)).astype(int)
        order = np.argsort(-np.round(model.score(group.rows), 6), kind="stable")
        ranked = [group.job_ids[place] for place in order]
        grades = dict(zip(group.job_ids, weighed.tolist(), strict=True))
        grades |= {f"missed\x00{place}": 100 * grade for place, grade in enumerate(group.missed)}
        found[f"ndcg@{_NDCG}"].append(ndcg(ranked, grades, k=_NDCG))
        found[f"recall@{_RECALL}"].append(recall(ranked, grades, k=_RECALL))
    return found


def load_report(run: ModelRun) -> dict[str, Any]:
    """Read the report of a run."""
    report: dict[str, Any] = json.loads(run.report)
    return report
