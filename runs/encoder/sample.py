"""Pairs for a step: drawn by the number of the step alone, so that a run that goes on draws what it would have drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from family import Family, Group
from noise import noisy
from numpy.typing import NDArray

Near = NDArray[np.int64]
"""The nearest groups of each group of a family, nearest first, without itself."""
_TRIES = 4


@dataclass(frozen=True)
class Pairs:
    """Texts that belong together, row by row.

    Attributes:
        left: The queries.
        right: The documents.
        apart: Whether a left text and a right text of two rows are known to be unlike, (rows, rows).
    """

    left: list[str]
    right: list[str]
    apart: NDArray[np.bool_]


class Sampler:
    """Draws the pairs of a family.

    Args:
        family: The groups.
        hard: The share of groups of a batch that are drawn among the neighbours of the others.
    """

    def __init__(self, family: Family, *, hard: float) -> None:
        self.family = family
        self.hard = hard
        owners: dict[str, set[str]] = defaultdict(set)
        for group in family.groups:
            for text in group.texts():
                owners[text].add(group.key)
        self._owners = {text: keys for text, keys in owners.items() if len(keys) > 1}

    def draw(self, near: Near | None, chance: np.random.Generator) -> Pairs:
        """Draw the pairs of one batch."""
        groups = [self.family.groups[place] for place in self._places(near, chance)]
        left, right = map(list, zip(*(self._pair(group, chance) for group in groups), strict=True))
        about = [{group.key} | self._owners.get(text, set()) for group, text in zip(groups, left, strict=True)]
        documents = [{group.key} | self._owners.get(text, set()) for group, text in zip(groups, right, strict=True)]
        for row in range(len(left)):
            if chance.random() < self.family.mixed:
                other = int(chance.integers(len(left)))
                about[row] |= about[other]
                left[row] = f"{left[row]} {left[other]}" if row % 2 else f"{left[other]}, {left[row]}"
            elif chance.random() < self.family.noise:
                left[row] = noisy(left[row], chance)
        return Pairs(left, right, _apart(about, documents))

    def _places(self, near: Near | None, chance: np.random.Generator) -> list[int]:
        count, size = len(self.family.groups), min(self.family.pairs, len(self.family.groups))
        if near is None or near.shape[1] == 0:
            return [int(place) for place in chance.choice(count, size, replace=False)]
        seeds = chance.choice(count, max(1, int(size * (1 - self.hard))), replace=False).tolist()
        around = near[seeds][:, : near.shape[1]].ravel()
        chosen = dict.fromkeys([*seeds, *chance.permutation(around).tolist()])
        return list(chosen)[:size]

    def _pair(self, group: Group, chance: np.random.Generator) -> tuple[str, str]:
        left = _one(group.left, chance)
        for _ in range(_TRIES):
            right = _one(group.right, chance)
            if right != left:
                break
        return left, right


def _one(side: Sequence[Sequence[str]], chance: np.random.Generator) -> str:
    texts = side[int(chance.integers(len(side)))]
    return texts[int(chance.integers(len(texts)))]


def _apart(left: list[set[str]], right: list[set[str]]) -> NDArray[np.bool_]:
    return np.array([[one.isdisjoint(other) for other in right] for one in left])
