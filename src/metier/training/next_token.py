"""Continued pre-training of a decoder by next-token prediction on the user's own texts, measured on held-out ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch

from metier.training.decoder import Decoder, DecoderFolder, open_decoder
from metier.training.measure import Measured
from metier.training.outcome import TRIED, Outcome, conclude, need_new_folder
from metier.training.pair_batch import PairBatch
from metier.training.pairs import Pair, content_hash
from metier.training.pretrain_run import held_out_texts, text_digest
from metier.training.recipe import Recipe
from metier.training.run_file import write_run
from metier.training.scorer import PairScorer
from metier.training.token_batch import slices
from metier.training.tuning import Tell, Tuner

_CHECKED = 100
METRIC = "log_likelihood"


class TokenReader(PairScorer):
    """A decoder that reads texts as they are, with the end of a text as their last token.

    Args:
        held: The decoder and its tokenizer.
        recipe: Length and precision are heeded.
    """

    def __init__(self, held: DecoderFolder, recipe: Recipe) -> None:
        super().__init__(cast("Any", held.network), held.tokenizer, recipe)
        self.held = held
        self.head.requires_grad_(requires_grad=False)

    def ids_of(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the tokens of texts, cut at the recipe's length, which their end counts in."""
        end = self.held.pieces.eos_token_id
        self.tokenizer.encode_special_tokens = True  # a mark of the model in a text is plain words
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(min(self.recipe.max_tokens, self.network.shape.positions) - 1)
        ids = [found.ids for found in self.tokenizer.encode_batch(list(texts))]
        self.tokenizer.no_truncation()
        self.tokenizer.encode_special_tokens = False
        return ids if end is None else [each if each[-1:] == [end] else [*each, end] for each in ids]

    def losses(self, ids: Sequence[Sequence[int]]) -> torch.Tensor:
        """Give how unlikely each token is, in nats, (texts, tokens - 1), 0 at padding; gradients flow."""
        return cast("Any", self.network).token_loss(ids, in_bf16=self.recipe.in_bf16)

    @torch.no_grad()
    def likelihoods(self, texts: Sequence[str]) -> list[float]:
        """Give the mean log-likelihood of a token of each text, in nats; texts of one token are left out."""
        self.eval()
        ids = [each for each in self.ids_of(texts) if len(each) > 1]
        found = np.zeros(len(ids))
        for places in slices(ids, tokens=self.recipe.tokens):
            told = self.losses([ids[place] for place in places]).sum(1).cpu().numpy()
            found[places] = [-float(nats) / (len(ids[place]) - 1) for nats, place in zip(told, places, strict=True)]
        self.train()
        return found.tolist()


class NextTokenTrainer(Tuner):
    """Goes on pre-training a decoder; steps, checks, checkpoints and stops are those of tuning."""

    def _backward(self, batch: PairBatch, step: int) -> float:  # noqa: ARG002 - a step draws nothing here
        reader = cast("TokenReader", self.scorer)
        ids = [each for each in reader.ids_of(batch.left) if len(each) > 1]
        count = sum(len(each) - 1 for each in ids)
        total = 0.0
        for places in slices(ids, tokens=self.tokens):
            part = reader.losses([ids[place] for place in places]).sum() / count
            self._pull(part)
            total += float(part.detach())
        return total


@dataclass(frozen=True, kw_only=True)
class NextTokenRun:
    """What is pre-trained, on what, into which folder.

    Attributes:
        base: `hf:FOLDER` of a decoder.
        texts: Postings, resumes or parts of them.
        recipe: How.
        folder: Where everything is written.
        files: Where the texts come from.
        keeps: Whether the decoder is kept though it does not win.
    """

    base: str
    texts: Sequence[str]
    recipe: Recipe
    folder: Path
    files: Sequence[Path] = ()
    keeps: bool = False

    def serves_as(self) -> str:
        """Say in a phrase how what this run promotes is used."""
        return f"--base hf:{self.folder}"

    def run(self, *, resumes: bool = False, tell: Tell | None = None) -> Outcome:
        """Measure, pre-train, measure again, and keep the decoder if held-out texts are likelier to it.

        Raises:
            InputError: There are too few texts, or the folder holds another run.
        """
        train, held = held_out_texts(self.texts, seed=self.recipe.seed)
        need_new_folder(self.folder, resumes=resumes)
        torch.manual_seed(self.recipe.seed)
        opened = open_decoder(self.base)
        reader = TokenReader(opened, self.recipe)
        before = Measured(per_query={METRIC: reader.likelihoods(held)})
        trainer = NextTokenTrainer(
            reader,
            [Pair(left=text, right=text) for text in train],
            replace(self.recipe, loss="mse"),  # rows alone: no text is held against the others
            folder=self.folder,
            check=lambda each: float(np.mean(cast("TokenReader", each).likelihoods(held[:_CHECKED]))),
            digest=f"clm {text_digest(self.base, train)}",
        )
        tuned = trainer.run(tell=tell)
        opened.write(cast("Decoder", tuned.scorer.network), self.folder / TRIED)
        written = TokenReader(DecoderFolder(self.folder / TRIED), self.recipe)
        outcome = conclude(
            self.folder,
            tuned,
            before=before,
            after=Measured(per_query={METRIC: written.likelihoods(held)}),
            parity=None,
            keeps=self.keeps,
            seed=self.recipe.seed,
        )
        run = {
            "kind": "pretraining",
            "objective": "clm",
            "base": Path(self.base).name,
            "recipe": self.recipe.fields(),
            "data": [{"name": path.name, "hash": content_hash(path)} for path in self.files],
            "texts": {"train": len(train), "held_out": len(held)},
            **outcome.fields(seed=self.recipe.seed),
        }
        write_run(self.folder, run)
        return outcome
