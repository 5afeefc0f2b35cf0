"""Entries of education."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metier.graph.education import find_education
from metier.records.document import Document, Line
from metier.records.profile import Education
from metier.records.span import Found, Span
from metier.resumes.dates import find_date, find_period

_INSTITUTION = re.compile(
    r"\b(?:university|college|school|institute|academy|polytechnic|universit\w+|universidad|université|hochschule|fachhochschule|berufsschule|gymnasium"
    r"|lyc[eé]e|politechnika|conservatoire|trust)\b(?:(?!\s{2}|\s[-–—]\s|\s(?:19|20)\d\d)[^,;|·•\n\t（(])*|[\u4e00-\u9fff]{2,16}(?:大学|學院|学院|學校|学校|中学|技校|職校|职校|中专)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:from|at)\s+|\s[-–—]\s+|\s{2,}|(?:19|20)\d\d\s+")
_AREA_AFTER_LEVEL = re.compile(r"\s*\|?\s*([A-Z][\w &'’-]{2,48}?)(?=\s*(?:[,;|(·•\n–—]|\s[-–]\s|\s{2}|\d|$))")
_ENDS = ",;|·•\n\t（("
_HAN = re.compile(r"[\u4e00-\u9fff]")
_AREA = re.compile(
    r"\b(?:in|of) ([A-Z](?:(?! in )[\w &'’-]){2,48}?)(?=\s*(?:[,;|(·•\n–—]|\s[-–]\s|\d|$|\bat\b|\bfrom\b))"
)
_HAN_AREA = re.compile(
    r"(?:专业[:：]?\s*([\u4e00-\u9fff]{2,14})|([\u4e00-\u9fff]{2,14}?)(?:专业|系)(?=[\s·，,（(|｜]|$))"
)


def find_education_entries(document: Document, lines: Sequence[Line]) -> list[Education]:
    """Find the entries in the lines of an education section, in the document's order.

    An entry opens with a line that names a level or an institution which the entry before it has already named.
    """
    groups: list[list[Line]] = []
    named: set[str] = set()
    for line in lines:
        marks = _marks(document.text[line.start : line.end])
        if marks and (not groups or marks & named):
            groups.append([line])
            named = set(marks)
        elif groups:
            groups[-1].append(line)
            named |= marks
    return [_entry(document, group) for group in groups]


def _marks(text: str) -> set[str]:
    marks = {"level"} if find_education(text) else set()
    if _INSTITUTION.search(text):
        marks.add("institution")
    if find_period(text) or (marks and find_date(text)):
        marks.add("date")
    return marks


def _entry(document: Document, lines: Sequence[Line]) -> Education:
    span = Span.of(document.text, lines[0].start, lines[-1].end)
    levels = find_education(span.text)
    period = next(filter(None, (find_period(document.text[line.start : line.end]) for line in lines)), None)
    single = find_date(span.text) if period is None else None
    institution = _institution(span.text)
    best = max(levels, key=lambda level: _rank(level.value), default=None)
    return Education(
        span=span,
        confidence=0.9 if best and institution else 0.6,
        institution=_found(document, span, *institution) if institution else None,
        area=_area(document, span, institution or (0, 0), after=best.span.end if best and best.span else None),
        study_type=_found(document, span, best.span.start, best.span.end) if best and best.span else None,
        level=best.value if best else None,
        start_date=period.first if period else None,
        end_date=period.last if period else (single[0] if single else None),
    )


def _rank(level: str) -> int:
    return ("none", "school", "upper_secondary", "vocational", "associate", "bachelor", "master", "doctorate").index(
        level
    )


def _institution(text: str) -> tuple[int, int] | None:
    """Find the name of a school: the phrase around a word such as `college`, within its commas."""
    found = _INSTITUTION.search(text)
    if found is None:
        return None
    start = (
        found.start() if _HAN.match(found.group()) else max(text.rfind(mark, 0, found.start()) for mark in _ENDS) + 1
    )
    for lead in _LEAD.finditer(text, start, found.start()):
        start = lead.end()
    return start, found.end()


def _area(document: Document, span: Span, institution: tuple[int, int], *, after: int | None) -> Found[str] | None:
    """Find what was studied, also right after the level: `BSc Nursing`; `University of Leeds` names no area."""
    for pattern in (_AREA, _HAN_AREA):
        for named in pattern.finditer(span.text):
            start, end = named.span(1 if named.group(1) else 2)
            if not institution[0] <= start < institution[1]:
                return _found(document, span, start, end)
    beside = _AREA_AFTER_LEVEL.match(span.text, after) if after is not None else None
    if beside and not institution[0] <= beside.start(1) < institution[1]:
        return _found(document, span, *beside.span(1))
    return None


def _found(document: Document, within: Span, start: int, end: int) -> Found[str] | None:
    while start < end and within.text[start] in " ,;|·•–—-\n\t":
        start += 1
    while end > start and within.text[end - 1] in " ,;|·•–—-\n\t":
        end -= 1
    if end - start < 2:
        return None
    span = Span.of(document.text, within.start + start, within.start + end)
    return Found(value=" ".join(span.text.split()), span=span, confidence=0.8)
