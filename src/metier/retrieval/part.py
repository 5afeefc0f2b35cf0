"""Which texts of a record are encoded: one for the search, and its parts for the ranking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from metier.graph.title import normalise_title
from metier.privacy import blank, find_protected
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


def scored_text(profile: Profile) -> str:
    """Give a resume's text as scores may see it: name, address of mail, telephone and what is protected are blanked."""
    basics = profile.basics
    known = [found.span for found in (basics.name, basics.email, basics.phone, basics.url) if found and found.span]
    named = basics.name.value if basics.name else ""
    again = re.finditer(rf"(?<!\w){re.escape(named)}(?!\w)", profile.text, re.IGNORECASE) if named else ()
    called = [Span.of(profile.text, *found.span()) for found in again]
    return blank(profile.text, [*known, *called, *find_protected(profile.text)])


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
    lines = [line.text for line in _lines(profile, scored_text(profile))]
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
    text = scored_text(profile)
    return (*wished, *labelled, *held, *_wishes(profile, text), *_lines(profile, text))


def _wishes(profile: Profile, text: str) -> list[Part]:
    """Give the sentences that say what the person looks for."""
    parts = [
        _part("wish", span, text)
        for kind, section in profile.sections
        if kind == "wishes"
        for span in split_lines(profile.text, section.start, section.end)
    ]
    return [part for part in parts if part.text][:_MAX_WISHES]


def _part(kind: PartKind, span: Span, text: str, *, index: int = -1) -> Part:
    """Quote a span; what is encoded of it is only what scores may see."""
    seen = text[span.start : span.end]
    return Part(
        kind=kind, text=" ".join(seen.split()) if seen != span.text else seen[:_MAX_LINE], span=span, index=index
    )


def _titles(profile: Profile) -> list[str]:
    label = profile.basics.label
    titles = [label.value] if label else []
    titles += [work.position.value for work in profile.work if work.position]
    return [normalise_title(title) for title in titles]


def _lines(profile: Profile, text: str) -> list[Part]:
    """Give the lines of what was done, or of the whole text when no entry was recognised."""
    lines = [
        _part("experience", span, text, index=index)
        for index, work in enumerate(profile.work)
        for span in work.highlights
    ]
    known = bytearray(len(profile.text))
    for part in lines:
        if part.span:
            known[part.span.start : part.span.end] = b"\1" * (part.span.end - part.span.start)
    for kind, section in profile.sections:
        if kind in {"summary", "skills", "certificates", "projects", "education", "other", "work"}:
            lines += [
                _part("skills" if kind == "skills" else "line", span, text)
                for span in split_lines(profile.text, section.start, section.end)
                if 1 not in known[span.start : span.end]
            ]
    if not lines:
        lines = [_part("line", span, text) for span in split_lines(profile.text, 0, len(profile.text))]
    return [part for part in lines if part.text.strip()][:MAX_LINES]


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
