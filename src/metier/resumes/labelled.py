"""Jobs told by labels: `company - X`, `Client: …`, `Role: …`, `Duration: Jan 2014 – Till date`, in any order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from metier.records.date import PartialDate
from metier.records.document import Document, Line
from metier.records.profile import Work
from metier.records.span import Found, Span
from metier.resumes.dates import Period, find_period
from metier.resumes.role import is_place, is_titled

_LABELS = (
    ("company", r"company(?: name)?|employer|organi[sz]ation(?: name)?|name of (?:the )?(?:organi[sz]ation|company)"),
    ("client", r"client(?: name)?"),
    ("project", r"project(?: name| title)?(?: ?#? ?\d{1,2})?|project ?[#-] ?\d{1,2}"),
    ("role", r"role|designation|position|job title|title"),
    ("period", r"duration|period|tenure|dates?"),
    ("description", r"description|responsibilit(?:y|ies)|environment|team size|technolog(?:y|ies)|location"),
)
_LABEL = re.compile(
    r"\s*(?:\(?\d{1,2}[.)]\s*)?(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS)
    + r")\s*(?:[:：]|\s[-–]\s)\s*",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:\s{2,}|[,;|]\s*|\s)(?=(?:Role|Designation|Position|Duration|Period|Location|Client|Project)\s*[:：])"
)
_ENDS = re.compile(r"\s{3,}|\t|\s*[|;]|\s+[-–]\s|\.$|\s*:|\s\(")
_NEAR = 6
"""Lines after the first that may hold the period of an entry without its label."""
_MAX_VALUE = 90
_MAX_TITLE = 60
_FEW = 4

_Labelled = tuple[str, int, int, Line]
"""Label, start and end of what stands after it, and its line."""


def find_labelled_work(document: Document, lines: Sequence[Line]) -> list[Work]:
    """Find the jobs of lines with labels; none where the labels are not the order of the section.

    An entry opens at each company; where none is labelled, at each client or project.
    """
    labels = [label for line in lines for label in _labels(document, line)]
    names = {name for name, *_ in labels}
    opener = next((name for name in ("company", "client", "project") if name in names), None)
    if opener is None or not names & {"period", "description", "client", "project"} - {opener}:
        return []
    opening = [line.start for name, _, _, line in labels if name == opener]
    bounds = [*opening, lines[-1].end + 1]
    entries = []
    for first, last in pairwise(bounds):
        inside = [line for line in lines if first <= line.start < last]
        entries.append(_work(document, inside, [label for label in labels if first <= label[3].start < last], opener))
    return entries


def _labels(document: Document, line: Line) -> list[_Labelled]:
    """Find the labels of a line, also several on one: `Role: Tester   Duration: 2 months`."""
    text = document.text[line.start : line.end]
    cuts = [0, *(mark.end() for mark in _INNER.finditer(text)), len(text)]
    found = []
    for first, last in pairwise(cuts):
        label = _LABEL.match(text, first, last)
        if label and label.lastgroup:
            found.append((label.lastgroup, line.start + label.end(), line.start + last, line))
    return found


def _work(document: Document, lines: Sequence[Line], labels: Sequence[_Labelled], opener: str) -> Work:
    employer = _value(document, labels, (opener,))
    position = _value(document, labels, ("role",)) or _title(document, labels, employer)
    period = _period(document, lines, labels)
    return Work(
        span=Span.of(document.text, lines[0].start, lines[-1].end),
        confidence=0.85 if position and employer and period else 0.6,
        name=employer if opener != "project" else None,
        position=position,
        start_date=period.first if period else None,
        end_date=period.last if period else None,
        is_current=period.is_current if period else False,
        highlights=tuple(Span.of(document.text, line.start, line.end) for line in lines[1:]),
    )


def _value(document: Document, labels: Sequence[_Labelled], names: Sequence[str]) -> Found[str] | None:
    for name, start, end, _ in labels:
        text = document.text[start:end]
        cut = _ENDS.search(text)
        bare = (text[: cut.start()] if cut else text).strip(" .,-–:")
        is_told = 1 < len(bare) <= _MAX_VALUE and (
            (is_titled(bare) or len(bare.split()) <= _FEW) if name == "role" else not is_place(bare)
        )
        if name in names and is_told and not find_period(bare):
            first = start + text.index(bare)
            return Found(value=bare, span=Span.of(document.text, first, first + len(bare)), confidence=0.8)
    return None


def _title(document: Document, labels: Sequence[_Labelled], employer: Found[str] | None) -> Found[str] | None:
    """Take a description that is but a title, or the line `TITLE - EMPLOYER` that stands elsewhere."""
    for name, start, end, _ in labels:
        text = document.text[start:end].strip(" .")
        if name == "description" and len(text) <= _MAX_TITLE and is_titled(text) and len(text.split()) <= _FEW:
            return Found(value=text, span=Span.of(document.text, start, start + len(text)), confidence=0.7)
    for line in document.lines if employer else ():
        text = document.text[line.start : line.end].rstrip(" .")
        stem = text.removesuffix(employer.value).rstrip() if employer else text
        bare = stem.rstrip("-–").rstrip()
        if stem != text and stem.endswith(("-", "–")) and len(bare) <= _MAX_TITLE and is_titled(bare):
            return Found(value=bare, span=Span.of(document.text, line.start, line.start + len(bare)), confidence=0.8)
    return None


def _period(document: Document, lines: Sequence[Line], labels: Sequence[_Labelled]) -> Period | None:
    """Give the period that a label names, the earliest to the latest of several; else one near the head of the entry."""
    labelled = [
        found for name, start, end, _ in labels if name == "period" and (found := find_period(document.text[start:end]))
    ]
    if labelled:
        return _spanning(labelled)
    texts = [document.text[line.start : line.end] for line in lines[:_NEAR]]
    return next(
        (found for text in texts if len(text) <= _MAX_VALUE + _MAX_TITLE and (found := find_period(text))), None
    )


def _spanning(periods: Sequence[Period]) -> Period:
    first = min(periods, key=lambda period: period.first.first_day() if period.first else dt.date.max)
    is_current = any(period.is_current for period in periods)
    last = max((period.last for period in periods if period.last), key=PartialDate.last_day, default=None)
    return replace(first, last=None if is_current else last, is_current=is_current)
