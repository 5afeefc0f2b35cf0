"""What a text says in the concepts of the taxonomies: its skills, its occupations, and what of it was not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from metier.graph.context_linker import ContextLinker
from metier.graph.occupation_linker import OccupationLinker
from metier.graph.occupation_table import occupation_table
from metier.graph.title import normalise_title
from metier.models.base import Encoder
from metier.records.skill import Mention
from metier.records.span import Span

MOST_CHARACTERS = 1_000_000
"""Characters of one text that are read; what follows is told."""
_PIECE = 20_000
"""Characters that are linked at once; a piece ends where a line does."""
_SURE = 0.8
"""The score from which on words that name an occupation are not read as a skill too."""
_TITLE_CHARACTERS = 90
_TITLE_WORDS = 14
_NAMED = re.compile(
    r"^\W*(?:job ?title|title|position|role|vacancy|we are hiring|now hiring|hiring|职位(?:名称)?|岗位(?:名称)?|招聘(?:岗位|职位)|职务|招聘)\s*[:：]\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\bSr)(?<!\bJr)(?<!\bSt)(?<!\bDr)[.!?。！？；;](?:\s|$)(?!\s*$)|[。；]|,\s+\w+ing\b|\b(?:we|you|our|your|is|are|will|have|must|looking|required?|responsible|experience (?:in|with|of))\b|[，、].*[，、]|负责|熟悉|要求|我们|公司|具有|具备|精通|掌握|以上",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A part of a text that was not read, or not wholly.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        reason: What was not done with it, in words.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in a text.

    Attributes:
        text: The text; all offsets point into it.
        skills: In order, never overlapping.
        occupations: That of the title first, then those that the text names, in order.
        title: The normalised title, if the text is one or begins with one.
        not_read: What was not read.
    """

    text: str
    skills: tuple[Mention, ...] = ()
    occupations: tuple[Mention, ...] = ()
    title: str | None = None
    not_read: tuple[NotRead, ...] = ()


class TextReader:
    """Texts to the skills and occupations that they name.

    Args:
        skills: Links skills; a `ContextLinker` with the encoder if None.
        occupations: Links occupations; an `OccupationLinker` with the encoder if None.
        encoder: Links what no name equals by its meaning; nothing is linked so if None.
    """

    def __init__(
        self,
        *,
        skills: ContextLinker | None = None,
        occupations: OccupationLinker | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._skills = skills or ContextLinker(encoder=encoder)
        self._occupations = occupations or OccupationLinker(occupation_table(), encoder=encoder)

    def read(self, text: str) -> Reading:
        """Read a title, a sentence or a whole posting.

        Args:
            text: Any text; what is longer than `MOST_CHARACTERS` is told in `not_read`.
        """
        cut = [NotRead(start=MOST_CHARACTERS, end=len(text), reason="longer than what is read of one text")]
        skills: list[Mention] = []
        occupations: list[Mention] = []
        not_read: list[NotRead] = cut if len(text) > MOST_CHARACTERS else []
        title = title_span(text)
        if title:
            occupations += [_moved(one, title[0], text) for one in self._occupations.link_title(text[slice(*title)])]
        named = {(one.span.start, one.span.end) for one in occupations}
        for start, end in pieces(text[:MOST_CHARACTERS]):
            piece = text[start:end]
            skills += [_moved(one, start, text) for one in self._skills.link(piece)]
            found = [_moved(one, start, text) for one in self._occupations.link(piece)]
            occupations += [one for one in found if not (title and _is_within(one, title, named))]
            rest = self._skills.uncompared(piece)
            if rest:
                reason = "more phrases than are compared by meaning; names were linked"
                not_read.append(NotRead(start=start + rest[0], end=start + rest[1], reason=reason))
        works = {(one.span.start, one.span.end) for one in occupations if one.score >= _SURE}
        return Reading(
            text=text,
            skills=tuple(one for one in skills if (one.span.start, one.span.end) not in works),
            occupations=tuple(occupations),
            title=normalise_title(text[slice(*title)]) if title else None,
            not_read=tuple(sorted(not_read, key=lambda part: part.start)),
        )


def title_span(text: str) -> tuple[int, int] | None:
    """Find the title in a text: its first line, if that is short and no sentence, without what only announces it."""
    for line in re.finditer(r"[^\r\n]*[^\s][^\r\n]*", text):
        start, end = line.span()
        named = _NAMED.match(line.group())
        start += named.end() if named else 0
        words = text[start:end].strip()
        is_title = (
            len(words) <= _TITLE_CHARACTERS and len(words.split()) <= _TITLE_WORDS and any(map(str.isalpha, words))
        )
        ends = len(words.split()) > 3 and bool(re.search(r"[.。?？；;]$", words))
        if not is_title or (not named and (ends or _SENTENCE.search(words))):
            return None
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return start, start + len(words)
    return None


def pieces(text: str) -> list[tuple[int, int]]:
    """Part a text at the ends of lines, sentences or words into pieces that are linked one by one."""
    parts, start = [], 0
    while len(text) - start > _PIECE:
        end = start + _PIECE
        for mark in ("\n", "。", ". ", "，", " "):
            at = text.rfind(mark, start + _PIECE // 2, end)
            if at > 0:
                end = at + len(mark)
                break
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))] if start < len(text) else parts


def _is_within(one: Mention, title: tuple[int, int], named: set[tuple[int, int]]) -> bool:
    """Say whether a mention stands in a title whose occupation is known already."""
    return bool(named) and title[0] <= one.span.start and one.span.end <= title[1]


def _moved(mention: Mention, by: int, text: str) -> Mention:
    """Give a mention of a piece as one of the whole text."""
    return replace(mention, span=Span.of(text, mention.span.start + by, mention.span.end + by)) if by else mention
