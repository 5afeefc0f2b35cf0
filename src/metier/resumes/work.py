"""Dated jobs out of the experience section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from metier.records.date import PartialDate
from metier.records.document import Document, Line
from metier.records.profile import Work
from metier.records.span import Span
from metier.resumes.dates import Period, find_period
from metier.resumes.labelled import find_labelled_work
from metier.resumes.role import NO_JOB, cut_pieces, is_name, is_titled, read_role

_MAX_HEADER = 110
_MAX_HAN_HEADER = 46
_MOST = 0.6
_WHOLE = 10
"""Characters beside a period at the front of a line that already tell the job."""
_AFTER_DATE = re.compile(r"\s{3,}\S|\s+[A-Z\u4e00-\u9fff].{9}")
_AT_THE_FRONT = 2
"""Characters before a period that still opens a row of a table."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """The lines of one entry: where its period stands, its header lines, then what was done."""

    period: Period
    period_line: Line
    header: list[Line]
    body: list[Line]


def find_work(document: Document, lines: Sequence[Line]) -> list[Work]:
    """Find the jobs in the lines of an experience section, in the document's order.

    Every entry has a stated period, but for those of labelled lines; a break in the career is no job. Lines before the
    first entry and text that belongs to none are left alone.
    """
    labelled = find_labelled_work(document, lines)
    if labelled:
        return labelled
    return [_work(document, entry) for entry in _entries(document, lines) if not _is_break(document, entry)]


def _entries(document: Document, lines: Sequence[Line]) -> list[_Entry]:
    periods = _openings(document, lines)
    dated = [place for place, period in enumerate(periods) if period is not None]
    is_first = _dates_come_first(document, lines, periods)
    if is_first:
        dated = [place for place in dated if (period := periods[place]) and period.start <= _AT_THE_FRONT]
    entries = []
    taken = 0
    for number, place in enumerate(dated):
        following = dated[number + 1] if number + 1 < len(dated) else len(lines)
        first = place
        while not is_first and first > taken and place - first < 2 and _is_header(document, lines[first - 1]):
            first -= 1
        last = _end_of_header(document, lines, (first, place, following), periods, is_first=is_first)
        end = following
        if number + 1 < len(dated) and not is_first:
            while end > last and following - end < 2 and _is_header(document, lines[end - 1]):
                end -= 1
        period = periods[place]
        if period is not None:
            entries.append(_Entry(period, lines[place], list(lines[first:last]), list(lines[last:end])))
        taken = end
    return entries


def _end_of_header(
    document: Document,
    lines: Sequence[Line],
    bounds: tuple[int, int, int],
    periods: Sequence[Period | None],
    *,
    is_first: bool,
) -> int:
    """Give the line after the header: at most two below the period, none once title and employer are told."""
    first, place, following = bounds
    period = periods[place]
    beside = _text(document, lines[place])[period.end if period else 0 :].strip()
    if is_first and len(beside) >= _WHOLE and beside[0] not in ",(（，" and not is_name(beside):
        return place + 1
    has_title = any(is_titled(_text(document, line)) for line in lines[first : place + 1])
    last = place + 1
    while (
        last < following
        and last - place <= 2
        and _is_header(document, lines[last])
        and not _is_told(document, lines[first:last], place - first, period)
        and (is_first or not _is_late(document, lines, last, following, has_title=has_title))
    ):
        last += 1
    return last


def _is_told(document: Document, header: Sequence[Line], place: int, period: Period | None) -> bool:
    pieces = [
        piece
        for number, line in enumerate(header)
        for piece in _pieces(document, line, period if number == place else None)
    ]
    role = read_role(document.text, pieces)
    return role.position is not None and role.employer is not None


def _openings(document: Document, lines: Sequence[Line]) -> list[Period | None]:
    """Give each line's period where it opens an entry; bullets open none beside other lines that do."""
    periods = []
    for number, line in enumerate(lines):
        period = find_period(_text(document, line))
        goes_on = number > 0 and _is_cut_off(document, lines[number - 1], line)
        periods.append(period if period and not goes_on and _may_open(line, period) else None)
    kinds = {line.kind == "list_item" for line, period in zip(lines, periods, strict=True) if period}
    return [
        None if line.kind == "list_item" and kinds == {True, False} else period
        for line, period in zip(lines, periods, strict=True)
    ]


def _is_cut_off(document: Document, before: Line, line: Line) -> bool:
    """Say whether a line goes on with the bullet above it: an unfinished one, and the line names no work."""
    text = _text(document, line)
    is_open = before.kind == "list_item" and not _text(document, before).endswith((".", "。", "；", ";"))
    return (
        is_open and line.kind == "paragraph" and not line.is_bold and bool(re.search(r"\w.*\b(?:since|from)\b", text))
    )


def _dates_come_first(document: Document, lines: Sequence[Line], periods: Sequence[Period | None]) -> bool:
    """Say whether each entry begins with its period: the first line is one, or the periods stand in a column."""
    dated = [(line, period) for line, period in zip(lines, periods, strict=True) if period]
    if not dated:
        return False
    fronted = [(line, period) for line, period in dated if period.start <= _AT_THE_FRONT]
    columned = [line for line, period in fronted if _AFTER_DATE.match(document.text, line.start + period.end, line.end)]
    if periods[0] is not None and periods[0].start <= _AT_THE_FRONT and len(fronted) >= _MOST * len(dated):
        return True
    return len(columned) > 1 and len(columned) >= _MOST * len(dated)


def _may_open(line: Line, period: Period) -> bool:
    """A period opens an entry where it is most of a short line or the front of a table's row, not inside a sentence."""
    rest = line.end - line.start - (period.end - period.start)
    if line.kind == "table_row" and period.start <= _AT_THE_FRONT:
        return True
    return line.kind != "list_item" or rest < 60 if rest <= _MAX_HEADER else False


def _is_header(document: Document, line: Line) -> bool:
    text = _text(document, line).strip()
    is_han = any("\u4e00" <= character <= "\u9fff" for character in text)
    if line.kind == "list_item" or len(text) > (_MAX_HAN_HEADER if is_han else _MAX_HEADER) or "@" in text:
        return False
    if text.endswith((".", "。", "；", ";", "！", "!", ",", "，")) and not re.search(
        r"\b(?:ltd|inc|co|s\.a|p\.l\.c)\.$", text, re.IGNORECASE
    ):
        return False
    if line.is_bold or line.kind == "heading":
        return True
    return len(text.split()) <= 14 and not re.match(r"[a-z(]|\d+[.、]\s?\D|\d+）", text)


def _is_late(document: Document, lines: Sequence[Line], place: int, following: int, *, has_title: bool) -> bool:
    """A line right above the next period belongs to the next entry, unless it is the only title of this one."""
    return (
        following < len(lines)
        and following - place <= 1
        and (has_title or not is_titled(_text(document, lines[place])))
    )


def _is_break(document: Document, entry: _Entry) -> bool:
    """Say whether an entry tells of time away from work, and of nothing beside it."""
    pieces = [piece for line in entry.header for piece in _entry_pieces(document, line, entry)]
    return any(NO_JOB.match(piece.text) for piece in pieces) and read_role(document.text, pieces).position is None


def _work(document: Document, entry: _Entry) -> Work:
    role = read_role(document.text, [piece for line in entry.header for piece in _entry_pieces(document, line, entry)])
    told = (role.position is not None) + (role.employer is not None)
    return Work(
        span=Span.of(document.text, entry.header[0].start, (entry.body or entry.header)[-1].end),
        confidence=(0.4, 0.7, 0.9)[told],
        name=role.employer,
        position=role.position,
        location=role.location,
        start_date=entry.period.first,
        end_date=entry.period.last,
        is_current=entry.period.is_current,
        highlights=tuple(Span.of(document.text, line.start, line.end) for line in entry.body),
    )


def _entry_pieces(document: Document, line: Line, entry: _Entry) -> list[Span]:
    return _pieces(document, line, entry.period if line is entry.period_line else None)


def _pieces(document: Document, line: Line, period: Period | None) -> list[Span]:
    hole = (line.start + period.start, line.start + period.end) if period else None
    return cut_pieces(document.text, line.start, line.end, hole)


def _text(document: Document, line: Line) -> str:
    return document.text[line.start : line.end]


def latest_first(work: Sequence[Work]) -> list[Work]:
    """Order jobs by when they ended, current ones first; equal ones keep the document's order."""

    def key(entry: Work) -> tuple[int, PartialDate]:
        return (1 if entry.is_current else 0, entry.end_date or entry.start_date or PartialDate(year=1))

    return sorted(work, key=key, reverse=True)
