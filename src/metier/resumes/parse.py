"""A read document to a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metier.graph.base import SkillGraph
from metier.graph.education import find_education
from metier.graph.licence import find_licences, licence_label
from metier.graph.negation import is_negated
from metier.graph.spoken_language import find_languages
from metier.records.document import Document, Line
from metier.records.profile import Certificate, Education, Language, Profile, Work
from metier.records.span import Found, Span
from metier.records.text_id import text_id
from metier.resumes.contact import find_basics
from metier.resumes.content import settle_unnamed
from metier.resumes.dates import find_period
from metier.resumes.education import find_education_entries
from metier.resumes.heading import SectionKind, section_span, split_sections
from metier.resumes.skills import find_skills
from metier.resumes.wishes import find_preferences
from metier.resumes.work import find_work, latest_first

_YEARS = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\+?\s*(?:years|yrs)(?:['’])?\s*(?:of )?(?:[\w,/&-]+ ){0,4}?(?:experience|in|as|at|with|driving|on)\b"
    r"|(\d{1,2}|[一二三四五六七八九十]{1,2})\s*年(?:以上)?(?:的)?(?:[\u4e00-\u9fff]{0,8})?(?:经验|工作经历|驾龄|教龄|从业)",
    re.IGNORECASE,
)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_MOST_YEARS = 50
_HEAD = 1200

Sections = Sequence[tuple[SectionKind, list[Line]]]


def parse_resume(document: Document, *, graph: SkillGraph, profile_id: str = "") -> Profile:
    """Parse a resume: who, what they did when, what they know, what they wish.

    Args:
        document: The read document.
        graph: Links skills.
        profile_id: The caller's key; the hash of the text when left out.

    Returns:
        The profile; what is not found is empty.
    """
    sections = settle_unnamed(document, split_sections(document))
    spans = [(kind, section_span(document, lines)) for kind, lines in sections]
    work = latest_first([entry for kind, lines in sections if kind == "work" for entry in find_work(document, lines)])
    if not work:
        work = latest_first(_work_anywhere(document, sections))
    summary = next((span for kind, span in spans if kind == "summary"), None)
    header = next((lines for kind, lines in sections if kind == "header"), [])
    basics = find_basics(document, header, summary=summary)
    left_out = [span for kind, span in spans if kind == "other"] + (
        [basics.name.span] if basics.name and basics.name.span else []
    )
    return Profile(
        id=profile_id or text_id(document.text),
        source=document.source,
        text=document.text,
        language=document.language,
        basics=basics,
        work=tuple(work),
        education=tuple(_education(document, sections)),
        languages=tuple(_languages(document, sections)),
        certificates=tuple(_certificates(document)),
        skills=find_skills(document.text, work, graph, left_out=left_out),
        preferences=find_preferences(document, [span for kind, span in spans if kind == "wishes"]),
        stated_years=_stated_years(document.text),
        sections=tuple(spans),
        warnings=document.warnings,
    )


def _work_anywhere(document: Document, sections: Sections) -> list[Work]:
    """Find dated jobs where no heading says so: in every section but education, projects and certificates."""
    return [
        entry
        for kind, lines in sections
        if kind in {"header", "summary", "other", "skills", "wishes", "certificates", "languages"}
        for entry in find_work(document, lines)
        if entry.position is not None or (entry.name is not None and _is_dated_first(entry))
    ]


def _is_dated_first(entry: Work) -> bool:
    """Say whether an entry begins with its period and the employer right after it, as the rows of a career do."""
    head = entry.span.text.split("\n")[0]
    period = find_period(head)
    if period is None or period.start > 1 or entry.name is None or entry.name.span is None or find_education(head):
        return False
    return not head[period.end : entry.name.span.start - entry.span.start].strip()


def _education(document: Document, sections: Sections) -> list[Education]:
    stated = [
        entry for kind, lines in sections if kind == "education" for entry in find_education_entries(document, lines)
    ]
    if stated:
        return stated
    return [
        entry
        for kind, lines in sections
        if kind in {"header", "certificates", "other"}
        for entry in find_education_entries(document, lines)
        if entry.level and (entry.institution or entry.end_date)
    ]


def _languages(document: Document, sections: Sections) -> list[Language]:
    """Read the languages section; elsewhere only what speaks of ability with a level."""
    found: dict[str, Language] = {}
    for kind, lines in sections:
        for line in lines:
            for mention in find_languages(document.text[line.start : line.end]):
                if kind != "languages" and mention.level is None:
                    continue
                known = found.get(mention.language)
                if known is not None and (known.level is not None or mention.level is None):
                    continue
                start = line.start + mention.span.start
                span = Span.of(document.text, start, start + len(mention.span.text))
                found[mention.language] = Language(
                    language=mention.language,
                    span=span,
                    confidence=0.95 if kind == "languages" else 0.75,
                    fluency=mention.fluency,
                    level=mention.level,
                )
    return list(found.values())


def _certificates(document: Document) -> list[Certificate]:
    """Find known licences anywhere in the resume, each once; a negated one ("no driving licence") is not held."""
    found: dict[str, Certificate] = {}
    for line in document.lines:
        text = document.text[line.start : line.end]
        for licence in find_licences(text):
            if licence.span is None or licence.value in found or is_negated(text, licence.span.start, licence.span.end):
                continue
            start = line.start + licence.span.start
            found[licence.value] = Certificate(
                name=licence_label(licence.value),
                key=licence.value,
                span=Span.of(document.text, start, start + len(licence.span.text)),
                confidence=0.8,
            )
    return list(found.values())


def _stated_years(text: str) -> Found[float] | None:
    stated = _YEARS.search(text[:_HEAD])
    if stated is None:
        return None
    word = (stated.group(1) or stated.group(2)).lower()
    years = float(_NUMBERS.get(word, 0) or (int(word) if word.isdigit() else 0))
    if not 0 < years <= _MOST_YEARS:
        return None
    return Found(value=years, span=Span.of(text, *stated.span()), confidence=0.7)
