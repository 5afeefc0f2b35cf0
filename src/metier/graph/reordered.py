"""Names in another order or another part of speech: `cost estimation` is `estimate costs`, `checking of facts` is `check facts`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from metier.graph.fold import BOUNDARY, Token
from metier.graph.skill_table import Form

_HAN = re.compile(r"[\u3400-\u9fff]")
_LITTLE = frozenset(["of", "the", "a", "an", "for", "in", "to", "on", "their", "our", "your", "new", "with"])
_STOPS = frozenset(
    ["and", "or", "you", "we", "will", "is", "are", "be", "that", "which", "who", "not", "no", "but", "as", "by"]
)
_ENDINGS = re.compile(
    r"(?:isations?|izations?|ications?|ations?|itions?|utions?|ions?|ments?|ances?|ences?|ate?|ures?|als?|ings?|ers?|ors?|y|e)$"
)
_FEWEST, _MOST = 2, 4
"""Words of a name; with two, both must be long enough to tell."""
_REACH = 6
_LONG = 4


class Reordered(NamedTuple):
    """Words of a text that make a name in another order; the places of the first token and of the one after the last."""

    first: int
    last: int
    form: Form


class OrderFree:
    """Names of two to four words by the roots of these, whatever their order.

    Args:
        forms: Names by their stems, joined by spaces (`SkillTable.forms`).
    """

    def __init__(self, forms: dict[str, list[Form]]) -> None:
        self._by_roots: dict[frozenset[str], Form | None] = {}
        for key, known in forms.items():
            words = [word for word in key.split(" ") if word not in _LITTLE]
            if not _FEWEST <= len(words) <= _MOST or _HAN.search(key):
                continue
            roots = frozenset(map(root, words))
            form = next((form for form in known if form.case == "any"), None)
            if form and len(roots) == len(words):
                held = self._by_roots.get(roots, form)
                self._by_roots[roots] = held if held and (held.uri == form.uri or held.score > form.score) else None

    def find(self, tokens: Sequence[Token]) -> Iterator[Reordered]:
        """Find names in folded text, the longest from each place on."""
        for first, token in enumerate(tokens):
            if not _tells(token):
                continue
            roots: list[str] = []
            best: Reordered | None = None
            for last in range(first, min(first + _REACH, len(tokens))):
                word = tokens[last].folded
                if word == BOUNDARY or word in _STOPS or len(roots) == _MOST:
                    break
                if word in _LITTLE:
                    continue
                roots.append(root(tokens[last].stem))
                form = self._by_roots.get(frozenset(roots)) if len(roots) >= _FEWEST and _tells(tokens[last]) else None
                if form and form.uri and len(set(roots)) == len(roots):
                    best = Reordered(first, last + 1, form)
            if best:
                yield best


@lru_cache(maxsize=65536)
def root(stem: str) -> str:
    """Take the ending of a noun or verb off a stem, where at least four letters stay: `estimation` and `estimat` meet."""
    if len(stem) <= _LONG or not stem.isalpha() or not stem.isascii():
        return stem
    bare = _ENDINGS.sub("", stem)
    return bare if len(bare) >= _LONG else stem


def _tells(token: Token) -> bool:
    return (
        token.folded != BOUNDARY
        and token.folded not in _LITTLE
        and token.folded not in _STOPS
        and len(token.folded) >= _LONG - 1
        and token.folded.isalpha()
        and token.folded.isascii()
    )
