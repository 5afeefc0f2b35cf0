"""One run of tuning from pairs to an encoder, with what was before and after, and whether it may serve."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from metier.errors import InputError
from metier.models.onnx import OnnxEncoder
from metier.models.own import metier_encoder
from metier.training.encoder_folder import Parity, parity, take, write_encoder
from metier.training.measure import Encode, Gain, Measured, Score, Trial, gain, measure, trial_of
from metier.training.network import Network
from metier.training.objective import Nearness
from metier.training.pairs import Pair, content_hash
from metier.training.recipe import Recipe
from metier.training.restore import OWN, open_network
from metier.training.run_file import write_run
from metier.training.saved_scorer import write_scorer
from metier.training.scorer import PairScorer
from metier.training.tuning import LAST, Tell, Tuned, Tuner
from metier.training.twin import twin_pairs

_TRIED = "tried"
_CHECKED = 300
_TWINS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run has shown.

    Attributes:
        before: The base, on the held-out pairs.
        after: The tuned model, on the same.
        gain: By how much it is better.
        is_promoted: Whether the folder is an encoder now.
        tuned: The run itself.
        parity: How like the written encoder is to the trained one; None where none was written.
    """

    before: Measured
    after: Measured
    gain: Gain
    is_promoted: bool
    tuned: Tuned
    parity: Parity | None

    def fields(self, *, seed: int) -> dict[str, Any]:
        """Give what `run.json` keeps of it; the seed is that of the intervals."""
        tuned = self.tuned
        return {
            "before": self.before.fields(seed=seed),
            "after": self.after.fields(seed=seed),
            "gain": {"metric": "ndcg@10", "mean": self.gain.mean, "interval": list(self.gain.interval)},
            "promoted": self.is_promoted,
            "parity": None if self.parity is None else asdict(self.parity),
            "history": tuned.history,
            "stopped": tuned.stopped,
            "steps": tuned.steps,
            "seconds_a_step": round(tuned.seconds_a_step, 3),
            "peak_mb": round(tuned.peak_mb),
            "trained_weights": tuned.trained,
            "weights": tuned.weights,
            "machine": f"{os.cpu_count()} cores ({platform.machine()})",
        }


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
    """

    base: str
    train: Sequence[Pair]
    held_out: Sequence[Pair]
    recipe: Recipe
    folder: Path
    files: Sequence[Path] = ()
    nearness: Nearness | None = None
    keeps: bool = False

    def run(self, *, resumes: bool = False, tell: Tell | None = None) -> Outcome:
        """Measure, tune, measure again, and let the tuned encoder serve if it wins.

        Raises:
            InputError: The pairs have one class only, or the folder holds another run.
            ModelError: Training had to stop; the last checkpoint is there.
        """
        self._need_two_classes()
        if (self.folder / LAST).is_file() and not resumes:
            raise InputError(f"{self.folder} holds a run", hint="Go on with --resume, or give another --out folder.")
        self.folder.mkdir(parents=True, exist_ok=True)
        network, tokenizer = open_network(self.base)
        trial = trial_of(self.held_out, self.train, seed=self.recipe.seed)
        if not trial.queries:
            raise InputError("no held-out pair fits", hint="Give more pairs with a label above 0.")
        start = self._start(network, tokenizer)
        before = measure(trial, encode=start.encode)
        gap_before = self._twin_gap(start.encode, None)
        torch.manual_seed(self.recipe.seed)
        scorer = PairScorer(network, tokenizer, self.recipe)
        tuner = Tuner(
            scorer,
            self.train,
            self.recipe,
            folder=self.folder,
            check=lambda each: _checked(each, trial),
            digest=self._digest(),
            nearness=self.nearness,
        )
        tuned = tuner.run(tell=tell)
        return self._judge(tuned, trial, before, gap_before)

    def _judge(self, tuned: Tuned, trial: Trial, before: Measured, gap_before: float) -> Outcome:
        scorer = tuned.scorer
        head = scorer.head if scorer.is_portable else None
        tried = self.folder / _TRIED
        encoder = write_encoder(scorer.network, scorer.tokenizer, tried, head)
        alike = parity(encoder, scorer.network, scorer.tokenizer, [*trial.queries, *trial.corpus], head)
        score = None if scorer.is_portable else scorer.score
        after = measure(trial, encode=encoder.encode, score=score)
        won = gain(before, after, seed=self.recipe.seed)
        is_promoted = won.is_win or self.keeps
        if is_promoted:
            take(tried, self.folder)
            if score is not None:
                write_scorer(scorer, self.folder)
        else:
            shutil.rmtree(tried)
        outcome = Outcome(
            before=before,
            after=after,
            gain=won,
            is_promoted=is_promoted,
            tuned=tuned,
            parity=alike if is_promoted else None,
        )
        self._write(outcome, {"before": gap_before, "after": self._twin_gap(encoder.encode, score)})
        return outcome

    def _start(self, network: Network, tokenizer: Any) -> OnnxEncoder:  # noqa: ANN401 - of the library tokenizers
        """Give the base as it serves."""
        return metier_encoder() if self.base == OWN else write_encoder(network, tokenizer, self.folder / "start")

    def _twin_gap(self, encode: Encode, score: Score | None) -> float:
        """Give the mean gap of scores between counterfactual twins of held-out texts."""
        pairs = [pair for pair in self.held_out if pair.label > 0][:_TWINS]
        twins = [twin_pairs([pair.left], count=1, seed=turn)[0] for turn, pair in enumerate(pairs)]
        right = [pair.right for pair in pairs]
        ones, others = [one for _, one, _ in twins], [other for _, _, other in twins]
        if score is not None:
            return float(np.abs(score(ones, right) - score(others, right)).mean())
        vectors = encode(right)
        return float(np.abs(((encode(ones) - encode(others)) * vectors).sum(1)).mean())

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

    def _write(self, outcome: Outcome, gaps: dict[str, float]) -> None:
        run = {
            "kind": "encoder",
            "base": self.base if self.base == OWN else Path(self.base).name,
            "recipe": self.recipe.fields(),
            "data": [{"name": path.name, "hash": content_hash(path)} for path in self.files],
            "pairs": {"train": len(self.train), "held_out": len(self.held_out)},
            **outcome.fields(seed=self.recipe.seed),
            "twin_gap": gaps,
        }
        write_run(self.folder, run)


def _checked(scorer: PairScorer, trial: Trial) -> float:
    """Give the value of a scorer during its training: the quicker half of what is measured at the end."""
    score: Callable[..., Any] | None = None if scorer.is_portable else scorer.score
    return measure(trial, encode=scorer.vectors, score=score, most=_CHECKED).ndcg
