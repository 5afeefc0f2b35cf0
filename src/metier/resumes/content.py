"""What a section is about, told by what stands in it, where its heading does not say."""

from __future__ import annotations

from collections.abc import Sequence

from metier.graph.education import find_education
from metier.graph.spoken_language import find_languages
from metier.records.document import Document, Line
from metier.resumes.dates import find_period
from metier.resumes.education import find_education_entries
from metier.resumes.heading import SectionKind
from metier.resumes.role import is_titled
from metier.resumes.work import find_work

Sections = list[tuple[SectionKind, list[Line]]]
_MOSTLY = 0.6
_BELOW_DATE = 2


def settle_unnamed(document: Document, sections: Sequence[tuple[SectionKind, list[Line]]]) -> Sections:
    """Name the unnamed sections by their content; one that does not tell goes on with the section before it."""
    settled: Sections = []
    for kind, lines in sections:
        known = kind if kind != "unnamed" else kind_of_content(document, lines)
        if kind == "unnamed" and known is not None and _is_mere_heading(document, lines):
            lines = lines[1:]  # noqa: PLW2901 - as the headings of named sections, it is no part of the body
        if known is None or (kind == "unnamed" and settled and known == settled[-1][0]):
            _join(settled, lines)
        else:
            settled.append((known, list(lines)))
    return settled


def _is_mere_heading(document: Document, lines: Sequence[Line]) -> bool:
    """Say whether the first line is a heading and no title: it names no work, and a title follows before the dates."""
    texts = [document.text[line.start : line.end] for line in lines[:3]]
    if len(texts) == 1 or is_titled(texts[0]) or find_period(texts[0]) or find_education(texts[0]):
        return False
    below = texts[1] if find_period(texts[1]) is None else texts[2] if len(texts) > _BELOW_DATE else ""
    return below == texts[1] or (is_titled(below) and lines[2].kind != "list_item")


def _join(settled: Sections, lines: Sequence[Line]) -> None:
    if settled:
        settled[-1][1].extend(lines)
    else:
        settled.append(("header", list(lines)))


def kind_of_content(document: Document, lines: Sequence[Line]) -> SectionKind | None:
    """Say what some lines are about: dated jobs, education, languages; None when they do not tell."""
    schools = [entry for entry in find_education_entries(document, lines) if entry.level or entry.institution]
    jobs = [
        entry for entry in find_work(document, lines) if not find_education("\n".join(entry.span.text.split("\n")[:2]))
    ]
    titled = [entry for entry in jobs if entry.position is not None]
    if titled and len(titled) >= len(schools):
        return "work"
    if any(entry.level and (entry.institution or entry.end_date) for entry in schools):
        return "education"
    texts = [document.text[line.start : line.end] for line in lines[1:]]
    if texts and sum(bool(find_languages(text)) and len(text) < 60 for text in texts) >= _MOSTLY * len(texts):
        return "languages"
    return None
