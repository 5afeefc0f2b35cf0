"""A linker that reads around the names of a text: abbreviations it explains, shared words, other orders, the meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from metier.graph.abbreviation import abbreviations
from metier.graph.fold import fold_label, fold_once
from metier.graph.linker import SkillLinker
from metier.graph.meaning import MeaningIndex, Phrase, phrases_of
from metier.graph.negation import is_negated
from metier.graph.reordered import OrderFree
from metier.graph.shared_word import shared_names
from metier.graph.skill_table import Form, SkillTable
from metier.models.base import Encoder
from metier.records.skill import LinkReason, Mention
from metier.records.span import Span

_EXPLAINED = 0.9
_SHARED = 0.85
_REORDERED = 0.8
_PHRASES = 400
"""Phrases of one text that are compared by meaning; the rest is told (`ContextLinker.uncompared`)."""


class _Link(NamedTuple):
    start: int
    end: int
    uri: str
    score: float
    reason: LinkReason


class ContextLinker(SkillLinker):
    """`SkillLinker`, and what only the text around a name says.

    Args:
        table: The skills; the table that ships if None.
        encoder: Links phrases that no name equals by their meaning; none are linked so if None.
    """

    def __init__(self, table: SkillTable | None = None, *, encoder: Encoder | None = None) -> None:
        super().__init__(table)
        self._encoder = encoder
        self._meanings: MeaningIndex | None = None
        self._order_free: OrderFree | None = None

    def link(self, text: str) -> list[Mention]:
        """Find the skills that a text names or means, in order, never overlapping; offsets point into the text."""
        mentions = self._parted(text, super().link(text))
        mentions = self._with_explained(text, mentions)
        mentions = self._merged(text, mentions, self._shared(text))
        mentions = self._merged(text, mentions, self._reordered(text))
        phrases, _ = self._phrases(text, mentions)
        if not phrases or self._encoder is None:
            return mentions
        if self._meanings is None:
            self._meanings = MeaningIndex(self._table, self._encoder)
        near = self._meanings.near(text, phrases)
        return self._merged(text, mentions, [_Link(*one.phrase, one.form.uri, one.score, "meaning") for one in near])

    def uncompared(self, text: str) -> tuple[int, int] | None:
        """Give the part of a text whose phrases were not compared by meaning as there are too many; None if there is none."""
        if self._encoder is None:
            return None
        _, rest = self._phrases(text, super().link(text))
        return (rest, len(text)) if rest else None

    def _phrases(self, text: str, mentions: Sequence[Mention]) -> tuple[list[Phrase], int]:
        """Give the phrases to compare, and where the rest begins; 0 if there is no rest."""
        if self._encoder is None:
            return [], 0
        phrases = list(phrases_of(text, [(one.span.start, one.span.end) for one in mentions]))
        return phrases[:_PHRASES], phrases[_PHRASES].start if len(phrases) > _PHRASES else 0

    def _with_explained(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Link the abbreviations that the text explains to what their long form is linked to."""
        found: list[_Link] = []
        seen: set[str] = set()
        for short, start, end in abbreviations(text):
            meant = next((one for one in mentions if start <= one.span.start and one.span.end == end), None)
            if meant is None or short in seen:
                continue
            seen.add(short)
            places = re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text)
            found += [_Link(*place.span(), meant.uri, _EXPLAINED, "alias") for place in places]
        kept = [one for one in mentions if not any(_meets(one, other) and other.uri != one.uri for other in found)]
        return self._merged(text, kept, found)

    def _shared(self, text: str) -> Iterator[_Link]:
        """Link the items of lists that share a word."""
        for start, end, form in shared_names(text, self._table.forms):
            yield _Link(start, end, form.uri, form.score * _SHARED, form.reason)

    def _reordered(self, text: str) -> Iterator[_Link]:
        """Link names whose words stand in another order or are another part of speech."""
        if self._order_free is None:
            self._order_free = OrderFree(self._table.forms)
        tokens = fold_once(text)
        for first, last, form in self._order_free.find(tokens):
            yield _Link(tokens[first].start, tokens[last - 1].end, form.uri, form.score * _REORDERED, "alias")

    def _parted(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Part a mention over a slash, `HTML/CSS`, where each side is a skill by itself."""
        parted: list[Mention] = []
        for one in mentions:
            sides = list(re.finditer(r"[^/]+", one.span.text))
            forms = [self._known(side.group()) for side in sides] if len(sides) > 1 else []
            if forms and all(forms) and len({form.uri for form in forms if form}) == len(forms):
                for side, form in zip(sides, forms, strict=True):
                    if form:
                        start = one.span.start + side.start()
                        end = one.span.start + side.end()
                        parted.append(self._mention_of(text, _Link(start, end, form.uri, form.score, form.reason)))
            else:
                parted.append(one)
        return parted

    def _known(self, name: str) -> Form | None:
        """Give the skill that a name says in any case."""
        known = self._table.forms.get(fold_label(name)[1], ())
        return next((form for form in known if form.uri and (form.case == "any" or form.surface == name)), None)

    def _merged(self, text: str, mentions: Sequence[Mention], more: Iterable[_Link]) -> list[Mention]:
        """Add the links that stand where none is; in the text's order, the longest of several first."""
        kept = list(mentions)
        taken = bytearray(len(text))
        for one in mentions:
            taken[one.span.start : one.span.end] = b"1" * (one.span.end - one.span.start)
        for link in sorted(more, key=lambda link: (link.start - link.end, link.start)):
            if not any(taken[link.start : link.end]):
                taken[link.start : link.end] = b"1" * (link.end - link.start)
                kept.append(self._mention_of(text, link))
        return sorted(kept, key=lambda one: one.span.start)

    def _mention_of(self, text: str, link: _Link) -> Mention:
        return Mention(
            span=Span.of(text, link.start, link.end),
            uri=link.uri,
            preferred_label=self._table.label(link.uri),
            score=round(link.score, 4),
            reason=link.reason,
            is_negated=is_negated(text, link.start, link.end),
        )


def _meets(one: Mention, other: _Link) -> bool:
    return one.span.start < other.end and other.start < one.span.end
