"""How much of the wording two texts share, telling words counting more."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise

from metier.models.lexicon import information

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u2e80-\U0010ffff]{2,}")
_LEAST_LETTERS = 3
_FORM = "1"
"""Which words a text has, and what they weigh; a change of either is another form."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text with what they weigh together; Chinese ones are the pairs of its characters."""

    words: frozenset[str]
    bits: float
    is_han: bool

    def to_line(self) -> str:
        """Render the wording as a line that is faster to read than its text."""
        return " ".join((_FORM, repr(self.bits), str(int(self.is_han)), *sorted(self.words)))

    @classmethod
    def from_line(cls, line: str) -> Wording | None:
        """Make a wording of what `to_line` gave; None of what another Metier wrote, which may read texts otherwise."""
        form, *given = line.split(" ")
        if form != _FORM:
            return None
        bits, is_han, *words = given
        return cls(words=frozenset(words), bits=float(bits), is_han=is_han == "1")


NO_WORDS = Wording(words=frozenset(), bits=0.0, is_han=False)


def wording(text: str) -> Wording:
    """Read the wording of a text."""
    found = _WORD.findall(text.lower())
    latin = {word for word in found if len(word) >= _LEAST_LETTERS and word < "\u2e80"}
    han = {first + second for run in _HAN.findall("".join(found)) for first, second in pairwise(run)}
    words = frozenset(latin | han)
    return Wording(words=words, bits=_bits(words), is_han=len(han) > len(latin))


def shared_wording(left: Wording, right: Wording) -> float | None:
    """Give the cosine of two texts as sets of words, each weighed by its information.

    Returns:
        A value in [0, 1] that depends on these two texts alone; None when one has no words, or the scripts differ.
    """
    if not left.bits or not right.bits or left.is_han != right.is_han:
        return None
    return _bits(left.words & right.words) / math.sqrt(left.bits * right.bits)


def character_pairs(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring letters or digits of a text, lower case."""
    return frozenset(first + second for first, second in pairwise("".join(_WORD.findall(text.lower()))))


def _bits(words: frozenset[str]) -> float:
    return math.fsum(map(information, words))
