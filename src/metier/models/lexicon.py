"""How much a word tells: its rank in a vocabulary that is ordered by frequency."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tokenizers import Tokenizer

VOCABULARY = Path(__file__).parent / "data" / "all-MiniLM-L6-v2.tokenizer.json"
_CHARACTER = 8.0
"""Bits of a character, such as a Chinese one: about those of a word of middling frequency."""
_REMEMBERED = 200_000


@dataclass(frozen=True)
class Lexicon:
    """Words weighed by a WordPiece vocabulary, whose pieces stand in the order of their frequency.

    By Zipf's law (1949) the frequency of a word goes with one over its rank, so its information (Shannon 1948; the
    weight of a term in Spärck Jones 1972) grows with the logarithm of the rank. Unlike a document frequency it does
    not depend on which documents there are.

    Attributes:
        tokenizer: Cuts a word that the vocabulary does not hold into pieces that it does.
        vocabulary: The id of each piece.
        first: The id of the most frequent piece. Before it stand the single characters, which are not ordered: each
            counts as `_CHARACTER`.
    """

    tokenizer: Tokenizer
    vocabulary: Mapping[str, int]
    first: int

    def information(self, word: str) -> float:
        """Give the bits that a word carries: the sum over its pieces, 0 for one that has none."""
        known = self.vocabulary.get(word)
        pieces = self.tokenizer.encode(word, add_special_tokens=False).ids if known is None else [known]
        return sum(math.log2(2 + piece - self.first) if piece >= self.first else _CHARACTER for piece in pieces)


@cache
def lexicon() -> Lexicon:
    """Give the words of the vocabulary that ships, that of BERT (Devlin et al. 2019)."""
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Lexicon(tokenizer=tokenizer, vocabulary=tokenizer.get_vocab(), first=1996)


@lru_cache(maxsize=_REMEMBERED)
def information(word: str) -> float:
    """Give the bits that a word carries, see `Lexicon`."""
    return lexicon().information(word)
