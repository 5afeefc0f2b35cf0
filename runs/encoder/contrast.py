"""The second stage: what belongs together comes together, and what is like it but another thing goes away."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from checkpoint import load, save
from family import Family
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from metier.training.network import Network
from metier.training.optimizer import optimizers_of, set_rates
from metier.training.token_batch import encoded, ids_of, vectors_of
from sample import Near, Sampler

_NEVER = -1e4
_NEAREST = 12
_ROWS = 2048


def loss_of(left: Tensor, right: Tensor, apart: Tensor, *, temperature: float) -> Tensor:
    """InfoNCE both ways (van den Oord et al. 2018), where rows that are not known to be apart are no negatives."""
    scores = left @ right.T / temperature
    own = torch.eye(len(left), dtype=torch.bool, device=left.device)
    scores = scores.masked_fill(~(apart | own), _NEVER)
    aim = torch.arange(len(left), device=left.device)
    return (functional.cross_entropy(scores, aim) + functional.cross_entropy(scores.T, aim)) / 2


def neighbours(network: Network, tokenizer: Tokenizer, family: Family) -> Near:
    """Give the nearest groups of each group: by the first right text of each, as the network sees it now."""
    vectors = encoded(network, tokenizer, [group.right[0][0] for group in family.groups], longest=48)
    keys = np.unique([group.key for group in family.groups], return_inverse=True)[1]
    found = np.empty((len(vectors), min(_NEAREST, len(vectors) - 1)), dtype=np.int64)
    for first in range(0, len(vectors), _ROWS):
        likeness = vectors[first : first + _ROWS] @ vectors.T
        likeness[keys[first : first + _ROWS, None] == keys[None, :]] = -1
        best = np.argpartition(-likeness, found.shape[1], axis=1)[:, : found.shape[1]]
        order = np.argsort(-np.take_along_axis(likeness, best, 1), axis=1, kind="stable")
        found[first : first + _ROWS] = np.take_along_axis(best, order, 1)
    return found


class Contrast:
    """Trains a network on families of pairs.

    Args:
        network: The network; changed in place.
        tokenizer: Its tokenizer.
        families: What belongs together.
        folder: Where checkpoints and neighbours lie.
        steps: Steps in all.
        rate: The highest learning rate of the layers.
        word_rate: The same of the words.
        temperature: By which likeness is divided.
        hard: The share of hard negatives of a batch.
        refresh: Steps after which neighbours are found anew.
        tokens: Tokens that are run together.
        seed: Decides every draw.
    """

    def __init__(
        self,
        network: Network,
        tokenizer: Tokenizer,
        families: Sequence[Family],
        *,
        folder: Path,
        steps: int,
        rate: float,
        word_rate: float,
        temperature: float,
        hard: float,
        refresh: int,
        tokens: int,
        seed: int,
    ) -> None:
        self.network, self.tokenizer, self.families, self.folder = network, tokenizer, families, folder
        self.steps, self.temperature, self.refresh, self.tokens, self.seed = steps, temperature, refresh, tokens, seed
        self.samplers = [Sampler(family, hard=hard) for family in families]
        self.shares = np.array([family.weight for family in families]) / sum(family.weight for family in families)
        self.optimizers = optimizers_of(network, rate=rate, word_rate=word_rate)
        self.near: list[Near | None] = [None] * len(families)

    def run(self) -> None:
        """Train until the steps are done; goes on from the checkpoint in the folder if there is one."""
        path = self.folder / "contrast.pt"
        done = load(path, self.network, self.optimizers)
        if done:
            self._read_neighbours(done // self.refresh)
        since, totals = time.monotonic(), np.zeros((len(self.families), 2))
        for step in range(done, self.steps):
            if step % self.refresh == 0:
                self._find_neighbours(step // self.refresh)
            family, loss = self._step(step)
            totals[family] += loss, 1
            if (step + 1) % 250 == 0 or step + 1 == self.steps:
                told = ", ".join(
                    f"{each.name} {total / count:.3f}"
                    for each, (total, count) in zip(self.families, totals, strict=True)
                    if count
                )
                print(
                    f"contrast: step {step + 1:,} of {self.steps:,}, {time.monotonic() - since:.0f} s; {told}",
                    flush=True,
                )
                totals[:] = 0
            if (step + 1) % 500 == 0 or step + 1 == self.steps:
                save(path, self.network, self.optimizers, step + 1)

    def _step(self, step: int) -> tuple[int, float]:
        chance = np.random.default_rng([self.seed, step])
        number = int(chance.choice(len(self.families), p=self.shares))
        pairs = self.samplers[number].draw(self.near[number], chance)
        set_rates(self.optimizers, step=step, steps=self.steps, warmup=min(300, self.steps // 10 + 1))
        ids = ids_of(self.tokenizer, [*pairs.left, *pairs.right], longest=96)
        vectors = vectors_of(self.network, ids, tokens=self.tokens)
        apart = torch.from_numpy(pairs.apart).to(vectors.device)
        loss = loss_of(vectors[: len(pairs.left)], vectors[len(pairs.left) :], apart, temperature=self.temperature)
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad()
        return number, float(loss.detach())

    def _find_neighbours(self, turn: int) -> None:
        self.near = [neighbours(self.network, self.tokenizer, family) for family in self.families]
        np.savez(self.folder / f"near-{turn}.npz", *[near for near in self.near if near is not None])

    def _read_neighbours(self, turn: int) -> None:
        path = self.folder / f"near-{turn}.npz"
        if path.is_file():
            self.near = list(np.load(path).values())
