"""Requirements out of a posting's sentences: what kind, must or nice, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from metier.graph.base import SkillGraph
from metier.graph.education import find_education
from metier.graph.licence import find_licences
from metier.graph.negation import is_negated
from metier.graph.spoken_language import find_languages
from metier.graph.work_authorisation import find_work_authorisation
from metier.graph.working_conditions import find_schedules
from metier.jobs.section import Section, split_sentences
from metier.jobs.years import find_years
from metier.records.requirement import Importance, Requirement
from metier.records.skill import Mention
from metier.records.span import Span

_NICE = re.compile(
    r"\bprefer(?:red|ably|ence)\b|\bnice to have\b|\bbonus\b|\b(?:a|an|big|huge|real|definite) (?:strong )?(?:plus|advantage|asset)\b|\bpluses\b|\bdesir(?:ed|able)\b"
    r"|\bideally\b|\badvantageous\b|\bhelpful\b|\bbeneficial\b|\bwould be (?:great|good|nice|useful|welcome)\b|\bwelcome\b|\bbut not (?:essential|required|necessary)\b"
    r"|\bnot essential\b|\buseful\b|\bvon vorteil\b|\bwünschenswert\b|\bsouhaité\w*|\bun plus\b|\bvalorable\b|优先|優先|加分|更佳|为佳|者佳|尤佳",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\bmust\b|\brequired?\b|\brequires\b|\bessential\b|\bmandatory\b|\bneed(?:s|ed)?\b|\bnecessary\b|\bminimum\b|\bat least\b|\bhave to\b|\bshould (?:have|be|hold)\b"
    r"|\byou (?:have|hold|are|can|know|bring|speak)\b|\byou['’](?:ve|re|ll need)\b|\blooking for\b|\bwe (?:want|expect|ask|seek)\b|\bable to\b|\bability to\b|\bproven\b"
    r"|\bexperience (?:in|with|of|as|on|using|working)\b|\bexperienced\b|\bknowledge of\b|\bproficien\w+|\bfamiliar(?:ity)?\b|\bcomfortable with\b|\bcommand of\b|\bskills\b"
    r"|\bzwingend\b|\berforderlich\b|\bvoraus\w+|\bexigé\b|必须|须|需要|需|具备|具有|熟悉|熟练|掌握|精通|持有|要求|能够|能独立|以上|经验|懂|会|了解|能吃苦|身体健康|学历",
    re.IGNORECASE,
)
_PHYSICAL = re.compile(
    r"\blift(?:ing)?\b[^.\n]{0,25}(?:\d|heavy|kg|lb)|\bphysically\b|\bon your feet\b|\bstand(?:ing)? for\b|\bmanual handling\b|\bheights\b|身体健康|体力|吃苦",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:must|need to|should) (?:be|live|reside)(?: based| located)? (?:in|within|near)\b|\bcommut\w+|\brelocat\w+|\bwithin \d+ (?:miles|km|minutes)\b|本地户口|可接受出差",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\bequal opportunit|\bregardless of\b|\bwe (?:offer|provide|are proud)\b|\bapply\b|\bclick\b|\bsend (?:your|us)\b|\bcv\b|\b@\w|\bhttps?:|投递|简历发|五险一金|包吃住",
    re.IGNORECASE,
)
_CLAUSE_MARK = re.compile(r"[;；,，、]|\.\s| and | or |以及|并且|/(?=\s)")
_REQUIRING: frozenset[str] = frozenset({"musts", "nices"})
_MAX = 60
_LEAST_LETTERS = 4


def find_requirements(text: str, sections: Sequence[Section], graph: SkillGraph) -> list[Requirement]:
    """Find what a posting asks for.

    Every sentence under a heading of requirements is one; elsewhere a sentence must say so itself. A sentence that
    also names a degree, a language, a licence or the right to work gives one requirement more for each.

    Args:
        text: The job's text.
        sections: Its sections.
        graph: Links the skills.

    Returns:
        Requirements in the text's order, at most 60.
    """
    found: list[Requirement] = []
    for section in sections:
        if section.kind in {"benefits", "about", "apply"}:
            found += _conditions(text, section)
            continue
        for sentence in split_sentences(text, section.start, section.end):
            found += _of_sentence(sentence, section, graph)
    return found[:_MAX]


def _of_sentence(sentence: Span, section: Section, graph: SkillGraph) -> list[Requirement]:
    particular = list(_particular(sentence))
    asks = section.kind in _REQUIRING or bool(_MUST.search(sentence.text) or _NICE.search(sentence.text))
    if section.kind == "duties" and not _NICE.search(sentence.text):
        asks = bool(re.search(r"\bmust\b|\brequired\b|必须|须持", sentence.text))
    if not asks and not _is_strong(particular, sentence):
        return []
    importance = _importance(sentence.text, section)
    found = [
        replace(requirement, importance=_importance_of(requirement, sentence, importance)) for requirement in particular
    ]
    main = _main(sentence, section, graph, found)
    if main is not None:
        found.append(replace(main, importance=importance))
    return sorted(found, key=lambda requirement: (requirement.span.start, requirement.kind))


def _is_strong(particular: Sequence[Requirement], sentence: Span) -> bool:
    """A waiver ("no degree required") or a right-to-work sentence stands by itself."""
    return any(
        requirement.is_waived or requirement.kind == "work_authorisation" for requirement in particular
    ) and bool(sentence.text)


def _conditions(text: str, section: Section) -> list[Requirement]:
    """Give the conditions that hide among benefits and boilerplate: the right to work, a check, a must."""
    found: list[Requirement] = []
    for sentence in split_sentences(text, section.start, section.end):
        if re.search(
            r"\bmust\b|\brequired\b|\bright to work\b|\bsponsor|\bvisa|必须|签证", sentence.text, re.IGNORECASE
        ):
            found += [
                requirement
                for requirement in _particular(sentence)
                if requirement.kind in {"work_authorisation", "licence"}
            ]
    return found


def _importance(sentence: str, section: Section) -> Importance:
    if _NICE.search(sentence):
        return "nice"
    return "nice" if section.kind == "nices" and not re.search(r"\bmust\b|\brequired\b|必须", sentence) else "must"


def _importance_of(requirement: Requirement, sentence: Span, default: Importance) -> Importance:
    """Read must or nice from the clause where a sentence has both ("degree required, German a plus")."""
    if not _NICE.search(sentence.text):
        return default
    clause = _clause(
        sentence, requirement.span.start - sentence.start, requirement.span.end - sentence.start, wide=True
    )
    if _NICE.search(clause.text):
        return "nice"
    return "must" if re.search(r"\brequired\b|\bmust\b|\bessential\b|必须|以上", clause.text) else default


def _particular(sentence: Span) -> Iterable[Requirement]:
    """Give the requirements of special kinds that a sentence names."""
    yield from _educations(sentence)
    for language in find_languages(sentence.text):
        if language.is_ability and not _is_taught(sentence.text, language.span):
            clause = _clause(sentence, language.span.start, language.span.end)
            yield Requirement(
                span=clause,
                kind="language",
                language=language.language,
                language_level=language.level,
                is_waived=is_negated(sentence.text, language.span.start, language.span.end),
            )
    seen: set[str] = set()
    for licence in find_licences(sentence.text):
        if licence.span and licence.value not in seen:
            seen.add(licence.value)
            yield Requirement(
                span=_clause(sentence, licence.span.start, licence.span.end),
                kind="licence",
                licence=licence.value,
                is_waived=is_negated(sentence.text, licence.span.start, licence.span.end),
            )
    for statement in find_work_authorisation(sentence.text)[:1]:
        yield Requirement(span=sentence, kind="work_authorisation", sponsorship=statement.sponsorship)


def _educations(sentence: Span) -> Iterable[Requirement]:
    """Give one requirement for the lowest level named: "Bachelor's or Master's" asks for a bachelor's."""
    levels = [entry for entry in find_education(sentence.text) if entry.span]
    if not levels:
        return
    order = ("none", "school", "upper_secondary", "vocational", "associate", "bachelor", "master", "doctorate")
    lowest = min(levels, key=lambda entry: order.index(entry.value))
    span = lowest.span or sentence
    waived = lowest.value == "none" or is_negated(sentence.text, span.start, span.end)
    yield Requirement(
        span=_clause(sentence, span.start, span.end), kind="education", education=lowest.value, is_waived=waived
    )


def _is_taught(sentence: str, span: Span) -> bool:
    after = sentence[span.end : span.end + 24]
    return bool(
        re.match(
            r"\s*(?:teacher|lessons|class(?:es)?|literature|department|curriculum|language arts|as a (?:second|foreign)|教师|老师|教学|课)",
            after,
            re.IGNORECASE,
        )
    )


def _main(sentence: Span, section: Section, graph: SkillGraph, particular: Sequence[Requirement]) -> Requirement | None:
    """Give what the sentence as a whole asks: years of experience, skills, a bodily demand, a schedule."""
    mentions = [_shifted(mention, sentence) for mention in graph.link(sentence.text)]
    years = find_years(sentence.text)
    if years is not None:
        return Requirement(
            span=sentence,
            kind="experience",
            mentions=tuple(mentions),
            years_min=years.value,
            is_waived=years.value == 0,
        )
    if mentions:
        return Requirement(
            span=sentence,
            kind="skill",
            mentions=tuple(mentions),
            is_waived=all(mention.is_negated for mention in mentions),
        )
    if particular or _NOISE.search(sentence.text) or sum(map(str.isalpha, sentence.text)) < _LEAST_LETTERS:
        return None
    if _PHYSICAL.search(sentence.text):
        return Requirement(span=sentence, kind="physical")
    if find_schedules(sentence.text):
        return Requirement(span=sentence, kind="schedule")
    if _PLACE.search(sentence.text):
        return Requirement(span=sentence, kind="location")
    return Requirement(span=sentence, kind="other") if section.kind in _REQUIRING else None


def _shifted(mention: Mention, sentence: Span) -> Mention:
    span = mention.span
    return replace(mention, span=Span(text=span.text, start=span.start + sentence.start, end=span.end + sentence.start))


def _clause(sentence: Span, start: int, end: int, *, wide: bool = False) -> Span:
    """Give the clause of a sentence around `start:end` (offsets in the sentence), in the document's offsets."""
    left, right = 0, len(sentence.text)
    marks = re.compile(r"[;；,，。]|\. ") if wide else _CLAUSE_MARK
    for mark in marks.finditer(sentence.text):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            right = mark.start()
            break
    while left < start and sentence.text[left].isspace():
        left += 1
    while right > end and sentence.text[right - 1].isspace():
        right -= 1
    return Span(text=sentence.text[left:right], start=sentence.start + left, end=sentence.start + right)
