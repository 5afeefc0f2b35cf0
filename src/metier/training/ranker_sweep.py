"""Trials of other choices in learning a ranker (Optuna; Akiba et al. 2019): for one seed the same, stopped or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from metier.errors import InputError, MissingExtraError
from metier.recommender import Recommender
from metier.records.text_id import text_id
from metier.training.group_file import PersonGroups
from metier.training.lambdamart import LambdaMart
from metier.training.ranker import RankerTraining, TrainedRanker

FILE = "sweep.sqlite"
"""Optuna's own storage, in the folder of the sweep."""
_NAME = "ranker"
_DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One choice, and nDCG of the stopping part with it."""

    number: int
    choice: dict[str, float]
    ndcg: float


Tell = Callable[[Trial], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The ranker of the best choice, measured as any other, and all trials."""

    trained: TrainedRanker
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankerSweep:
    """What is tried.

    Attributes:
        folder: Of the sweep; one that was stopped there goes on.
        trials: How many in all, at least one. The first is the choice of `training`.
        training: What stays the same; its seed is that of the sweep.
    """

    folder: Path
    trials: int = 20
    training: RankerTraining = field(default_factory=RankerTraining)

    def run(self, recommender: Recommender, *, groups: PersonGroups | None = None, tell: Tell | None = None) -> Swept:
        """Try choices by the stopping part, and train with the best; the part that is measured on decides nothing.

        Args:
            recommender: With the events.
            groups: See `RankerTraining.train`.
            tell: Called with each trial that is done.

        Raises:
            InputError: See `RankerTraining.train`; or the folder holds a sweep of other events or choices.
            MissingExtraError: Optuna is not installed.
        """
        if find_spec("optuna") is None:
            raise MissingExtraError("a sweep", "sweep")
        prepared = self.training.prepare(recommender)
        clicks = self.training.clicks(prepared)
        study = self._study(text_id(repr(self.training), *(event.id for event in prepared.events)))
        while len(done := _done(study)) < self.trials:
            if not done:
                study.enqueue_trial(_choice(self.training.learner))
            study.sampler = import_module("optuna").samplers.TPESampler(seed=self.training.seed + len(done))
            asked = study.ask()
            learner = _learner(self.training.learner, _suggested(asked))
            learned = replace(self.training, learner=learner).learn(prepared, clicks.looked_at)
            study.tell(asked, learned.history[learned.trees - 1])
            if tell is not None:
                tell(_done(study)[-1])
        best = max(done, key=lambda trial: (trial.ndcg, -trial.number))
        training = replace(self.training, learner=_learner(self.training.learner, best.choice))
        return Swept(trained=training.train(recommender, groups=groups, prepared=prepared), trials=tuple(done))

    def _study(self, data: str) -> Any:  # noqa: ANN401 - of an extra that may not be there
        """Open the sweep of the folder; a trial that was stopped midway is tried again."""
        optuna = import_module("optuna")
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.folder.mkdir(parents=True, exist_ok=True)
        study = optuna.create_study(
            study_name=_NAME,
            storage=f"sqlite:///{self.folder.resolve() / FILE}",
            direction="maximize",
            load_if_exists=True,
        )
        if study.user_attrs.setdefault(_DATA, data) != data:
            hint = "Give another --out folder, or the same events, seed and choices."
            raise InputError(f"{self.folder} holds a sweep of other events or choices", hint=hint)
        study.set_user_attr(_DATA, data)
        for trial in study.get_trials(deepcopy=False):
            if not trial.state.is_finished():
                study.tell(trial.number, state=optuna.trial.TrialState.FAIL, skip_if_finished=True)
        return study


def _done(study: Any) -> list[Trial]:  # noqa: ANN401 - the same
    return [
        Trial(number=trial.number, choice=dict(trial.params), ndcg=float(trial.value))
        for trial in study.get_trials(deepcopy=False)
        if trial.value is not None
    ]


def _choice(learner: LambdaMart) -> dict[str, float]:
    return {
        "learning_rate": learner.learning_rate,
        "least_in_step": learner.least_in_step,
        "l2": learner.l2,
        "prior": learner.prior,
    }


def _suggested(trial: Any) -> dict[str, float]:  # noqa: ANN401 - the same
    return {
        "learning_rate": trial.suggest_float("learning_rate", 0.02, 0.4, log=True),
        "least_in_step": trial.suggest_int("least_in_step", 5, 100, log=True),
        "l2": trial.suggest_float("l2", 0.5, 50.0, log=True),
        "prior": trial.suggest_float("prior", 0.0, 2.0),
    }


def _learner(learner: LambdaMart, choice: dict[str, float]) -> LambdaMart:
    return replace(
        learner,
        learning_rate=choice["learning_rate"],
        least_in_step=int(choice["least_in_step"]),
        l2=choice["l2"],
        prior=choice["prior"],
    )
