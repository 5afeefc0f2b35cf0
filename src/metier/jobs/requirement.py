"""Requirements out of a posting's sentences: what kind, must or nice, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from metier.graph.base import SkillGraph
from metier.graph.education import find_education
from metier.graph.licence import find_licences
from metier.graph.negation import is_negated
from metier.graph.spoken_language import LanguageMention, find_languages
from metier.graph.work_authorisation import find_work_authorisation
from metier.graph.working_conditions import find_schedules
from metier.jobs.asking import (
    REQUIRING,
    asks,
    asks_a_person,
    asks_nothing,
    can_be_learned,
    is_about_equality,
    is_bodily,
    is_boilerplate,
    is_insisted_on,
    is_provided,
    is_wish,
    tells,
)
from metier.jobs.section import Section, split_sentences
from metier.jobs.years import find_years
from metier.records.requirement import Importance, Requirement
from metier.records.skill import Mention
from metier.records.span import Found, Span

_PLACE = re.compile(
    r"\b(?:must|need to|should) (?:be|live|reside)(?: based| located)? (?:in|within|near)\b|\bcommut\w+|\brelocat\w+|\bwithin \d+ (?:miles|km|minutes)\b|本地户口|可接受出差",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\bwe (?:offer|provide|are proud)\b|\bapply\b|\bclick\b|\bsend (?:your|us)\b|\bcv\b|\b@\w|\bhttps?:|\bvisit\b|\bdeadline\b|\bthis (?:job|role|post) (?:description|advert)|投递|简历发|五险一金|六险一金|包吃住|双休",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"\bright\b|\bauthori|\beligib|\bpermi(?:t|ssion)|\bcitizen|\bresiden|\bgreen card|\bsettle|\bworking rights|\bwork rights|\bmust\b|\brequire|\bneed|\bvalid\b|\bhold|\bclearance|\bperson\b|必须|需|具有|持有|永居|绿卡|许可",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bmust\b|\brequired\b|\bright to work\b|\bsubject to\b|\bsponsor|\bvisa|必须|签证", re.IGNORECASE
)
_CLAUSE_MARK = re.compile(r"[;；,，、]|\.\s| and | or |以及|并且|/(?=\s)")
_OPENING = 25
"""Characters from a sentence's start within which a fragment names what it asks: `Fluent English.`"""
_OPENING_YEARS = 15
_SHORT = 110
_LONGEST_OTHER = 160
_OR = re.compile(
    r"(?!.*\band\b(?!/or))[^(;.。]*(?:\bor\b(?! (?:better|above|higher|more|equivalent|similar))|或)[^(;.。]*",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[\s,、]+")
_NEAR = 45
_OR_BEFORE = re.compile(r"(?:\bor|或|或者)\s*(?:at least |minimum |about )?$", re.IGNORECASE)
_IDEALLY_AFTER = re.compile(r"[,;(–—-]\s*(?:ideally|preferably)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[（(][^）)]*[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
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
    if is_about_equality(sentence.text):
        return []
    if is_boilerplate(sentence.text):
        return [need for need in _particular(sentence) if need.kind == "work_authorisation"]
    particular = list(_particular(sentence))
    if not asks(sentence.text, section.kind) and not _is_strong(particular, sentence, section):
        return []
    importance = _importance(sentence.text, section)
    either = _alternatives(sentence.text) if len(particular) > 1 else set()
    found = [
        replace(
            need,
            importance="nice"
            if {need.licence, need.language} & either
            else _importance_of_particular(need, sentence, importance),
        )
        for need in particular
    ]
    main = _main(sentence, section, graph, found)
    if main is not None:
        found.append(replace(main, importance=_importance_of_main(main, sentence, section)))
    return sorted(found, key=lambda requirement: (requirement.span.start, requirement.kind))


def _is_strong(particular: Sequence[Requirement], sentence: Span, section: Section) -> bool:
    """Say whether a sentence asks though no word of it does.

    A waiver ("no degree required") does, and the right to work; outside duties a licence that nobody provides, and a
    fragment that opens with a degree, a language or years ("Fluent English.").
    """
    text = sentence.text
    if any(need.is_waived or need.kind == "work_authorisation" for need in particular):
        return True
    years = find_years(text, is_asked=True)
    if years is not None and years.value == 0:
        return True
    if tells(text, section.kind):
        return False
    kinds = {need.kind for need in particular}
    if "licence" in kinds and not is_provided(text):
        return True
    if len(text) > _SHORT or text.endswith(("?", "？", ":", "：")):
        return False
    spans = [years.span] if years else []
    spans += [level.span for level in find_education(text)] if "education" in kinds else []
    spans += [language.span for language in _languages(text)] if "language" in kinds else []
    return any(span.start < _OPENING for span in spans if span)


def _conditions(text: str, section: Section) -> list[Requirement]:
    """Give the conditions that hide among benefits and boilerplate: the right to work, a check, a must."""
    found: list[Requirement] = []
    for sentence in split_sentences(text, section.start, section.end):
        if _CONDITION.search(sentence.text) and not is_about_equality(sentence.text):
            found += [need for need in _particular(sentence) if need.kind in {"work_authorisation", "licence"}]
    return found


def _importance(sentence: str, section: Section) -> Importance:
    if is_wish(sentence):
        return "nice"
    return "nice" if section.kind == "nices" and not is_insisted_on(sentence) else "must"


def _importance_of_particular(need: Requirement, sentence: Span, default: Importance) -> Importance:
    """A degree, a language or a licence that one can still get there, or that is only asked about, is nice to have."""
    can_wait = need.kind in {"education", "language", "licence"} and need.licence != "background_check"
    if can_wait and (can_be_learned(sentence.text) or sentence.text.endswith(("?", "？"))):
        return "nice"
    return _importance_of(need.span, sentence, default)


def _importance_of_main(main: Requirement, sentence: Span, section: Section) -> Importance:
    """Read it from the clause of the years, else of the skills; one that is a must makes the whole a must."""
    default = _importance(sentence.text, section)
    named = [mention.span for mention in main.mentions]
    years = _years(sentence.text, section)
    if years is not None and years.span is not None:
        if _OR_BEFORE.search(sentence.text[: years.span.start]):
            return "nice"  # `a diploma, or three years`
        named = [_moved(years.span, sentence)]
        default = "nice" if section.kind == "nices" else "must"
    stated = {_importance_of(span, sentence, default) for span in named} or {default}
    return "must" if "must" in stated else "nice"


def _importance_of(span: Span, sentence: Span, default: Importance) -> Importance:
    """Read must or nice from the clause where a sentence has both ("degree required, German a plus")."""
    if not is_wish(sentence.text):
        return default
    clause = _clause(sentence, span.start - sentence.start, span.end - sentence.start, wide=True).text
    outside = _IN_BRACKETS.sub("", clause)
    if is_wish(outside if span.text in outside else clause):
        return "nice"
    if _HAN.search(clause) or _IDEALLY_AFTER.search(sentence.text[span.end - sentence.start :]):
        return "must"  # 优先 and "…, ideally" speak of their own clause
    return "must" if is_insisted_on(clause) else default


def _particular(sentence: Span) -> Iterable[Requirement]:
    """Give the requirements of special kinds that a sentence names."""
    yield from _educations(sentence)
    for language in _languages(sentence.text):
        if not _is_taught(sentence.text, language.span):
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
        if statement.sponsorship is None and not _RIGHT.search(sentence.text):
            continue  # `flight and visa`
        yield Requirement(span=sentence, kind="work_authorisation", sponsorship=statement.sponsorship)


def _languages(sentence: str) -> list[LanguageMention]:
    """Give each language that is asked for once, with its level if any mention of it has one."""
    able = [language for language in find_languages(sentence) if language.is_ability]
    best: dict[str, LanguageMention] = {}
    for language in able:
        if language.language not in best or (language.level and not best[language.language].level):
            best[language.language] = language
    return sorted(best.values(), key=lambda language: language.span.start)


def _alternatives(text: str) -> set[str | None]:
    """Give the licences and the languages of which any one will do ("German or French"): none alone is a must."""
    licences = [(need.value, need.span) for need in find_licences(text) if need.span]
    languages = [(language.language, language.span) for language in _languages(text)]
    return _joined_by_or(licences, text) | _joined_by_or(languages, text)


def _joined_by_or(named: Sequence[tuple[str, Span]], text: str) -> set[str | None]:
    """Give the names that an `or` joins, with those before them in its list."""
    either: set[str | None] = set()
    for (one, span), (other, after) in reversed(list(pairwise(named))):
        between = text[span.end : after.start]
        is_list = _COMMA.fullmatch(between) and other in either
        if one != other and len(between) <= _NEAR and (is_list or _OR.fullmatch(between)):
            either |= {one, other}
    return either


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
    years = _years(sentence.text, section)
    if years is not None:
        return Requirement(
            span=sentence,
            kind="experience",
            mentions=tuple(mentions),
            years_min=years.value,
            is_waived=years.value == 0,
        )
    if mentions and not all(_is_asked(mention, particular) for mention in mentions):
        return Requirement(
            span=sentence,
            kind="skill",
            mentions=tuple(mentions),
            is_waived=all(mention.is_negated for mention in mentions),
        )
    if (
        particular
        or sentence.text.endswith("?")
        or _NOISE.search(sentence.text)
        or sum(map(str.isalpha, sentence.text)) < _LEAST_LETTERS
    ):
        return None
    if is_bodily(sentence.text):
        return Requirement(span=sentence, kind="physical")
    if any(schedule.value != "day" for schedule in find_schedules(sentence.text)):
        return Requirement(span=sentence, kind="schedule")
    if _PLACE.search(sentence.text):
        return Requirement(span=sentence, kind="location")
    if asks_nothing(sentence.text):
        return None
    asks = section.kind in REQUIRING or (len(sentence.text) <= _LONGEST_OTHER and asks_a_person(sentence.text))
    return Requirement(span=sentence, kind="other") if asks else None


def _is_asked(mention: Mention, particular: Sequence[Requirement]) -> bool:
    """Say whether a licence, a degree or a language already asks for what a skill is named by."""
    return any(need.span.start <= mention.span.start and mention.span.end <= need.span.end for need in particular)


def _years(sentence: str, section: Section) -> Found[float] | None:
    """Find the years that a sentence asks for; under a heading, or first in a fragment, the word experience may lack."""
    stated = find_years(sentence)
    if stated is None and (section.kind in REQUIRING or len(sentence) <= _SHORT):
        stated = find_years(sentence, is_asked=True)
        is_first = stated is not None and stated.span is not None and stated.span.start < _OPENING_YEARS
        return stated if section.kind in REQUIRING or is_first else None
    return stated


def _shifted(mention: Mention, sentence: Span) -> Mention:
    return replace(mention, span=_moved(mention.span, sentence))


def _moved(span: Span, sentence: Span) -> Span:
    return Span(text=span.text, start=span.start + sentence.start, end=span.end + sentence.start)


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
