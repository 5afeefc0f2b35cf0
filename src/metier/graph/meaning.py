"""Skills by meaning: a phrase that no name equals, to the skill whose names share its words and stand near it in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from metier.graph.fold import BOUNDARY, fold, fold_word
from metier.graph.label_index import LabelIndex, terms_of
from metier.graph.skill_table import Form, SkillTable
from metier.models.base import Encoder, Vectors

LEAST = 0.7
"""The least score of a link by meaning: by hand on the training sentences of SkillSkape, carried over to this encoder by quantiles."""
_PHRASE = re.compile(
    r"[^\n.;!?:,()|•·●▪■◆*、，。；：！？（）【】\t]+(?:\.(?=\w)[^\n.;!?:,()|•·●▪■◆*、，。；：！？（）【】\t]+)*"
)
_LEAD = re.compile(
    r"^\W*(?:(?:you|we|they|and|or|to|will|must|should|can|could|may|have|has|be|able|are|is|also|responsible|for|ability|willing\w*|required|expected|experience\w*"
    r"|in|of|with|at|on|the|an?|proven|strong|good|excellent|solid|deep|some|basic|advanced|working|sound|knowledge|understanding|skills?|track|record|duties|include|including"
    r"|that|your|our|their|capab\w+|competen\w+|proficien\w+|familiar\w*|prior|previous|demonstrated|hands-on|minimum|years?|\d+\+?|as|well|help|helping|assist|assisting|support)\b\W*)+",
    re.IGNORECASE,
)
_FEWEST, _MOST = 2, 14
"""Words of a phrase that is looked at."""
_NEAR = 8
_OF_THE_AD = frozenset(
    fold_word(word)[1]
    for word in ("candidate", "applicant", "company", "employer", "position", "vacancy", "salary", "individual", "role")
)
"""Words of phrases that speak about the advertisement itself."""
_SHARED = 0.3
"""The least share of the words' weights that a phrase and a name have in common."""
_COVERED = 0.6
"""The least share of a name's own weight that the phrase has: a name that says more than the phrase is not meant."""


class Phrase(NamedTuple):
    """A piece of a text that may state a skill; offsets in characters."""

    start: int
    end: int


class NearSkill(NamedTuple):
    """The skill that a phrase means, and how sure that is."""

    phrase: Phrase
    form: Form
    score: float


class MeaningIndex:
    """The names of skills by their words, and their vectors, each made when it is first needed.

    Args:
        table: The skills.
        encoder: Says how near a phrase and a name are.
    """

    def __init__(self, table: SkillTable, encoder: Encoder) -> None:
        self._encoder = encoder
        rows = [
            (key, form)
            for key, forms in table.forms.items()
            for form in forms
            if form.uri and form.case == "any" and (" " in key or form.reason == "label")
        ]
        self._forms = [form for _, form in rows]
        self._index = LabelIndex(terms_of(key.split(" ")) for key, _ in rows)
        self._vectors: dict[str, Vectors] = {}

    def near(self, text: str, phrases: Sequence[Phrase]) -> list[NearSkill]:
        """Give the nearest skill of each phrase that has one near enough."""
        words = [text[phrase.start : phrase.end] for phrase in phrases]
        places = [self._nearest(one) if self._encoder.reads(one) else [] for one in words]
        asked = [number for number, found in enumerate(places) if found]
        names = {self._forms[place].surface for number in asked for place, _ in places[number]}
        self._learn(sorted(names - self._vectors.keys()))
        vectors = self._encoder.encode([words[number] for number in asked])
        found = []
        for number, vector in zip(asked, vectors, strict=True):
            score, place = max(
                ((overlap + float(self._vectors[self._forms[place].surface] @ vector)) / 2, -place)
                for place, overlap in places[number]
            )
            if score >= LEAST:
                found.append(NearSkill(phrases[number], self._forms[-place], min(0.9, round(score, 4))))
        return found

    def _nearest(self, phrase: str) -> list[tuple[int, float]]:
        terms = terms_of([token.stem for token in fold(phrase)])
        if len(terms) < _FEWEST or not terms.isdisjoint(_OF_THE_AD):
            return []
        near = self._index.near(terms, n=_NEAR)
        return [(one.place, one.overlap) for one in near if one.overlap >= _SHARED and one.covered >= _COVERED]

    def _learn(self, names: list[str]) -> None:
        vectors = self._encoder.encode(names)
        self._vectors.update(zip(names, np.asarray(vectors, dtype=np.float32), strict=True))


def phrases_of(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Phrase]:
    """Give the phrases of a text in which nothing is taken, without the words that only lead in (`you will have`).

    Args:
        text: The text.
        taken: Places that are linked already, in order.
    """
    for found in _PHRASE.finditer(text):
        start, end = found.span()
        lead = _LEAD.match(found.group())
        start += lead.end() if lead else 0
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if end <= start or any(one < end and start < other for one, other in taken):
            continue
        words = [token for token in fold(text[start:end]) if token.folded != BOUNDARY]
        if _FEWEST <= len(words) <= _MOST * (2 if len(words) == end - start else 1):
            yield Phrase(start, end)
