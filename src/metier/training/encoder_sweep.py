"""Which choices of tuning an encoder are best: tried on one half of what is held out, measured on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from metier.records.text_id import text_id
from metier.training.encoder_run import EncoderRun
from metier.training.outcome import Outcome
from metier.training.pairs import Pair, held_out
from metier.training.recipe import Recipe
from metier.training.sweep import Choice, Range, Sweep, Tell, Trial, best_of
from metier.training.tuning import LAST

SPACE = {
    "learning_rate": Range(low=1e-6, high=1e-2, by_logarithm=True),
    "batch_size": Range(low=8, high=256, by_logarithm=True, is_whole=True),
    "temperature": Range(low=0.01, high=0.3, by_logarithm=True),
    "word_rate": Range(low=0.0, high=1.0),
}
BEST = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderSweep:
    """What is tried.

    Attributes:
        base: See `open_network`.
        train: Pairs to learn from.
        held: Pairs that decide: one half of their queries chooses, the other measures what was chosen.
        recipe: What stays the same, and the first choice; its seed is that of the sweep.
        folder: Of the sweep; each trial has a folder of its own in it, and `best` the encoder.
        trials: How many in all, at least one.
        files: See `EncoderRun`.
    """

    base: str
    train: Sequence[Pair]
    held: Sequence[Pair]
    recipe: Recipe
    folder: Path
    trials: int = 10
    files: Sequence[Path] = ()

    def run(self, *, tell: Tell | None = None) -> tuple[Outcome, Path, tuple[Trial, ...]]:
        """Try recipes, and tune with the best; what was stopped midway goes on from its last check.

        Returns:
            What the best one showed on queries that chose nothing, its folder, and all trials.

        Raises:
            InputError: See `EncoderRun.run` and `Sweep.run`; or there are too few held-out pairs for two halves.
            ModelError: A training had to stop; the last checkpoint is there.
            MissingExtraError: Optuna is not installed.
        """
        another = -1 - self.recipe.seed  # the seed that held them out would put them all on one side
        choosing, judging = held_out(self.held, share=0.5, seed=another)
        sweep = Sweep(
            folder=self.folder,
            data=text_id(repr(self.recipe), self.base, repr(self.train), repr(self.held)),
            space=SPACE,
            first=self._first(),
            trials=self.trials,
            seed=self.recipe.seed,
        )

        def worth(number: int, choice: Choice) -> float:
            return self._tuned(choice, choosing, self.folder / f"trial-{number}").after.value

        trials = sweep.run(worth, tell=tell)
        best = best_of(trials)
        folder = self.folder / f"{BEST}-{best.number}"
        return self._tuned(best.choice, judging, folder), folder, trials

    def _first(self) -> Choice:
        known = {name: float(getattr(self.recipe, name)) for name in SPACE}
        return known | {"learning_rate": self.recipe.rate}

    def _tuned(self, choice: Choice, held: Sequence[Pair], folder: Path) -> Outcome:
        recipe = replace(
            self.recipe,
            learning_rate=choice["learning_rate"],
            batch_size=int(choice["batch_size"]),
            temperature=choice["temperature"],
            word_rate=choice["word_rate"],
        )
        run = EncoderRun(
            base=self.base, train=self.train, held_out=held, recipe=recipe, folder=folder, files=self.files
        )
        return run.run(resumes=(folder / LAST).is_file())
