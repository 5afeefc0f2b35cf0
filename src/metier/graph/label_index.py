"""Names by the words that they share with a phrase, weighed by how rare each word is: an inverted index in memory."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from metier.graph.fold import BOUNDARY

_HAN = re.compile(r"[\u3400-\u9fff]")
_LITTLE = frozenset(
    "a an and are as at be by do for from in into is it of on or other our that the their this to us use we with you your".split()
)
_COMMON = 0.04
"""The share of names from which on a word brings no name in by itself."""
_FEW = 25


class NearLabel(NamedTuple):
    """A name that shares words with a phrase.

    Attributes:
        place: Which name, in the order that they were given.
        overlap: The shared part of the weights of both, 0 to 1 (Dice).
        covered: The part of the name's own weight that the phrase has.
    """

    place: int
    overlap: float
    covered: float


class LabelIndex:
    """Names by their words.

    Args:
        names: The words of each name, as `terms_of` gives them; their places are what `near` gives.
    """

    def __init__(self, names: Iterable[frozenset[str]]) -> None:
        self._names = list(names)
        self._holders: dict[str, list[int]] = {}
        for place, terms in enumerate(self._names):
            for term in terms:
                self._holders.setdefault(term, []).append(place)
        total = len(self._names) + 1
        self._weights = {term: math.log(total / len(places)) for term, places in self._holders.items()}
        self._unknown = math.log(total)
        self._common = max(_FEW, int(total * _COMMON))

    def weight(self, term: str) -> float:
        """Say how rare a word is among the names; unknown ones are the rarest."""
        return self._weights.get(term, self._unknown)

    def near(self, terms: Iterable[str], *, n: int) -> list[NearLabel]:
        """Give the names that share the most with a phrase, best first; ties in the names' order."""
        wanted = sorted(set(terms))
        mine = sum([self.weight(term) for term in wanted])
        known = [term for term in wanted if term in self._holders]
        rare = [term for term in known if len(self._holders[term]) <= self._common]
        shared: dict[int, float] = {}
        for term in known:
            weight = self._weights[term]
            if term in rare or not rare:
                for place in self._holders[term]:
                    shared[place] = shared.get(place, 0.0) + weight
        most = sorted(shared, key=lambda place: (-shared[place], place))[: 20 * n]
        found = [self._near(place, wanted, mine) for place in most]
        return sorted(found, key=lambda near: (-near.overlap, near.place))[:n]

    def _near(self, place: int, wanted: Sequence[str], mine: float) -> NearLabel:
        terms = self._names[place]
        shared = sum([self._weights[term] for term in wanted if term in terms])
        own = sum([self._weights[term] for term in sorted(terms)])
        return NearLabel(place, 2 * shared / (mine + own or 1.0), shared / (own or 1.0))


def terms_of(stems: Sequence[str]) -> frozenset[str]:
    """Give the words that matter of a phrase's stems, and each pair of Chinese characters that stand together."""
    terms = set()
    for place, stem in enumerate(stems):
        if stem == BOUNDARY:
            continue
        if not _HAN.fullmatch(stem):
            if stem not in _LITTLE:
                terms.add(stem)
        elif place + 1 < len(stems) and _HAN.fullmatch(stems[place + 1]):
            terms.add(stem + stems[place + 1])
    return frozenset(terms)
