"""Learning to rank from a catalog's events, measured against the ranker in use on what happened later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from metier.catalog import ModelRun
from metier.errors import InputError
from metier.evaluation.metric import ndcg, recall
from metier.evaluation.off_policy import Estimate, LoggedList, off_policy_values
from metier.ranking.additive import AdditiveModel
from metier.ranking.base import PairModel
from metier.ranking.score import TwoSidedModel, session_model
from metier.recommender import Recommender
from metier.records.event import GRADE, Event
from metier.records.text_id import text_id
from metier.training.calibration import calibrate
from metier.training.click_model import ClickModel, learn_click_model
from metier.training.contrast import Contrast, answered, contrasts_of
from metier.training.example import ExampleMaker, Group, Question, questions_of
from metier.training.group_file import PersonGroups
from metier.training.group_gap import GapReport, exposure_gap, ndcg_gap
from metier.training.lambdamart import LambdaMart, Learned
from metier.training.propensity import LEAST, Propensities, swap_propensities
from metier.training.ranker_report import Measured, RankerReport, paired_p_value
from metier.training.shadow import shadow
from metier.training.split import Split, split_events

KIND = "ranker"
BiasFrom = Literal["click-model", "swaps"]
LEAST_QUESTIONS = 20
"""With fewer questions nothing can be learned, or measured."""
_KEPT = 60
"""So many jobs of what the search finds take part in a group."""
_NDCG, _RECALL = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedRanker:
    """A learned ranker and its report."""

    model: AdditiveModel
    report: RankerReport

    def run(self) -> ModelRun:
        """Give what the registry keeps."""
        return ModelRun(id=self.model.name, kind=KIND, model=self.model.to_json(), report=self.report.to_json())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """Groups of pairs to learn from, to stop by and to measure on, the later the further down.

    Attributes:
        questions: How many are learned from.
        testing: The questions of `tested`, and those that the search answers with nothing.
        contrasts: Of the questions that are learned from; `later_contrasts` of those that are measured on.
        later_chosen: Pairs that count as passed over though nobody showed them, and that the person chose later.
    """

    events: Sequence[Event]
    split: Split
    maker: ExampleMaker
    questions: int
    fitted: Sequence[Group]
    stopped: Sequence[Group]
    testing: Sequence[Question]
    tested: Sequence[Group]
    contrasts: Sequence[Contrast]
    later_contrasts: Sequence[Contrast]
    later_chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerTraining:
    """How a ranker is trained.

    Attributes:
        stop_share: How much of the events, the last but those measured on, chooses the number of trees.
        test_share: How much, the last of all, is measured on.
        corrects_position: Weigh deeds on shown lists by one over how often their rank is looked at.
        bias_from: What tells how often that is: `click-model`, or `swaps` of what stood at several ranks.
        contrast_weight: What a contrast pair counts for in learning, beside 1 for a pair of a question; 0 for nothing.
        most: Questions at most, the latest ones.
    """

    seed: int = 0
    stop_share: float = 0.15
    test_share: float = 0.15
    corrects_position: bool = True
    bias_from: BiasFrom = "click-model"
    contrast_weight: float = 0.0
    most: int = 3000
    learner: LambdaMart = field(default_factory=LambdaMart)

    def train(
        self, recommender: Recommender, *, groups: PersonGroups | None = None, prepared: Prepared | None = None
    ) -> TrainedRanker:
        """Learn from the events of the recommender's catalog; the catalog is not changed.

        Args:
            recommender: With the ranker to compare with.
            groups: Of people, between which gaps are measured; learning does not see them.
            prepared: What `prepare` gave for the recommender, where it is at hand.

        Raises:
            InputError: There is too little to learn from or to compare groups by, or only one kind of outcome.
            MissingExtraError: LightGBM is not installed.
        """
        data = prepared or self.prepare(recommender)
        clicks = self.clicks(data)
        learned = self.learn(data, clicks.looked_at)
        in_use = _in_use(recommender)
        before, after = (measure(one, data.tested, clicks.looked_at) for one in (in_use, learned.model))
        differences = np.subtract(after["ndcg@10"], before["ndcg@10"]).tolist()
        weights = question_weights(data.tested, clicks.looked_at)
        calibration = calibrate(learned.model, data.stopped, data.tested, clicks.looked_at)
        report = RankerReport(
            against=in_use.name,
            events=len(data.events),
            questions=data.questions,
            measured_on=len(differences),
            contradictions=_contradictions(data.events),
            repeated=len(data.events) - len({(event.profile_id, event.job_id, event.kind) for event in data.events}),
            later_chosen=data.later_chosen,
            leakage=data.split.leakage(),
            position_bias=tuple(round(value, 4) for value in clicks.looked_at.by_position),
            bias_from=self.bias_from if clicks.slopes else "",
            before={name: Measured.of(values, self.seed, weights=weights) for name, values in before.items()},
            after={name: Measured.of(values, self.seed, weights=weights) for name, values in after.items()},
            gain=Measured.of(differences, self.seed, weights=weights),
            p_value=paired_p_value(differences, self.seed, weights=weights),
            choices=self._choices(data.tested, clicks, in_use, learned.model),
            trees=learned.trees,
            history=learned.history,
            calibration=calibration,
            contrasts=answered(data.later_contrasts, before=in_use, after=learned.model),
            contrast_weight=self.contrast_weight,
            gaps=None if groups is None else _gaps(data, groups, (in_use, learned.model), (before, after)),
            shadow=shadow(in_use, learned.model, data.tested),
            seed=self.seed,
        )
        model = learned.model
        if calibration is not None and calibration.says_more_than_the_rate:
            model = replace(model, calibration=calibration.curve)
        return TrainedRanker(model=model, report=report)

    def prepare(self, recommender: Recommender) -> Prepared:
        """Split the events and work out the factors of all pairs.

        Raises:
            InputError: There are too few events.
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
        fitted = _groups(maker, fitting)
        return Prepared(
            events=events,
            split=split,
            maker=maker,
            questions=len(fitting),
            fitted=fitted,
            stopped=_groups(maker, stopping),
            testing=testing,
            tested=[one for one in (*maker.shown(testing), *maker.found(_of_deeds(testing))) if _is_asked(one)],
            contrasts=contrasts_of(maker, fitting) if self.contrast_weight else [],
            later_contrasts=contrasts_of(maker, testing),
            later_chosen=_later_chosen(fitted, events),
        )

    def _check(self, *parts: Sequence[Question]) -> None:
        fewest = min(map(len, parts))
        if fewest < LEAST_QUESTIONS:
            hint = f"Learning, stopping and measuring need {LEAST_QUESTIONS} people or lists each; import more events."
            raise InputError(f"too few events: a part of the split has {fewest} questions", hint=hint)

    def clicks(self, data: Prepared) -> ClickModel:
        """Learn what clicks depend on, from all lists: those without a choice say how often ranks are not looked at.

        Raises:
            InputError: Swaps are to tell it, and there are too few.
        """
        groups = data.fitted
        if not self.corrects_position:
            return ClickModel()
        known = swap_propensities(groups) if self.bias_from == "swaps" else None
        return learn_click_model(groups, looked_at=known)

    def learn(self, data: Prepared, looked_at: Propensities) -> Learned:
        """Learn curves from groups, with given propensities.

        Raises:
            InputError: There is only one kind of outcome.
            MissingExtraError: LightGBM is not installed.
        """
        fitted, stopped = ([one for one in part if one.is_telling] for part in (data.fitted, data.stopped))
        if not fitted or not stopped or not any(map(_has_answer, data.tested)):
            hint = "Both jobs that people chose and jobs that they passed over are needed."
            raise InputError("the events show only one kind of outcome", hint=hint)
        pulled = [contrast.group for contrast in data.contrasts]
        weights = [looked_at.weights(group) for group in fitted]
        return replace(self.learner, seed=self.seed).learn(
            [*fitted, *pulled],
            stopped,
            name=f"ranker-{text_id(repr(self), *(event.id for event in data.events))}",
            weights=[*weights, *(np.full(2, self.contrast_weight) for _ in pulled)],
            stopping_weights=[looked_at.weights(group) for group in stopped],
        )

    def _choices(
        self, tested: Sequence[Group], clicks: ClickModel, *models: PairModel
    ) -> dict[str, dict[str, Estimate]]:
        """Estimate what later lists would have brought in the order of each of two models: before and after."""
        lists = [group for group in tested if group.positions.all()]
        if not lists or not clicks.slopes:
            return {}
        return {
            when: off_policy_values([_logged(model, group, clicks) for group in lists], least=LEAST, seed=self.seed)
            for when, model in zip(("before", "after"), models, strict=True)
        }


def _groups(maker: ExampleMaker, questions: Sequence[Question]) -> list[Group]:
    deeds = _of_deeds(questions)
    return [*maker.shown(questions), *maker.drawn(deeds), *maker.found(deeds, most=_KEPT)]


def _later_chosen(fitted: Sequence[Group], events: Sequence[Event]) -> int:
    """Count drawn and found jobs without a deed that the person chose later: unlabelled ones that were no misfits."""
    last: dict[tuple[str, str], dt.datetime] = {}
    for event in events:
        if GRADE[event.kind] > 0:
            last[event.profile_id, event.job_id] = event.at
    passed = {
        (group.profile_id, job_id)
        for group in fitted
        for job_id, grade, position in zip(group.job_ids, group.grades, group.positions, strict=True)
        if not grade and not position and last.get((group.profile_id, job_id), group.at) > group.at
    }
    return len(passed)


def _of_deeds(questions: Sequence[Question]) -> list[Question]:
    return [question for question in questions if not question.shown]


def _is_asked(group: Group) -> bool:
    """Say whether a later group has something to find, or was shown, so that nothing being chosen says something."""
    return bool(group.grades.any() or group.missed or group.positions.any())


def _in_use(recommender: Recommender) -> PairModel:
    """Give the ranker in use; the one that ships heeds events, as answers do."""
    return session_model() if isinstance(recommender.model, TwoSidedModel) else recommender.model


def _contradictions(events: Sequence[Event]) -> int:
    dismissed = {(event.profile_id, event.job_id) for event in events if event.kind == "dismiss"}
    others = {(event.profile_id, event.job_id) for event in events if event.kind not in {"dismiss", "impression"}}
    return len(dismissed & others)


def _logged(model: PairModel, group: Group, clicks: ClickModel) -> LoggedList:
    order = np.argsort(-np.round(model.score(group.rows), 6), kind="stable")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.sort(group.positions)
    return LoggedList(
        chosen=(group.grades > 0).astype(np.float64),
        looked_at=clicks.looked_at.at(group.positions),
        would_be=clicks.looked_at.at(ranks),
        fits=clicks.fits(group.rows),
    )


def _gaps(
    data: Prepared,
    groups: PersonGroups,
    models: tuple[PairModel, PairModel],
    measured: tuple[dict[str, list[float]], dict[str, list[float]]],
) -> GapReport:
    asked = [group for group in data.tested if _has_answer(group)]
    known = {event.profile_id for event in data.events} | set(data.maker.recommender.catalog.ids("person"))
    return GapReport(
        ndcg=ndcg_gap(asked, measured[0]["ndcg@10"], measured[1]["ndcg@10"], groups),
        exposure=exposure_gap(data.maker, data.testing, groups, before=models[0], after=models[1]),
        without_group=len({group.profile_id for group in asked} - groups.by_person.keys()),
        unknown=len(groups.by_person.keys() - known),
    )


def _has_answer(group: Group) -> bool:
    return bool(group.grades.any() or group.missed)


def measure(model: PairModel, groups: Sequence[Group], looked_at: Propensities) -> dict[str, list[float]]:
    """Measure each group that somebody did something in; within a list a deed counts by one over its propensity."""
    found: dict[str, list[float]] = {f"ndcg@{_NDCG}": [], f"recall@{_RECALL}": []}
    for group in filter(_has_answer, groups):
        weighed = np.round(100 * group.grades * looked_at.weights(group)).astype(int)
        order = np.argsort(-np.round(model.score(group.rows), 6), kind="stable")
        ranked = [group.job_ids[place] for place in order]
        grades = dict(zip(group.job_ids, weighed.tolist(), strict=True))
        grades |= {f"missed\x00{place}": 100 * grade for place, grade in enumerate(group.missed)}
        found[f"ndcg@{_NDCG}"].append(ndcg(ranked, grades, k=_NDCG))
        found[f"recall@{_RECALL}"].append(recall(ranked, grades, k=_RECALL))
    return found


def question_weights(groups: Sequence[Group], looked_at: Propensities) -> list[float]:
    """Say how much each group that `measure` measures counts: by the mean weight of what was chosen in it.

    So the mean over shown lists is the self-normalised inverse-propensity estimate; where no ranks are known it is 1.
    """
    return [
        float(looked_at.weights(group)[group.grades > 0].mean()) if group.grades.any() else 1.0
        for group in groups
        if _has_answer(group)
    ]
