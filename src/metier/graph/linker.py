"""Find the skills that a text names, by the label tables: longest name first, exact offsets, no prose for names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from metier.graph.fold import BOUNDARY, Token, fold_once
from metier.graph.negation import is_negated
from metier.graph.skill_table import Form, SkillTable, skill_table
from metier.records.skill import Mention, Skill
from metier.records.span import Span

NEAR_BROADER = 0.6
NEAR_SIBLING = 0.35
"""Nearness by the table's relation, by hand: the wider skill says more than a sister under the same wider one."""

_CUE_BEFORE = re.compile(
    r"(?:\b(?:MS|Microsoft|Office|Apache|Adobe|Apple|Oracle|Google|SQL|programming in|develop\w* (?:in|with)|written in|writing|cod(?:e|ing) in"
    r"|(?:experience|expertise|skills?|background|fluen\w+|proficien\w+|competen\w+|skilled|expert|knowledge|understanding|familiarity|familiar|training|use|users?|command|mastery)"
    r" (?:with|in|of|using)|using|learn|languages?|tools?|technologies|software|stack|frameworks?|Kenntnisse in)[:\s]*"
    r"|(?:熟悉|精通|掌握|使用|运用|熟练|了解|会用|擅长|语言|软件)[:：\s]*)$",
    re.IGNORECASE,
)
_CUE_AFTER = re.compile(
    r"\s*(?:\(?\d+(?:\.[\dx]+)*\+?\b|\(?Golang|(?:programming|language|developers?|development|engineers?|frameworks?|script\w*|cod(?:e|ing)|lang|spreadsheets?"
    r"|workbooks?|pivot|macros?|formulas?|VBA|skills?|certified|databases?|backend|back-end|front-?end|apps?|API|Server|Kenntnisse)\b|语言|开发|编程|工程师|表格|函数|透视|软件|技能|后端|项目)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s\d.+]*(?:[,/、，;；|•·&()\n]+|\band\b|\bor\b|和|与|及|以及|或)+\s*(?:and |or )?[\s(]*")
_ALONE_BEFORE = re.compile(r"(?:^|[\n•·●|\t])[\s\-*–•·●]*$")
_ALONE_AFTER = re.compile(r"\s*(?:[(（:：-][^\n]{0,30})?(?:$|[\n|\t])")
_PROSE_AFTER = re.compile(r"[ \t]+(?!and\b|or\b|skills?\b)[a-z]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[!-?A-~]+@[!-~]+|[A-Za-z][\w-]*\.(?:com|org|io|cn|net)/[!-~]+", re.ASCII
)
"""A web or mail address: `github.com/rust` names no skill."""
_LOOK = 40
_REMEMBERED = 500_000
"""Pairs of skills whose nearness is kept for the next query."""


class _Match(NamedTuple):
    start: int
    end: int
    form: Form


class SkillLinker:
    """A `SkillGraph` on label tables; nothing is learned, the same text gives the same mentions.

    Args:
        table: The skills; the table that ships if None.
    """

    def __init__(self, table: SkillTable | None = None) -> None:
        self._given = table
        self._near: dict[tuple[str, str], float] = {}

    @property
    def _table(self) -> SkillTable:
        return self._given or skill_table()

    def link(self, text: str) -> list[Mention]:
        """Find the skills that a text names, in order, never overlapping; offsets point into the text."""
        addresses = [found.span() for found in _ADDRESS.finditer(text)]
        matches = [match for match in self._matches(fold_once(text)) if not _lies_in(match, addresses)]
        sure = _longest([match for match in matches if _is_written_so(text, match)])
        sure = self._with_doubtful(text, matches, sure)
        return [self._mention(text, match) for match in sure if match.form.uri]

    def nearness(self, uri: str, other: str) -> float:
        """Say how near two skills are: 1 the same, 0.6 one directly wider, 0.35 under the same wider one, else 0."""
        near = self._near.get((uri, other))
        if near is None:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            near = self._near[uri, other] = self._nearness(uri, other)
        return near

    def _nearness(self, uri: str, other: str) -> float:
        if uri == other:
            return 1.0
        wider, others_wider = self._table.broader(uri), self._table.broader(other)
        if other == wider or uri == others_wider:
            return NEAR_BROADER
        return NEAR_SIBLING if wider is not None and wider == others_wider else 0.0

    def specificity(self, uri: str) -> float:
        """Say how much a skill tells about a person, 0 (everybody's) to 1; see `SkillTable.specificity`."""
        return self._table.specificity(uri)

    def skill(self, uri: str) -> Skill:
        """Give a skill by its URI.

        Raises:
            NotFoundError: No skill has that URI.
        """
        return self._table.skill(uri)

    def _matches(self, tokens: Sequence[Token]) -> list[_Match]:
        """Give every place where a form stands, overlapping ones too."""
        forms, longest = self._table.forms, self._table.longest
        found = []
        for first, token in enumerate(tokens):
            limit = longest.get(token.stem, 0)
            key = ""
            for last in range(first, min(first + limit, len(tokens))):
                if tokens[last].folded == BOUNDARY:
                    break
                key = f"{key} {tokens[last].stem}" if key else token.stem
                known = forms.get(key)
                if known:
                    folded = " ".join([part.folded for part in tokens[first : last + 1]])
                    form = next((form for form in known if form.folded == folded), known[0] if last > first else None)
                    if form:
                        found.append(_Match(token.start, tokens[last].end, form))
        return found

    def _with_doubtful(self, text: str, matches: list[_Match], sure: list[_Match]) -> list[_Match]:
        """Add the matches that only stand for a skill among other technical words."""
        taken = [(match.start, match.end) for match in sure]
        doubtful = [match for match in matches if match.form.case != "any" and not _lies_in(match, taken)]
        tools = [match for match in sure if self._table.is_tool(match.form.uri)]
        for _ in range(2):  # a second round, for a list that begins with a doubtful one
            accepted = [match for match in doubtful if self._is_meant(text, match, tools, doubtful)]
            tools += [match for match in accepted if match not in tools]
        return _longest(sure + [match for match in doubtful if match in tools])

    def _is_meant(self, text: str, match: _Match, tools: list[_Match], doubtful: list[_Match]) -> bool:
        surface = text[match.start : match.end]
        if surface not in (match.form.surface, match.form.surface.upper()) and not _has_neighbour(text, match, tools):
            return False
        if surface.islower() and match.form.case == "context" and len(surface) == 1:
            return False
        before, after = text[max(0, match.start - _LOOK) : match.start], text[match.end : match.end + _LOOK]
        if _CUE_BEFORE.search(before) or _CUE_AFTER.match(after):
            return True
        if _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after):
            return True
        exact = [
            other
            for other in doubtful
            if other.form.case == "exact" or text[other.start : other.end] == other.form.surface
        ]
        return _has_neighbour(text, match, tools + [other for other in exact if other != match])

    def _mention(self, text: str, match: _Match) -> Mention:
        return Mention(
            span=Span.of(text, match.start, match.end),
            uri=match.form.uri,
            preferred_label=self._table.label(match.form.uri),
            score=match.form.score * (0.85 if match.form.case == "context" else 1.0),
            reason=match.form.reason,
            is_negated=is_negated(text, match.start, match.end),
        )


def _is_written_so(text: str, match: _Match) -> bool:
    """Say whether a match needs no look around: any case will do, or the case is right and no verb opens a sentence."""
    form = match.form
    if form.case == "any":
        return True
    if form.case == "context" or text[match.start : match.end] != form.surface:
        return False
    before = text[: match.start].rstrip(" \t")
    opens = not before or before[-1] in ".!?\n•·-*。！？:："
    return not (opens and form.surface.istitle() and _PROSE_AFTER.match(text, match.end))


def _lies_in(match: _Match, spans: list[tuple[int, int]]) -> bool:
    return any(match.start < end and start < match.end for start, end in spans)


def _has_neighbour(text: str, match: _Match, others: list[_Match]) -> bool:
    """Say whether another one stands beside a match in a list, parted by a comma, a slash or `and`."""
    return any(
        (0 <= other.start - match.end <= _LOOK and _BETWEEN.fullmatch(text[match.end : other.start]))
        or (0 <= match.start - other.end <= _LOOK and _BETWEEN.fullmatch(text[other.end : match.start]))
        for other in others
    )


def _longest(matches: list[_Match]) -> list[_Match]:
    """Keep the longest of overlapping matches, the first of equally long ones; in the text's order."""
    kept: list[_Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        places = range(match.start, match.end)
        if taken.isdisjoint(places):
            kept.append(match)
            taken.update(places)
    return sorted(kept, key=lambda match: match.start)
