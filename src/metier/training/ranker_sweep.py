"""Which choices of learning a ranker are best: tried by the stopping part, the best one measured as any other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from metier.recommender import Recommender
from metier.records.text_id import text_id
from metier.training.group_file import PersonGroups
from metier.training.lambdamart import LambdaMart
from metier.training.ranker import RankerTraining, TrainedRanker
from metier.training.sweep import Choice, Range, Sweep, Tell, Trial, best_of

SPACE = {
    "learning_rate": Range(low=0.02, high=0.4, by_logarithm=True),
    "least_in_step": Range(low=5, high=100, by_logarithm=True, is_whole=True),
    "l2": Range(low=0.5, high=50.0, by_logarithm=True),
    "prior": Range(low=0.0, high=2.0),
}


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

    def run(
        self, recommender: Recommender, *, groups: PersonGroups | None = None, tell: Tell | None = None
    ) -> tuple[TrainedRanker, tuple[Trial, ...]]:
        """Try choices by the stopping part, and train with the best; the part that is measured on decides nothing.

        Args:
            recommender: With the events.
            groups: See `RankerTraining.train`.
            tell: Called with each trial that is done.

        Raises:
            InputError: See `RankerTraining.train` and `Sweep.run`.
            MissingExtraError: Optuna is not installed.
        """
        prepared = self.training.prepare(recommender)
        clicks = self.training.clicks(prepared)

        def worth(_number: int, choice: Choice) -> float:
            learned = self._with(choice).learn(prepared, clicks.looked_at)
            return learned.history[learned.trees - 1]

        learner = self.training.learner
        sweep = Sweep(
            folder=self.folder,
            data=text_id(repr(self.training), *(event.id for event in prepared.events)),
            space=SPACE,
            first={name: float(getattr(learner, name)) for name in SPACE},
            trials=self.trials,
            seed=self.training.seed,
        )
        trials = sweep.run(worth, tell=tell)
        trained = self._with(best_of(trials).choice).train(recommender, groups=groups, prepared=prepared)
        return trained, trials

    def _with(self, choice: Choice) -> RankerTraining:
        learner: LambdaMart = replace(
            self.training.learner,
            learning_rate=choice["learning_rate"],
            least_in_step=int(choice["least_in_step"]),
            l2=choice["l2"],
            prior=choice["prior"],
        )
        return replace(self.training, learner=learner)
