"""One run of tuning from pairs to an encoder, with what was before and after, and whether it may serve."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch

from metier.errors import InputError
from metier.models.own import metier_encoder
from metier.training.encoder_folder import Parity, parity, write_encoder
from metier.training.measure import Measured, Served, Trial, measure, trial_of
from metier.training.objective import Nearness
from metier.training.outcome import TRIED, Outcome, conclude, need_new_folder
from metier.training.pairs import Pair, content_hash
from metier.training.recipe import PART_HEADS, Recipe
from metier.training.restore import OWN, open_network
from metier.training.robustness import robustness
from metier.training.run_file import write_run
from metier.training.saved_scorer import write_scorer
from metier.training.scorer import PairScorer
from metier.training.tuning import Tell, Tuner
from metier.training.twin import twin_pairs

_CHECKED = 300
_TWINS = 200


@dataclass(frozen=True, kw_only=True)
class EncoderRun:
    """What is tuned, on what, into which folder.

    Attributes:
        base: See `open_network`.
        train: Pairs to learn from.
        held_out: Pairs that decide.
        recipe: How.
        folder: Where everything is written.
        files: The files that the pairs come from, named in `run.json` by name and hash.
        nearness: How near two right texts lie in the knowledge graph, where that enters the loss.
        keeps: Whether the encoder is kept though it does not win.
        facts: What else `run.json` says, such as the teacher.
    """

    base: str
    train: Sequence[Pair]
    held_out: Sequence[Pair]
    recipe: Recipe
    folder: Path
    files: Sequence[Path] = ()
    nearness: Nearness | None = None
    keeps: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    kind: ClassVar[str] = "encoder"

    def run(self, *, resumes: bool = False, tell: Tell | None = None) -> Outcome:
        """Measure, tune, measure again, and let the tuned model serve if it wins.

        Raises:
            InputError: The pairs have one class only, or the folder holds another run.
            ModelError: Training had to stop; the last checkpoint is there.
        """
        self._need_two_classes()
        need_new_folder(self.folder, resumes=resumes)
        trial = trial_of(self.held_out, self.train, seed=self.recipe.seed)
        if not trial.queries:
            raise InputError("no held-out pair fits", hint="Give more pairs with a label above 0.")
        scorer, start = self._open()
        before, shown_before = self._measured(trial, start)
        torch.manual_seed(self.recipe.seed)
        tuned = Tuner(
            scorer,
            self.train,
            self.recipe,
            folder=self.folder,
            check=lambda each: measure(trial, self._checked(each), most=_CHECKED).value,
            digest=self._digest(),
            nearness=self.nearness,
        ).run(tell=tell)
        served, alike = self._written(tuned.scorer, trial)
        after, shown_after = self._measured(trial, served)
        outcome = conclude(
            self.folder,
            tuned,
            before=before,
            after=after,
            parity=alike,
            keeps=self.keeps,
            seed=self.recipe.seed,
        )
        self._write(outcome, {name: {"before": shown_before[name], "after": shown_after[name]} for name in shown_after})
        return outcome

    def serves_as(self) -> str:
        """Say in a phrase how what this run promotes is used."""
        is_encoder = self.recipe.form == "two-tower" and self.recipe.head not in PART_HEADS
        return f"METIER_ENCODER=onnx:{self.folder}" if is_encoder else f"metier train score {self.folder} PAIRS"

    def _open(self) -> tuple[PairScorer, Served]:
        """Give what is tuned, and the base as it serves."""
        network, tokenizer = open_network(self.base)
        own = self.base == OWN
        start = metier_encoder() if own else write_encoder(network, tokenizer, self.folder / "start")
        torch.manual_seed(self.recipe.seed)
        return PairScorer(network, tokenizer, self.recipe), Served(encode=start.encode)

    def _written(self, scorer: PairScorer, trial: Trial) -> tuple[Served, Parity | None]:
        """Write what was tuned, and give it as it serves and how like it is to what was trained."""
        head = scorer.head if scorer.is_portable else None
        encoder = write_encoder(scorer.network, scorer.tokenizer, self.folder / TRIED, head)
        if not scorer.is_portable:
            write_scorer(scorer, self.folder / TRIED)
        alike = parity(encoder, scorer.network, scorer.tokenizer, [*trial.queries, *trial.corpus], head)
        return Served(encode=encoder.encode, **_scoring(scorer)), alike

    def _checked(self, scorer: PairScorer) -> Served:
        """Give a scorer as it is during its training."""
        return Served(encode=scorer.vectors, **_scoring(scorer))

    def _measured(self, trial: Trial, served: Served) -> tuple[Measured, dict[str, Any]]:
        """Give what decides, and what is shown beside it; the corpus is encoded once."""
        corpus = served.encode(trial.corpus)
        noise = robustness(trial, served, seed=self.recipe.seed, corpus=corpus)
        return measure(trial, served, corpus=corpus), {"robustness": noise, **self._shown(served)}

    def _shown(self, served: Served) -> dict[str, Any]:
        """Give what else is measured: the gap of scores between counterfactual twins."""
        return {"twin_gap": self._twin_gap(served)}

    def _twin_gap(self, served: Served) -> float:
        """Give the mean gap of scores between counterfactual twins of held-out texts."""
        pairs = [pair for pair in self.held_out if pair.label > 0][:_TWINS]
        twins = [twin_pairs([pair.left], count=1, seed=turn)[0] for turn, pair in enumerate(pairs)]
        right = [pair.right for pair in pairs]
        ones, others = [one for _, one, _ in twins], [other for _, _, other in twins]
        if served.score is not None:
            return float(np.abs(served.score(ones, right) - served.score(others, right)).mean())
        vectors = served.encode(right)
        return float(np.abs(((served.encode(ones) - served.encode(others)) * vectors).sum(1)).mean())

    def _need_two_classes(self) -> None:
        labels = {pair.label for pair in self.train}
        has_far = self.recipe.negatives > 0 or any(pair.other for pair in self.train)
        if self.recipe.loss in {"bce", "mse"} and len(labels) < 2 and not has_far:
            raise InputError(
                f"every pair has the label {min(labels):g}: {self.recipe.loss} has nothing to tell apart",
                hint="Give pairs with other labels, or --negatives 1, which draws wrong ones.",
            )
        if max(labels) == 0:
            raise InputError("no pair fits: every label is 0", hint="Give pairs with a label above 0.")
        if self.recipe.loss == "triplet" and not any(pair.other for pair in self.train):
            raise InputError("no row has a text_c", hint="Give triplets, or use the loss mnrl.")

    def _digest(self) -> str:
        content = json.dumps([[pair.left, pair.right, pair.label, pair.other] for pair in self.train])
        return f"{self.base} {hashlib.sha256(content.encode()).hexdigest()[:16]}"

    def _write(self, outcome: Outcome, shown: dict[str, Any]) -> None:
        run = {
            "kind": self.kind,
            "base": self.base if self.base == OWN else Path(self.base).name,
            "recipe": self.recipe.fields(),
            "data": [{"name": path.name, "hash": content_hash(path)} for path in self.files],
            "pairs": {"train": len(self.train), "held_out": len(self.held_out)},
            **self.facts,
            **outcome.fields(seed=self.recipe.seed),
            **shown,
        }
        write_run(self.folder, run)


def _scoring(scorer: PairScorer) -> dict[str, Any]:
    """Give how a scorer scores pairs, where its vectors alone do not."""
    return {} if scorer.is_portable else {"score": scorer.score, "has_log_odds": scorer.is_one_text}
