"""The batches of a run: which pairs come when, drawn by the seed alone, and what may be held against what."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metier.training.pairs import Pair
from metier.training.recipe import Recipe

_TRIES = 8


@dataclass(frozen=True, slots=True)
class PairBatch:
    """The pairs of one step.

    Attributes:
        left: A text of each row.
        right: The text it is paired with.
        labels: How well they fit, from 0 to 1.
        others: Texts that are far from the rows' left texts, as further columns.
        allowed: Whether the left text of a row may be held apart from a column, (rows, rows and others).
        grades: The known label of a row and a column, 0 where there is none.
    """

    left: list[str]
    right: list[str]
    labels: NDArray[np.float32]
    others: list[str]
    allowed: NDArray[np.bool_]
    grades: NDArray[np.float32]

    def texts(self) -> list[str]:
        """Give every text once."""
        return list(dict.fromkeys([*self.left, *self.right, *self.others]))


class PairSampler:
    """Draws the batches of a run.

    Args:
        pairs: What to learn from.
        recipe: Batch size, loss and seed are heeded.
    """

    def __init__(self, pairs: Sequence[Pair], recipe: Recipe) -> None:
        self.recipe = recipe
        least = 1.0 if recipe.loss == "mse" else 1e-9  # a squared error takes labels from 0 to 1 as they are
        self.highest = max([least, *(pair.label for pair in pairs)])
        self._known: dict[str, dict[str, float]] = defaultdict(dict)
        self._far: dict[str, list[str]] = defaultdict(list)
        for pair in pairs:
            self._known[pair.left][pair.right] = pair.label / self.highest
            if pair.label == 0:
                self._far[pair.left].append(pair.right)
            if pair.other:
                self._known[pair.left].setdefault(pair.other, 0.0)
        self.pairs = [pair for pair in pairs if pair.label > 0 or not recipe.compares_batch]
        self.steps_an_epoch = max(1, math.ceil(len(self.pairs) / recipe.batch_size))

    def at(self, step: int) -> PairBatch:
        """Draw the batch of a step; the same for the same step, whatever came before."""
        epoch, number = divmod(step, self.steps_an_epoch)
        size = self.recipe.batch_size
        rows = self._order(epoch)[number * size : (number + 1) * size]
        chance = np.random.default_rng([self.recipe.seed, step])
        return self._batch([self.pairs[row] for row in rows], chance)

    def _order(self, epoch: int) -> list[int]:
        """Shuffle the pairs; losses over graded lists have the pairs of a left text side by side."""
        shuffled = np.random.default_rng([self.recipe.seed, epoch, 1]).permutation(len(self.pairs)).tolist()
        if self.recipe.loss not in {"ce", "lambda"}:
            return shuffled
        by_left: dict[str, list[int]] = defaultdict(list)
        for row in shuffled:
            by_left[self.pairs[row].left].append(row)
        return [row for rows in by_left.values() for row in rows]

    def _batch(self, pairs: list[Pair], chance: np.random.Generator) -> PairBatch:
        left, right = [pair.left for pair in pairs], [pair.right for pair in pairs]
        labels = [pair.label / self.highest for pair in pairs]
        if self.recipe.compares_batch:
            others = [self._other(pair, chance) for pair in pairs]
        else:
            others = [pair.other for pair in pairs]
            drawn = [(one, self._wrong(one, right, chance)) for one in left for _ in range(self.recipe.negatives)]
            left += [one for one, wrong in drawn if wrong]
            right += [wrong for _, wrong in drawn if wrong]
            labels += [0.0] * (len(left) - len(labels))
        columns = [*right, *filter(None, others)]
        known = [[self._known[one].get(other, 0.0) for other in columns] for one in left]
        grades = np.array(known, dtype=np.float32).reshape(len(left), len(columns))
        same = np.array([[one == other for other in columns] for one in left]).reshape(grades.shape)
        return PairBatch(
            left=left,
            right=right,
            labels=np.array(labels, dtype=np.float32),
            others=others if self.recipe.loss == "triplet" else columns[len(right) :],
            allowed=(grades == 0) & ~same,
            grades=grades,
        )

    def _other(self, pair: Pair, chance: np.random.Generator) -> str:
        """Give a text that is known to be far: of the triplet, or of a row with the label 0."""
        if pair.other:
            return pair.other
        far = self._far.get(pair.left, [])
        return far[int(chance.integers(len(far)))] if far else ""

    def _wrong(self, left: str, rights: Sequence[str], chance: np.random.Generator) -> str:
        """Draw a right text of the batch that is not known to fit."""
        for _ in range(_TRIES):
            drawn = rights[int(chance.integers(len(rights)))]
            if self._known[left].get(drawn, 0.0) == 0 and drawn != left:
                return drawn
        return ""
