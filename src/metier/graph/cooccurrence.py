"""Count what is asked for together, set by set, and say how telling each pair is: positive pointwise mutual information.

Church and Hanks (1990); the smoothing of the second one's probability is Levy and Goldberg's (2014): its counts to the
power of 0.75, so that rare things do not look as if they belonged to everything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.graph.edge import Edge

SMOOTHING = 0.75
_BATCH = 1 << 20
"""Pairs that wait before they are counted in one go."""
_WIDEST = 200
"""Members of a set that are looked at; a longer one is a dump of words, not what one job asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things that are met together.

    Attributes:
        count: Sets that hold both.
        ppmi: Positive pointwise mutual information, in nats; the mean of both directions, which smoothing sets apart.
        strength: The same as a share of the most it could be, 0 to 1.
    """

    first: str
    second: str
    count: int
    ppmi: float
    strength: float


@dataclass(slots=True)
class Cooccurrence:
    """Counts sets as they stream by; the order of sets and of their members does not matter.

    Args:
        minimum: Sets that must hold both of a pair.
        smoothing: Power of the counts of the one that is given.
    """

    minimum: int = 5
    smoothing: float = SMOOTHING
    sets: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _singles: list[int] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _keys: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    _counts: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def add(self, members: Iterable[str]) -> None:
        """Count one set; what stands in it twice counts once."""
        names = sorted(set(members))[:_WIDEST]
        if not names:
            return
        self.sets += 1
        numbers = [self._number(name) for name in names]
        for number in numbers:
            self._singles[number] += 1
        for place, number in enumerate(numbers):
            self._waiting += [_key(number, other) for other in numbers[place + 1 :]]
        if len(self._waiting) >= _BATCH:
            self._settle()

    def count(self, name: str) -> int:
        """Give how many sets hold something."""
        return self._singles[self._numbers[name]] if name in self._numbers else 0

    def pairs(self) -> list[Pair]:
        """Give the pairs that are met often enough and more often than by chance, by name."""
        self._settle()
        often = self._counts >= self.minimum
        names = list(self._numbers)
        expected = self._expected()
        found = []
        for key, count in zip(self._keys[often].tolist(), self._counts[often].tolist(), strict=True):
            one, other = key >> 32, key & 0xFFFFFFFF
            ppmi = self._ppmi(count, one, other, expected)
            if ppmi > 0:
                first, second = sorted((names[one], names[other]))
                most = -math.log(count / self.sets)
                strength = min(1.0, ppmi / most) if most > 0 else 1.0
                found.append(Pair(first=first, second=second, count=count, ppmi=ppmi, strength=strength))
        return sorted(found, key=lambda pair: (pair.first, pair.second))

    def edges(self, *, origin: str, least: float = 0.0) -> Iterator[Edge]:
        """Give the pairs as edges that are marked inferred.

        Args:
            origin: What they were counted in.
            least: Strength from which a pair is given.
        """
        for pair in self.pairs():
            if pair.strength >= least:
                yield Edge(
                    source=pair.first,
                    target=pair.second,
                    kind="cooccurs",
                    count=pair.count,
                    weight=round(pair.strength, 3),
                    is_inferred=True,
                    origin=origin,
                )

    def _expected(self) -> NDArray[np.float64]:
        """Give the share of sets that would hold each if its count were smoothed; members stay as many as they are."""
        singles = np.array(self._singles, dtype=np.float64)
        smoothed = singles**self.smoothing
        expected: NDArray[np.float64] = smoothed / max(math.fsum(smoothed), 1.0) * (singles.sum() / max(self.sets, 1))
        return expected

    def _ppmi(self, count: int, one: int, other: int, expected: NDArray[np.float64]) -> float:
        """Give the mean over both directions of log P(a, b) / (P(a) P_smoothed(b)), at least 0; `expected` is smoothed."""
        forward = math.log(count / (self._singles[one] * expected[other]))
        backward = math.log(count / (self._singles[other] * expected[one]))
        return max(0.0, round((forward + backward) / 2, 9))

    def _number(self, name: str) -> int:
        number = self._numbers.setdefault(name, len(self._singles))
        if number == len(self._singles):
            self._singles.append(0)
        return number

    def _settle(self) -> None:
        """Count the pairs that wait."""
        if not self._waiting:
            return
        keys, counts = np.unique(np.array(self._waiting, dtype=np.int64), return_counts=True)
        self._waiting.clear()
        merged, places = np.unique(np.concatenate([self._keys, keys]), return_inverse=True)
        totals = np.zeros(len(merged), np.int64)
        np.add.at(totals, places, np.concatenate([self._counts, counts]))
        self._keys, self._counts = merged, totals


def _key(one: int, other: int) -> int:
    return (min(one, other) << 32) | max(one, other)
