"""One run of continued pre-training, measured by whether halves of held-out texts find one another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from metier.errors import InputError
from metier.models.own import metier_encoder
from metier.training.encoder_folder import parity, write_encoder
from metier.training.measure import Served, measure, trial_of
from metier.training.outcome import TRIED, Outcome, conclude, need_new_folder
from metier.training.pairs import content_hash
from metier.training.pretraining import Pretrainer, halves
from metier.training.recipe import PretrainObjective, Recipe
from metier.training.restore import OWN, open_network
from metier.training.run_file import write_run
from metier.training.scorer import PairScorer
from metier.training.tuning import Tell

_HELD_OUT = 0.1
_MOST = 1000
_CHECKED = 300


@dataclass(frozen=True, kw_only=True)
class PretrainRun:
    """What is pre-trained, on what, into which folder.

    Attributes:
        base: See `open_network`.
        texts: Postings, resumes or parts of them.
        objective: `mlm`, `simcse` or `tsdae`.
        recipe: How.
        folder: Where everything is written.
        files: Where the texts come from.
        keeps: Whether the encoder is kept though it does not win.
    """

    base: str
    texts: Sequence[str]
    objective: PretrainObjective
    recipe: Recipe
    folder: Path
    files: Sequence[Path] = ()
    keeps: bool = False

    def serves_as(self) -> str:
        """Say in a phrase how what this run promotes is used."""
        return f"METIER_ENCODER=onnx:{self.folder}"

    def run(self, *, resumes: bool = False, tell: Tell | None = None) -> Outcome:
        """Measure, pre-train, measure again, and let the encoder serve if it wins.

        Raises:
            InputError: There are too few texts, or the folder holds another run.
        """
        train, held = held_out_texts(self.texts, seed=self.recipe.seed)
        trial = trial_of(halves(held), [], seed=self.recipe.seed)
        need_new_folder(self.folder, resumes=resumes)
        network, tokenizer = open_network(self.base)
        start = metier_encoder() if self.base == OWN else write_encoder(network, tokenizer, self.folder / "start")
        before = measure(trial, Served(encode=start.encode))
        trainer = Pretrainer(
            PairScorer(network, tokenizer, self.recipe),
            train,
            self.recipe,
            objective=self.objective,
            folder=self.folder,
            check=lambda scorer: measure(trial, Served(encode=scorer.vectors), most=_CHECKED).value,
            digest=text_digest(self.base, train),
        )
        tuned = trainer.run(tell=tell)
        encoder = write_encoder(tuned.scorer.network, tokenizer, self.folder / TRIED)
        outcome = conclude(
            self.folder,
            tuned,
            before=before,
            after=measure(trial, Served(encode=encoder.encode)),
            parity=parity(encoder, tuned.scorer.network, tokenizer, trial.corpus),
            keeps=self.keeps,
            seed=self.recipe.seed,
        )
        self._write(outcome, len(train), len(held))
        return outcome

    def _write(self, outcome: Outcome, train: int, held: int) -> None:
        run = {
            "kind": "pretraining",
            "objective": self.objective,
            "base": self.base if self.base == OWN else Path(self.base).name,
            "recipe": self.recipe.fields(),
            "data": [{"name": path.name, "hash": content_hash(path)} for path in self.files],
            "texts": {"train": train, "held_out": held},
            **outcome.fields(seed=self.recipe.seed),
        }
        write_run(self.folder, run)


def held_out_texts(texts: Sequence[str], *, seed: int) -> tuple[list[str], list[str]]:
    """Hold out every text whose hash falls into the tenth that the seed names, some hundreds at most.

    Raises:
        InputError: One of the parts has none.
    """
    train: list[str] = []
    held: list[str] = []
    for text in texts:
        drawn = hashlib.blake2b(f"{seed}\n{text}".encode(), digest_size=4).digest()
        (held if int.from_bytes(drawn) < _HELD_OUT * 2**32 else train).append(text)
    if not train or not halves(held):
        raise InputError(f"{len(texts)} texts are too few to hold some out", hint="Give some hundreds.")
    return train, held[:_MOST]


def text_digest(base: str, texts: Sequence[str]) -> str:
    """Name a base and what it reads, so that a run goes on with nothing else."""
    return f"{base} {hashlib.sha256(json.dumps(list(texts)).encode()).hexdigest()[:16]}"
