"""Trials of choices by Optuna's TPE (Bergstra et al. 2011, Akiba et al. 2019), the same whether stopped or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from metier.errors import InputError, MissingExtraError

FILE = "sweep.sqlite"
"""Optuna's own storage, in the folder of the sweep."""
_DATA = "data"
Choice = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a number may be: from `low` to `high`, tried evenly or by its logarithm, whole or not."""

    low: float
    high: float
    by_logarithm: bool = False
    is_whole: bool = False

    def drawn(self, name: str, trial: Any) -> float:  # noqa: ANN401 - of an extra that may not be there
        """Let a trial of Optuna choose."""
        if self.is_whole:
            return float(trial.suggest_int(name, int(self.low), int(self.high), log=self.by_logarithm))
        return float(trial.suggest_float(name, self.low, self.high, log=self.by_logarithm))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One choice, and what it was worth on the part that chooses; its number counts from 0."""

    number: int
    choice: Choice
    ndcg: float


Tell = Callable[[Trial], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """A sweep in a folder.

    Attributes:
        data: Names what is learned from and all that is not tried, so that a folder is not gone on with for another.
        space: What is tried, by name.
        first: The first choice, so that the best is never worse than it on the part that chooses.
        trials: How many in all, at least one.
        seed: Decides every draw.
    """

    folder: Path
    data: str
    space: Mapping[str, Range]
    first: Choice
    trials: int
    seed: int

    def run(self, worth: Callable[[int, Choice], float], *, tell: Tell | None = None) -> tuple[Trial, ...]:
        """Try choices; one that was stopped midway is tried again under its number.

        Args:
            worth: Gives what a choice is worth, of the trial's number and the choice; higher is better.
            tell: Called with each trial that is done.

        Returns:
            All trials, those of earlier runs too.

        Raises:
            InputError: The folder holds a sweep of something else.
            MissingExtraError: Optuna is not installed.
        """
        if find_spec("optuna") is None:
            raise MissingExtraError("a sweep", "sweep")
        study = self._study()
        while len(done := _done(study)) < self.trials:
            if not done:
                study.enqueue_trial(self.first)
            study.sampler = import_module("optuna").samplers.TPESampler(seed=self.seed + len(done))
            asked = study.ask()
            choice = {name: each.drawn(name, asked) for name, each in self.space.items()}
            study.tell(asked, worth(len(done), choice))
            if tell is not None:
                tell(_done(study)[-1])
        return tuple(done)

    def _study(self) -> Any:  # noqa: ANN401 - of an extra that may not be there
        optuna = import_module("optuna")
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.folder.mkdir(parents=True, exist_ok=True)
        study = optuna.create_study(
            study_name="sweep",
            storage=f"sqlite:///{self.folder.resolve() / FILE}",
            direction="maximize",
            load_if_exists=True,
        )
        if study.user_attrs.get(_DATA, self.data) != self.data:
            hint = "Give another --out folder, or the same data, seed and choices."
            raise InputError(f"{self.folder} holds a sweep of other data or choices", hint=hint)
        study.set_user_attr(_DATA, self.data)
        for trial in study.get_trials(deepcopy=False):
            if not trial.state.is_finished():
                study.tell(trial.number, state=optuna.trial.TrialState.FAIL, skip_if_finished=True)
        return study


def best_of(trials: tuple[Trial, ...]) -> Trial:
    """Give the best of trials, the first of equally good ones."""
    return max(trials, key=lambda trial: (trial.ndcg, -trial.number))


def _done(study: Any) -> list[Trial]:  # noqa: ANN401 - the same
    found = [trial for trial in study.get_trials(deepcopy=False) if trial.value is not None]
    return [
        Trial(
            number=number,
            choice={name: float(value) for name, value in trial.params.items()},
            ndcg=float(trial.value),
        )
        for number, trial in enumerate(found)
    ]
