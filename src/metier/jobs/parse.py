"""A raw posting to a cleaned job."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from metier.documents.html import html_to_text
from metier.documents.language import detect_language
from metier.errors import BadPostingError
from metier.graph.base import SkillGraph
from metier.graph.place import find_places
from metier.graph.salary import find_salary
from metier.graph.seniority import find_seniority, seniority_of_years
from metier.graph.working_conditions import find_employment_type, find_schedules, find_workplace
from metier.jobs.requirement import find_requirements
from metier.jobs.section import split_sections, split_sentences
from metier.records.job import Job, Posting, Seniority
from metier.records.place import Place
from metier.records.preferences import EmploymentType, Workplace
from metier.records.requirement import Requirement
from metier.records.salary import Salary
from metier.records.span import Found, Span, T
from metier.records.text_id import text_id

_MAX_DUTIES = 24
_MAX_TEXT = 60_000
_HEAD_FIELDS = ("hiring_organization", "location", "salary", "employment_type", "workplace", "seniority")
_PERIODS = {"daily": "day"}
_REMOTE_FLAG = {"true": "remote", "yes": "remote", "1": "remote", "telecommute": "remote"}
_CODE = 2
_WIDE = {"US", "UK", "EU"}
"""Codes that are not taken for a state's."""
_WORK_FROM = re.compile(
    r"(?i:remote|anywhere|work from|based|located|reside|resident)[^.\n]{0,30}?\b(?:in|within|from|\()\s*(?:the )?([A-Z][\w. ]{1,24})|(?i:remote)\s*[-–—(,:]\s*(?:the )?([A-Z][\w. ]{1,20})",
)


@dataclass(slots=True)
class _Draft:
    """The text of a job while it is put together, and where each field went."""

    text: str = ""
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        start = len(self.text)
        self.text += value + "\n"
        self.spans[name] = Span(text=value, start=start, end=start + len(value))


def parse_job(posting: Posting, *, graph: SkillGraph) -> Job:
    """Clean a posting: its text, what it asks for, where, when, for how much.

    Args:
        posting: The raw posting.
        graph: Links skills.

    Returns:
        The job; what the posting does not state is empty. The same posting gives the same job, whatever the feed.

    Raises:
        BadPostingError: There is no title, or nothing but a title.
    """
    draft = _draft(posting)
    text = draft.text
    body = draft.spans["body"].start
    sections = split_sections(text, body)
    requirements = tuple(find_requirements(text, sections, graph))
    title = draft.spans["title"].text
    duties = [section for section in sections if section.kind == "duties"]
    job_id = posting.fields.get("id", "").strip()
    dates, warnings = _dates(posting)
    place_span = draft.spans.get("location")
    places = tuple(_places(place_span)) if place_span else ()
    return Job(
        id=job_id or text_id(text, posting.fields.get("url", "")),
        source=posting.source,
        row=posting.row,
        title=title,
        title_span=draft.spans["title"],
        text=text,
        hiring_organization=_value(draft, "hiring_organization"),
        job_location=places,
        job_location_type=_workplace(draft),
        applicant_location_requirements=tuple(_work_from(text)),
        employment_type=_employment_type(draft, body),
        base_salary=_salary(draft, body, places[0].value.country if places else ""),
        date_posted=dates.get("date_posted"),
        valid_through=dates.get("valid_through"),
        url=posting.fields.get("url", "").strip(),
        industry=posting.fields.get("industry", "").strip(),
        language=detect_language(text[body:]),
        seniority=_seniority(draft, requirements),
        schedules=tuple(find_schedules(text)),
        requirements=requirements,
        responsibilities=tuple(
            span for section in duties for span in split_sentences(text, section.start, section.end)
        )[:_MAX_DUTIES],
        skills=tuple(graph.link(text)),
        content_hash=text_id(text),
        warnings=tuple(warnings),
        extra={
            name.removeprefix("extra:"): value for name, value in posting.fields.items() if name.startswith("extra:")
        },
    )


def _draft(posting: Posting) -> _Draft:
    title = _one_line(posting.fields.get("title", ""))
    pieces = [("", posting.fields.get("description", "")), *posting.sections]
    bodies = [(label, html_to_text(piece)[:_MAX_TEXT].strip()) for label, piece in pieces]
    body = "\n\n".join(f"{label}:\n{piece}" if label else piece for label, piece in bodies if piece)
    if not title:
        hint = "Name the column `title` (or job_title, position); see docs/jobs.md for the names that are known."
        raise BadPostingError("there is no title", source=posting.source, row=posting.row, hint=hint)
    if not body and not posting.fields.get("skills"):
        hint = "Name the column `description` (or job_description, text)."
        raise BadPostingError(f"{title!r} has no description", source=posting.source, row=posting.row, hint=hint)
    draft = _Draft()
    draft.add("title", title)
    for name in _HEAD_FIELDS:
        value = _head_value(posting, name)
        if value:
            draft.add(name, value)
    draft.text += "\n"
    if posting.fields.get("skills"):
        body = "\n\n".join(filter(None, (body, "Skills: " + _one_line(posting.fields["skills"]))))
    draft.add("body", body)
    draft.text = draft.text.rstrip("\n")
    return draft


def _head_value(posting: Posting, name: str) -> str:
    value = _one_line(posting.fields.get(name, ""))
    if name == "workplace":
        return _REMOTE_FLAG.get(value.lower(), "" if value.lower() in {"false", "no", "0"} else value)
    if name == "salary" and not value:
        low, high = posting.fields.get("salary_min", "").strip(), posting.fields.get("salary_max", "").strip()
        if low or high:
            currency = posting.fields.get("salary_currency", "").strip()
            period = posting.fields.get("salary_period", "").strip()
            amounts = " - ".join(dict.fromkeys(filter(None, (_amount(low), _amount(high)))))
            return " ".join(
                filter(
                    None,
                    (
                        currency,
                        amounts,
                        f"per {_PERIODS.get(period.lower(), period.removesuffix('ly'))}" if period else "",
                    ),
                )
            )
    return value


def _amount(text: str) -> str:
    return text.removesuffix(".0")


def _one_line(text: str) -> str:
    return " ".join(html_to_text(text).split())


def _value(draft: _Draft, name: str) -> str:
    return draft.spans[name].text if name in draft.spans else ""


def _places(span: Span) -> list[Found[Place]]:
    return [_moved(found, span.start) for found in find_places(span.text)]


def _moved(found: Found[T], by: int) -> Found[T]:
    inner = found.span
    moved = Span(text=inner.text, start=inner.start + by, end=inner.end + by) if inner else None
    return Found(value=found.value, span=moved, confidence=found.confidence)


def _workplace(draft: _Draft) -> Found[Workplace] | None:
    """Read the workplace from its own column, then title and place, then the text."""
    for name in ("workplace", "location", "title"):
        if name in draft.spans:
            found = find_workplace(draft.spans[name].text)
            if found and found.span:
                start = draft.spans[name].start
                span = Span.of(draft.text, start + found.span.start, start + found.span.end)
                return Found(value=found.value, span=span, confidence=0.95)
    return find_workplace(draft.text)


def _work_from(text: str) -> list[Found[str]]:
    found = []
    for stated in _WORK_FROM.finditer(text):
        group = 1 if stated.group(1) else 2
        name = stated.group(group)
        places = find_places(name) if len(name) > _CODE or name in _WIDE else []
        if places and places[0].value.country and not places[0].value.city:
            span = Span.of(text, stated.start(), stated.end(group))
            found.append(Found(value=places[0].value.country, span=span, confidence=0.7))
    return list({entry.value: entry for entry in reversed(found)}.values())[::-1]


def _employment_type(draft: _Draft, body: int) -> Found[EmploymentType] | None:
    span = draft.spans.get("employment_type")
    found = find_employment_type(span.text) if span else None
    if span and found:
        return _moved(found, span.start)
    return find_employment_type(draft.text[:body]) or find_employment_type(draft.text)


def _salary(draft: _Draft, body: int, country: str) -> Salary | None:
    """Read the pay from its own column, else from the head, else from the text."""
    span = draft.spans.get("salary")
    stated = find_salary(draft.text, span.start, span.end, is_field=True, country=country) if span else None
    return stated or find_salary(draft.text, 0, body, country=country) or find_salary(draft.text, body, country=country)


def _seniority(draft: _Draft, requirements: tuple[Requirement, ...]) -> Found[Seniority] | None:
    """Read the level from the title, then its own column, then from the years that are asked for."""
    for name in ("title", "seniority"):
        if name in draft.spans:
            found = find_seniority(draft.spans[name].text)
            if found and found.span:
                start = draft.spans[name].start
                span = Span.of(draft.text, start + found.span.start, start + found.span.end)
                return Found(value=found.value, span=span, confidence=found.confidence)
    asked = [need for need in requirements if need.years_min is not None and need.importance == "must"]
    if not asked:
        return None
    most = max(asked, key=lambda need: need.years_min or 0.0)
    return Found(value=seniority_of_years(most.years_min or 0.0), span=most.span, confidence=0.5)


def _dates(posting: Posting) -> tuple[dict[str, dt.date], list[str]]:
    dates: dict[str, dt.date] = {}
    warnings = []
    for name in ("date_posted", "valid_through"):
        value = posting.fields.get(name, "").strip()
        if not value:
            continue
        date = read_date(value)
        if date is None:
            warnings.append(f"{name} {value[:40]!r} is not a date; write it as YYYY-MM-DD")
        else:
            dates[name] = date
    return dates, warnings


def read_date(text: str) -> dt.date | None:
    """Read an ISO date or date-time, `31/12/2026`, `2026年12月31日`, or seconds since 1970; None when it is none."""
    if re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return dt.datetime.fromtimestamp(int(text[:10]), tz=dt.UTC).date()
    han = re.match(r"(\d{4})[年/.](\d{1,2})[月/.](\d{1,2})", text)
    other = re.match(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$", text)
    try:
        if han:
            return dt.date(int(han[1]), int(han[2]), int(han[3]))
        if other:
            return _day_or_month_first(int(other[1]), int(other[2]), int(other[3]))
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day_or_month_first(first: int, second: int, year: int) -> dt.date | None:
    """Read a date with slashes; None when both readings are possible and differ."""
    if first > 12:
        return dt.date(year, second, first)
    if second > 12 or first == second:
        return dt.date(year, first, second)
    return None
