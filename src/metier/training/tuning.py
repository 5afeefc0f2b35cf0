"""The loop that tunes: steps, checks on held-out pairs, checkpoints, and a stop when it no longer gains."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from metier.errors import ModelError
from metier.training.adaptation import Adaptation, adapt
from metier.training.checkpoint import read_state, write_state
from metier.training.memory import peak_megabytes
from metier.training.objective import Nearness, Objective
from metier.training.optimizer import set_rates, tuned_optimizers
from metier.training.pair_batch import PairBatch, PairSampler
from metier.training.pairs import Pair
from metier.training.recipe import Recipe
from metier.training.scorer import PairScorer
from metier.training.token_batch import slices

LAST, BEST = "last.pt", "best.pt"
_CLIP = 1.0
_LEAST_TOKENS = 256
_APART = 2
"""So many checks after the best one, each of a lower loss, say that a model learns its pairs by heart."""
_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")

Check = Callable[[PairScorer], float]
Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What a run has come to.

    Attributes:
        scorer: With the weights of the best check, its low-rank additions merged.
        history: Each check: step, loss, value on the held-out pairs.
        steps: That were done.
        seconds_a_step: The median over those of this process, 0 for none.
        peak_mb: The most memory that the process has held.
        trained: Weights that moved.
        weights: Weights in all.
        stopped: Why it ended before its last step; empty where it did not.
        warnings: What is odd about its curves, in words.
    """

    scorer: PairScorer
    history: list[dict[str, float]]
    steps: int
    seconds_a_step: float
    peak_mb: float
    trained: int
    weights: int
    stopped: str
    warnings: list[str] = field(default_factory=list)


class Tuner:
    """Tunes a scorer on pairs.

    Args:
        scorer: What is tuned; changed in place.
        pairs: What to learn from.
        recipe: How.
        folder: Where checkpoints lie.
        check: Gives a value on held-out pairs, higher is better.
        digest: Names the data and the base, so that a run goes on with nothing else.
        nearness: How near two right texts lie in the knowledge graph.
    """

    def __init__(
        self,
        scorer: PairScorer,
        pairs: Sequence[Pair],
        recipe: Recipe,
        *,
        folder: Path,
        check: Check,
        digest: str = "",
        nearness: Nearness | None = None,
    ) -> None:
        self.scorer, self.recipe, self.folder, self.check, self.digest = scorer, recipe, folder, check, digest
        self.sampler = PairSampler(pairs, recipe)
        whole = recipe.epochs * self.sampler.steps_an_epoch
        self.steps = min(recipe.steps or whole, whole) if recipe.epochs else recipe.steps
        self.every = max(1, math.ceil(self.steps / max(1, recipe.checks)))
        self.weights = sum(weight.numel() for weight in scorer.network.parameters())
        torch.manual_seed(recipe.seed)
        self.adaptation: Adaptation = adapt(scorer.network, recipe, steps=self.steps)
        scorer.network.drop(0.0 if recipe.adaptation == "head" else recipe.dropout)
        scorer.network.saves_memory = recipe.saves_memory
        self.optimizers = tuned_optimizers(scorer, recipe)
        self.objective = Objective(scorer, nearness)
        self.tokens = recipe.tokens
        self.history: list[dict[str, float]] = []
        self.seconds: list[float] = []

    def run(self, *, tell: Tell | None = None) -> Tuned:
        """Train until the steps are done or nothing is gained any more; goes on from the folder's checkpoint.

        Raises:
            ModelError: The loss is no number, memory does not suffice, or the checkpoint is of another run.
        """
        done = self._bring_back()
        losses: list[float] = []
        stopped = ""
        self.scorer.train()
        for step in range(done, self.steps):
            begun = time.perf_counter()
            losses.append(self._step(step))
            self.seconds.append(time.perf_counter() - begun)
            done = step + 1
            if done % self.every == 0 or done == self.steps:
                self._note(done, losses, tell)
                losses = []
                if self._is_spent():
                    stopped = f"nothing gained in {self.recipe.patience} checks"
                    break
        return self._finish(done, stopped)

    def _step(self, step: int) -> float:
        batch = self.sampler.at(step)
        self._set_rates(step)
        while True:
            torch.manual_seed(self.recipe.seed * 1_000_003 + step)
            try:
                loss = self._backward(batch, step)
                break
            except (RuntimeError, MemoryError) as error:
                self._save_memory(error)
        if not math.isfinite(loss):
            raise ModelError(
                f"the loss of step {step + 1} is no number",
                hint=f"Nothing is lost: {LAST} holds the last check. Lower --learning-rate, or leave out --bf16.",
            )
        dense = [weight for weight in self.scorer.parameters() if weight.grad is not None and not weight.grad.is_sparse]
        torch.nn.utils.clip_grad_norm_(dense, _CLIP)
        for optimizer in self.optimizers:
            optimizer.step()
        self.adaptation.allocate(step)
        self._forget()
        return loss

    def _backward(self, batch: PairBatch, step: int) -> float:
        scorer = self.scorer
        if scorer.is_one_text:
            loss = self.objective.joined(batch, step=step, tokens=self.tokens)
        else:
            texts = self.objective.texts(batch, step=step)
            if self.recipe.adaptation == "head":
                loss = self.objective.towers(batch, texts, scorer.kept_documents(texts), step=step)
            elif self.recipe.is_cached:
                return self._backward_cached(batch, texts, step)
            else:
                documents = scorer.documents(scorer.ids_of(texts), tokens=self.tokens)
                loss = self.objective.towers(batch, texts, documents, step=step)
        loss = loss + self.adaptation.penalty()
        self._pull(loss)
        return float(loss.detach())

    def _backward_cached(self, batch: PairBatch, texts: list[str], step: int) -> float:
        """Run a large batch in slices: vectors first, then each slice again with the gradient of its vectors."""
        ids = self.scorer.ids_of(texts)
        plan = list(slices(ids, tokens=self.tokens))
        with torch.no_grad():
            read = [self._read_slice(ids, places, step, turn) for turn, places in enumerate(plan)]
        order = torch.tensor([place for places in plan for place in places]).argsort()
        parts = torch.cat([each for each, _ in read])[order].requires_grad_()
        present = torch.cat([there for _, there in read])[order]
        loss = self.objective.towers(batch, texts, (parts, present), step=step) + self.adaptation.penalty()
        self._pull(loss)
        for turn, places in enumerate(plan):
            again, _ = self._read_slice(ids, places, step, turn)
            again.backward(parts.grad[places])
        return float(loss.detach())

    def _read_slice(self, ids: list[list[int]], places: list[int], step: int, turn: int) -> tuple[Tensor, Tensor]:
        """Read one slice; its seed is its own, so that the same states are left out both times."""
        torch.manual_seed((self.recipe.seed * 1_000_003 + step) * 1009 + turn)
        return self.scorer.documents([ids[place] for place in places], tokens=self.tokens)

    def _pull(self, loss: Tensor) -> None:
        if torch.isfinite(loss.detach()):
            loss.backward()

    def _save_memory(self, error: Exception) -> None:
        """Run fewer tokens together after a lack of memory; other errors, and too small slices, end the run."""
        self._forget()
        if isinstance(error, RuntimeError) and not any(words in str(error).lower() for words in _NO_MEMORY):
            raise error
        if self.tokens // 2 < _LEAST_TOKENS:
            raise ModelError(
                "memory does not suffice for one step",
                hint="Set a smaller --batch-size, --cached or --save-memory; go on with --resume.",
            ) from error
        self.tokens //= 2

    def _forget(self) -> None:
        for weight in self.scorer.parameters():
            weight.grad = None

    def _set_rates(self, step: int) -> None:
        if self.recipe.optimizer == "adamw":
            set_rates(self.optimizers, step=step, steps=self.steps, warmup=min(300, self.steps // 10 + 1))

    def _note(self, done: int, losses: list[float], tell: Tell | None) -> None:
        """Check on the held-out pairs and keep what was come to: last always, best where it is."""
        value = self.check(self.scorer)
        is_best = all(value > entry["value"] for entry in self.history)
        entry = {"step": float(done), "loss": sum(losses) / max(1, len(losses)), "value": value}
        self.history.append(entry)
        state = self._state(done)
        write_state(self.folder / LAST, state)
        if is_best:
            write_state(self.folder / BEST, {"scorer": state["scorer"], "step": done})
        if tell is not None:
            tell(entry | {"steps": self.steps, "seconds_a_step": self._median(), "peak_mb": peak_megabytes()})

    def _is_spent(self) -> bool:
        values = [entry["value"] for entry in self.history]
        since = len(values) - 1 - values.index(max(values))
        return 0 < self.recipe.patience <= since

    def _state(self, done: int) -> dict[str, Any]:
        return {
            "scorer": self._kept(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "allocator": self.adaptation.state(),
            "history": self.history,
            "step": done,
            "digest": self.digest,
            "recipe": {name: value for name, value in self.recipe.fields().items() if name != "patience"},
        }

    def _kept(self) -> dict[str, Tensor]:
        """Give the weights that move; the others are those of the base."""
        moving = {name for name, weight in self.scorer.named_parameters() if weight.requires_grad}
        adaptive = {name for name in self.scorer.state_dict() if "lora_" in name or "ranknum" in name}
        return {name: weight for name, weight in self.scorer.state_dict().items() if name in moving | adaptive}

    def _bring_back(self) -> int:
        state = read_state(self.folder / LAST, self.scorer.network.word.weight.device)
        if state is None:
            return 0
        if state["digest"] != self.digest or state["recipe"] != self._state(0)["recipe"]:
            raise ModelError(
                f"{self.folder} holds a run of other data or settings", hint="Give the same, or another --out folder."
            )
        self.scorer.load_state_dict(state["scorer"], strict=False)
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        self.adaptation.bring_back(state["allocator"])
        self.history = state["history"]
        return int(state["step"])

    def _finish(self, done: int, stopped: str) -> Tuned:
        best = read_state(self.folder / BEST, self.scorer.network.word.weight.device)
        if best is not None:
            self.scorer.load_state_dict(best["scorer"], strict=False)
        trained = sum(weight.numel() for weight in self.scorer.parameters() if weight.requires_grad)
        self.scorer.network = self.adaptation.merged()
        self.scorer.network.requires_grad_(requires_grad=False)
        return Tuned(
            scorer=self.scorer.eval(),
            history=self.history,
            steps=done,
            seconds_a_step=self._median(),
            peak_mb=peak_megabytes(),
            trained=trained,
            weights=self.weights,
            stopped=stopped,
            warnings=warnings_of(self.history),
        )

    def _median(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[len(ordered) // 2] if ordered else 0.0


def warnings_of(history: Sequence[dict[str, float]]) -> list[str]:
    """Say where training and validation part ways: the loss still fell when the value on held-out pairs did too."""
    if not history:
        return []
    best = max(range(len(history)), key=lambda place: (history[place]["value"], -place))
    after = history[best + 1 :]
    falls = all(entry["loss"] < history[best]["loss"] for entry in after)
    if len(after) < _APART or not falls:
        return []
    return [
        f"training and validation part ways after step {history[best]['step']:.0f}: the loss went on falling, from "
        f"{history[best]['loss']:.4f} to {after[-1]['loss']:.4f}, while the held-out value fell from "
        f"{history[best]['value']:.4f} to {after[-1]['value']:.4f}; the weights of that step are kept"
    ]
