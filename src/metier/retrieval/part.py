"""Which texts of a record are encoded: one for the search, and its parts for the ranking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from metier.graph.title import normalise_title
from metier.records.job import Job
from metier.records.profile import Profile
from metier.records.span import Span

PartKind = Literal["title", "wish", "requirement", "duty", "experience", "skills", "line"]

MAX_REQUIREMENTS = 40
MAX_DUTIES = 16
MAX_LINES = 80
_MAX_WISHES = 8
_SEARCH_CHARACTERS = 1200
"""A little more than the encoder reads (256 tokens)."""
_MAX_LINE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a record that has a vector of its own.

    Attributes:
        index: For a requirement, its place in `job.requirements`; for an experience, its place in `profile.work`.
        span: Where it stands in the record's text; None for a text that was put together.
    """

    kind: PartKind
    text: str
    span: Span | None = None
    index: int = -1


def job_search_text(job: Job) -> str:
    """Give the text of a job's search vector: its title, then its requirements and duties."""
    lines = [requirement.span.text for requirement in job.requirements if not requirement.is_waived]
    lines += [duty.text for duty in job.responsibilities]
    body = " ".join(lines) or job.text
    return f"{normalise_title(job.title)}. {body}"[:_SEARCH_CHARACTERS]


def profile_search_text(profile: Profile) -> str:
    """Give the text of a person's search vector: wished and held titles, skills, then what was done."""
    titles = [*profile.preferences.titles, *_titles(profile)]
    skills = [skill.name for skill in profile.skills]
    lines = [line.text for line in _lines(profile)]
    pieces = [". ".join(dict.fromkeys(titles[:4])), ", ".join(skills[:20]), " ".join(lines)]
    return ". ".join(filter(None, pieces))[:_SEARCH_CHARACTERS]


def job_parts(job: Job) -> tuple[Part, ...]:
    """Give the parts of a job: its title, each requirement, each duty, in this order."""
    title = Part(kind="title", text=normalise_title(job.title), span=job.title_span)
    requirements = (
        Part(kind="requirement", text=requirement.span.text[:_MAX_LINE], span=requirement.span, index=index)
        for index, requirement in enumerate(job.requirements[:MAX_REQUIREMENTS])
    )
    duties = (Part(kind="duty", text=span.text[:_MAX_LINE], span=span) for span in job.responsibilities[:MAX_DUTIES])
    return (title, *requirements, *duties)


def profile_parts(profile: Profile) -> tuple[Part, ...]:
    """Give the parts of a person: held and wished titles, then the lines that say what the person did and knows."""
    wished = [Part(kind="title", text=normalise_title(title), index=-1) for title in profile.preferences.titles]
    label = profile.basics.label
    labelled = [Part(kind="title", text=normalise_title(label.value), span=label.span)] if label else []
    held = [
        Part(kind="title", text=normalise_title(work.position.value), span=work.position.span, index=index)
        for index, work in enumerate(profile.work)
        if work.position
    ]
    return (*wished, *labelled, *held, *_wishes(profile), *_lines(profile))


def _wishes(profile: Profile) -> list[Part]:
    """Give the sentences that say what the person looks for."""
    spans = [
        span
        for kind, section in profile.sections
        if kind == "wishes"
        for span in split_lines(profile.text, section.start, section.end)
    ]
    return [Part(kind="wish", text=span.text[:_MAX_LINE], span=span) for span in spans[:_MAX_WISHES]]


def _titles(profile: Profile) -> list[str]:
    label = profile.basics.label
    titles = [label.value] if label else []
    titles += [work.position.value for work in profile.work if work.position]
    return [normalise_title(title) for title in titles]


def _lines(profile: Profile) -> list[Part]:
    """Give the lines of what was done, or of the whole text when no entry was recognised."""
    lines = [
        Part(kind="experience", text=span.text[:_MAX_LINE], span=span, index=index)
        for index, work in enumerate(profile.work)
        for span in work.highlights
    ]
    known = {(part.span.start, part.span.end) for part in lines if part.span}
    for kind, section in profile.sections:
        if kind in {"summary", "skills", "certificates", "projects", "education", "other", "work"}:
            part_kind: PartKind = "skills" if kind == "skills" else "line"
            lines += [
                Part(kind=part_kind, text=span.text[:_MAX_LINE], span=span)
                for span in split_lines(profile.text, section.start, section.end)
                if not _is_within(span, known)
            ]
    if not lines:
        lines = [
            Part(kind="line", text=span.text[:_MAX_LINE], span=span)
            for span in split_lines(profile.text, 0, len(profile.text))
        ]
    return lines[:MAX_LINES]


def _is_within(span: Span, known: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span.start < end or span.start <= start < span.end for start, end in known)


_SENTENCE = re.compile(r"[^\n。！？；]+?(?:[。！？；]|(?<=[.!?])\s|\n|$)")


def split_lines(text: str, start: int, end: int) -> list[Span]:
    """Cut `text[start:end]` into lines and sentences of at least two words or four Chinese characters."""
    spans = []
    for found in _SENTENCE.finditer(text, start, end):
        first, last = found.span()
        while first < last and not text[first].isalnum():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        piece = text[first:last]
        if len(piece.split()) > 1 or len(piece) > 3:
            spans.append(Span.of(text, first, last))
    return spans
