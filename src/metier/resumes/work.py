"""Dated jobs out of the experience section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from metier.graph.place import find_places
from metier.records.date import PartialDate
from metier.records.document import Document, Line
from metier.records.place import Place
from metier.records.profile import Work
from metier.records.span import Found, Span
from metier.resumes.dates import Period, find_period

TITLE = re.compile(
    r"\b(?:engineer|developer|programmer|architect|analyst|scientist|administrator|technician|technologist|specialist|consultant|adviser|advisor|manager|director|head|lead|leader"
    r"|officer|executive|assistant|associate|coordinator|supervisor|foreman|forewoman|operator|operative|driver|courier|mechanic|fitter|welder|fabricator|machinist|electrician|plumber"
    r"|carpenter|joiner|bricklayer|painter|labourer|laborer|apprentice|trainee|intern|nurse|sister|midwife|carer|caregiver|aide|support worker|therapist|physiotherapist|pharmacist|dispenser"
    r"|dentist|doctor|physician|paramedic|teacher|tutor|lecturer|professor|instructor|trainer|educator|practitioner|nanny|social worker|counsell?or|keyworker|case ?worker"
    r"|chef|cook|commis|baker|butcher|waiter|waitress|server|bartender|barista|porter|housekeeper|cleaner|janitor|receptionist|concierge|host|guard|steward"
    r"|cashier|clerk|secretary|bookkeeper|accountant|auditor|controller|buyer|planner|representative|rep|agent|broker|recruiter|partner|paralegal|lawyer|solicitor|attorney|counsel"
    r"|designer|illustrator|writer|editor|copywriter|journalist|translator|interpreter|marketer|strategist|photographer|stylist|hairdresser|barber|beautician"
    r"|surveyor|inspector|estimator|draughtsman|draftsman|picker|packer|handler|farmhand|farm worker|gardener|groundskeeper|groundsman|worker|hand|loader|warehouseman|banksman"
    r"|owner|founder|volunteer|researcher|fellow|student|tester|scrum master|product owner|devops|sre|QA|HCA|RN|LPN|TA|PA)\b"
    r"|(?:师|师傅|员|工|经理|主管|总监|主任|组长|班长|司机|助理|会计|出纳|教师|老师|护士|护士长|医生|厨师|厨师长|店长|队长|厂长|校长|园长|班主任|专员|顾问|代表|实习生|文员|前台|客服|架构师|负责人|技术员|焊工|电工|钳工|头锅|炉头|炒锅|打荷|學徒|學員|專員|主管|經理|組長|工程師)(?:\s*[（(].{0,16}[）)]?)?$",
    re.IGNORECASE,
)  # fmt: skip
_EMPLOYER = re.compile(
    r"\b(?:ltd|limited|llc|inc|corp|corporation|plc|gmbh|ag|kg|b\.?v|s\.?a|s\.?r\.?l|s\.?p\.?a|oy|ab|a/s|pty|llp|co|company|group|holdings?|partners|associates|services|solutions|systems|technologies"
    r"|hospital|clinic|surgery|trust|NHS|school|academy|college|university|institute|nursery|kindergarten|council|county|city of|ministry|department|agency|bank|hotel|restaurant|bistro|brasserie|kitchen"
    r"|logistics|transport|haulage|construction|builders|motors|foods?|farms?|stores?|supermarket|salon|studios?|labs?|foundation|charity|centre|center|care|homes?|church|works|industries)\b"
    r"|(?:公司|集团|医院|学校|中学|小学|幼儿园|大学|学院|酒店|饭店|餐厅|酒楼|银行|工厂|制造|科技|物流|事务所|中心|局|研究院|厂|店|園|館)$",
    re.IGNORECASE,
)  # fmt: skip
_SEPARATOR = re.compile(
    r"\s*(?:\s[|–—•·‖]\s|\t+|\s{3,}|\s+@\s+|[|·•]|\s[-–—]+\s|\s+(?:at|bei|chez)\s+(?=[A-Z])|[｜／]|，(?=[\u4e00-\u9fff]{2,}))\s*"
)
_COMMA = re.compile(r",\s+")
_HAN_SEPARATOR = re.compile(r"[\s　/]+|——?")
_LEAD = re.compile(
    r"^(?:title|position|role|company|employer|company name|job title|岗位|职位|职务|公司|单位|公司名称|工作单位|所任职位|担任职位|company -|employer -)\s*[:：\-]\s*",
    re.IGNORECASE,
)
_MAX_HEADER = 110
_MAX_HAN_HEADER = 46
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

    Every entry has a stated period; lines before the first one and text that belongs to no period are left alone.
    """
    return [_work(document, entry) for entry in _entries(document, lines)]


def _entries(document: Document, lines: Sequence[Line]) -> list[_Entry]:
    periods = [find_period(document.text[line.start : line.end]) for line in lines]
    dated = [
        place
        for place, period in enumerate(periods)
        if period is not None and _may_open(document, lines[place], period)
    ]
    entries = []
    taken = 0
    for number, place in enumerate(dated):
        first = place
        while first > taken and place - first < 2 and _is_header(document, lines[first - 1]):
            first -= 1
        is_titled = any(TITLE.search(document.text[line.start : line.end]) for line in lines[first : place + 1])
        following = dated[number + 1] if number + 1 < len(dated) else len(lines)
        last = place + 1
        while (
            last < following
            and last - place <= 2
            and _is_header(document, lines[last])
            and not _is_late(document, lines, last, following, is_titled=is_titled)
        ):
            last += 1
        end = following
        if number + 1 < len(dated):
            while end > last and following - end < 2 and _is_header(document, lines[end - 1]):
                end -= 1
        period = periods[place]
        if period is not None:
            entries.append(
                _Entry(
                    period=period, period_line=lines[place], header=list(lines[first:last]), body=list(lines[last:end])
                )
            )
        taken = end
    return entries


def _may_open(document: Document, line: Line, period: Period) -> bool:
    """A period opens an entry where it is most of a short line or the front of a table's row, not inside a sentence."""
    text = document.text[line.start : line.end]
    rest = len(text) - (period.end - period.start)
    if line.kind == "table_row" and period.start <= _AT_THE_FRONT:
        return True
    return line.kind != "list_item" or rest < 60 if rest <= _MAX_HEADER else False


def _is_header(document: Document, line: Line) -> bool:
    text = document.text[line.start : line.end].strip()
    is_han = any("\u4e00" <= character <= "\u9fff" for character in text)
    if line.kind == "list_item" or len(text) > (_MAX_HAN_HEADER if is_han else _MAX_HEADER):
        return False
    if text.endswith((".", "。", "；", ";", "！", "!", ",", "，")) and not re.search(
        r"\b(?:ltd|inc|co|s\.a|p\.l\.c)\.$", text, re.IGNORECASE
    ):
        return False
    if line.is_bold or line.kind == "heading":
        return True
    return len(text.split()) <= 14 and not re.match(r"[a-z(]|\d+[.、)）]", text)


def _is_late(document: Document, lines: Sequence[Line], place: int, following: int, *, is_titled: bool) -> bool:
    """A line right above the next period belongs to the next entry, unless it is the only title of this one."""
    return (
        following < len(lines)
        and following - place <= 1
        and (is_titled or not TITLE.search(document.text[lines[place].start : lines[place].end]))
    )


def _work(document: Document, entry: _Entry) -> Work:
    pieces = [piece for line in entry.header for piece in _pieces(document, line, entry)]
    position = _position(document, pieces)
    employer = _employer(document, pieces, position)
    end = (entry.body or entry.header)[-1].end
    span = Span.of(document.text, entry.header[0].start, end)
    highlights = tuple(Span.of(document.text, line.start, line.end) for line in entry.body)
    return Work(
        span=span,
        confidence=0.9 if position and employer else 0.7 if position or employer else 0.4,
        name=employer,
        position=position,
        location=_location(document, entry.header, employer),
        start_date=entry.period.first,
        end_date=entry.period.last,
        is_current=entry.period.is_current,
        highlights=highlights,
    )


def _pieces(document: Document, line: Line, entry: _Entry) -> list[Span]:
    """Cut a header line into what stands between separators, its period left out."""
    text = document.text[line.start : line.end]
    holes = [(entry.period.start, entry.period.end)] if line is entry.period_line else []
    bounds = []
    start = 0
    for first, last in [*holes, (len(text), len(text))]:
        bounds.append((start, first))
        start = last
    pieces = []
    for first, last in bounds:
        cut = first
        for mark in _SEPARATOR.finditer(text, first, last):
            pieces.append((cut, mark.start()))
            cut = mark.end()
        pieces.append((cut, last))
    spans = [_trimmed(document.text, line.start + first, line.start + last) for first, last in pieces]
    return [span for span in spans if span is not None]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "|,;:()（）[]-–—·•，：、*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "|,;:(（[-–—·•，：、*"):
        end -= 1
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    return Span.of(text, start, end) if end - start > 1 else None


def _position(document: Document, pieces: Sequence[Span]) -> Found[str] | None:
    for span in pieces:
        if TITLE.search(span.text) and not (_EMPLOYER.search(span.text) and not TITLE.search(_last_words(span.text))):
            return _found(document, _title_part(document.text, span))
    for span in pieces:
        for part in _han_parts(document.text, span):
            if TITLE.search(part.text) and not _EMPLOYER.search(part.text):
                return _found(document, part)
    return None


def _last_words(text: str) -> str:
    return " ".join(_COMMA.split(text)[0].split()[-2:])


def _title_part(text: str, span: Span) -> Span:
    """Keep the comma-separated part that holds the title: `Staff Nurse, St Mary's Hospital`."""
    comma = _COMMA.search(span.text)
    if comma is None:
        parts = _han_parts(text, span)
        titled = [part for part in parts if TITLE.search(part.text) and not _EMPLOYER.search(part.text)]
        return titled[0] if len(parts) > 1 and titled else span
    head, tail = span.text[: comma.start()], span.text[comma.end() :]
    if TITLE.search(head) and (_EMPLOYER.search(tail) or find_places(tail) or not TITLE.search(tail)):
        return Span.of(text, span.start, span.start + comma.start())
    if TITLE.search(tail) and not TITLE.search(head):
        return Span.of(text, span.start + comma.end(), span.end)
    return span


def _han_parts(text: str, span: Span) -> list[Span]:
    if not any("\u4e00" <= character <= "\u9fff" for character in span.text):
        return [span]
    parts, cut = [], 0
    for mark in _HAN_SEPARATOR.finditer(span.text):
        parts.append((cut, mark.start()))
        cut = mark.end()
    parts.append((cut, len(span.text)))
    spans = [_trimmed(text, span.start + first, span.start + last) for first, last in parts]
    return [part for part in spans if part is not None]


def _employer(document: Document, pieces: Sequence[Span], position: Found[str] | None) -> Found[str] | None:
    rest: list[Span] = []
    for span in pieces:
        for part in _without(document.text, span, position.span if position else None):
            rest += _han_parts(document.text, part)
    named = [span for span in rest if _EMPLOYER.search(_COMMA.split(span.text)[0])]
    if named:
        return _found(document, _first_part(document.text, named[0]))
    first = [_first_part(document.text, span) for span in rest]
    plain = [
        span for span in first if not find_places(span.text) and any(map(str.isalpha, span.text)) and len(span.text) > 2
    ]
    return _found(document, plain[0], confidence=0.6) if plain else None


def _without(text: str, span: Span, hole: Span | None) -> list[Span]:
    if hole is None or hole.end <= span.start or span.end <= hole.start:
        return [span]
    parts = [_trimmed(text, span.start, max(span.start, hole.start)), _trimmed(text, min(hole.end, span.end), span.end)]
    return [part for part in parts if part is not None]


def _first_part(text: str, span: Span) -> Span:
    """Leave the place after the comma out of an employer's name."""
    comma = _COMMA.search(span.text)
    if comma and find_places(span.text[comma.end() :]):
        return Span.of(text, span.start, span.start + comma.start())
    return span


def _location(document: Document, header: Sequence[Line], employer: Found[str] | None) -> Found[Place] | None:
    for line in header:
        for found in find_places(document.text[line.start : line.end]):
            if found.span is None:
                continue
            start, end = line.start + found.span.start, line.start + found.span.end
            inside = employer and employer.span and employer.span.start <= start < employer.span.end
            if not inside:
                return Found(value=found.value, span=Span.of(document.text, start, end), confidence=0.7)
    return None


def _found(document: Document, span: Span, *, confidence: float = 0.85) -> Found[str]:
    return Found(value=span.text, span=Span.of(document.text, span.start, span.end), confidence=confidence)


def latest_first(work: Sequence[Work]) -> list[Work]:
    """Order jobs by when they ended, current ones first; equal ones keep the document's order."""

    def key(entry: Work) -> tuple[int, PartialDate]:
        return (1 if entry.is_current else 0, entry.end_date or entry.start_date or PartialDate(year=1))

    return sorted(work, key=key, reverse=True)
