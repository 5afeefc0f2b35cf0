"""How much of the wording two texts share, telling words counting more."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from metier.models.lexicon import information
from metier.ranking.encoded import character_pairs

_WORD = re.compile(r"[^\W_]+")
_LEAST_LETTERS = 3
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text with what they weigh together; Chinese ones are the pairs of its characters."""

    words: frozenset[str]
    bits: float
    is_han: bool


@lru_cache(maxsize=_REMEMBERED)
def wording(text: str) -> Wording:
    """Read the wording of a text; remembered for the next query."""
    latin = {word for word in _WORD.findall(text.lower()) if len(word) >= _LEAST_LETTERS and word < "\u2e80"}
    han = {pair for pair in character_pairs(text) if pair[0] >= "\u2e80" and pair[1] >= "\u2e80"}
    words = frozenset(latin | han)
    return Wording(words=words, bits=_bits(words), is_han=len(han) > len(latin))


def shared_wording(one: str, other: str) -> float | None:
    """Give the cosine of two texts as sets of words, each weighed by its information.

    Returns:
        A value in [0, 1] that depends on these two texts alone; None when one has no words, or the scripts differ.
    """
    left, right = wording(one), wording(other)
    if not left.bits or not right.bits or left.is_han != right.is_han:
        return None
    return _bits(left.words & right.words) / math.sqrt(left.bits * right.bits)


def _bits(words: frozenset[str]) -> float:
    return math.fsum(map(information, words))
