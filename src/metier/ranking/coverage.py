"""How well each requirement of a job is met, worked out once for ranking and explanation alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

import numpy as np

from metier.graph.licence import licence_covers
from metier.ranking.encoded import Encoded, Nearness
from metier.ranking.person import PersonView
from metier.records.job import Job
from metier.records.match import Coverage, CoverageVerdict
from metier.records.profile import Profile
from metier.records.requirement import EducationLevel, LanguageLevel, Requirement
from metier.records.span import Span

MET, PARTLY = 0.72, 0.35
"""Degrees from which a requirement counts as met and as partly met."""

_EDUCATION: tuple[str, ...] = get_args(EducationLevel)
_LANGUAGE: tuple[str, ...] = get_args(LanguageLevel)
_CHOICE = re.compile(r"\bor\b|/|\boder\b|\bou\b|或|、|\be\.g\.|\bsuch as\b|如|等", re.IGNORECASE)
_MEANING_CAP = 0.9
"""Likeness of meaning alone never counts as much as a skill that is named."""
_NICE_WEIGHT = 0.4
_KIND_WEIGHT = {"skill": 1.0, "experience": 1.0, "education": 0.7, "language": 0.7, "licence": 1.0, "other": 0.4}
"""Kinds that are left out are conditions (see `constraint.py`): they are told, but add nothing to the factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the resume shows for one requirement: how much of it, where, and how that was recognised."""

    degree: float
    evidence: Span | None
    means: str
    is_silent: bool = False
    near: tuple[str, str] | None = None


@dataclass(kw_only=True, eq=False)
class CoverageQuestion:
    """One pair and what is needed to judge its requirements."""

    person: PersonView
    job: Job
    profile_parts: Encoded
    job_parts: Encoded
    near: Nearness
    title_near: float | None

    @cached_property
    def likest(self) -> dict[int, tuple[int, float]]:
        """Map a requirement to the part of the resume that means the most alike, and how much; a wish shows nothing."""
        rows = list(self.job_parts.of_kind.get("requirement", ()))
        if not rows or not self.profile_parts.parts:
            return {}
        person = self.profile_parts
        comparable = person.is_evidence & (person.is_read == self.job_parts.is_read[rows][:, None])
        near = np.where(comparable, self.near[rows], -1)
        columns = near.argmax(axis=1).tolist()
        found = zip(rows, columns, near.max(axis=1).tolist(), strict=True)
        return {self.job_parts.parts[row].index: (column, degree) for row, column, degree in found if degree >= 0}


def cover(question: CoverageQuestion) -> tuple[Coverage, ...]:
    """Judge each requirement of a job against a profile.

    Returns:
        One entry for each requirement, in the job's order; the weights of those that count sum to 1.
    """
    requirements = question.job.requirements
    weights = np.array([_weight(requirement) for requirement in requirements], dtype=np.float64)
    total = weights.sum()
    shares = weights / total if total else weights
    return tuple(
        _judge(question, index, requirement, float(share))
        for index, (requirement, share) in enumerate(zip(requirements, shares, strict=True))
    )


def _weight(requirement: Requirement) -> float:
    if requirement.is_waived:
        return 0.0
    importance = _NICE_WEIGHT if requirement.importance == "nice" else 1.0
    return importance * _KIND_WEIGHT.get(requirement.kind, 0.0)


def _judge(question: CoverageQuestion, index: int, requirement: Requirement, weight: float) -> Coverage:
    shown = _shown(question, index, requirement)
    return Coverage(
        requirement=requirement,
        verdict=_verdict(shown),
        degree=round(shown.degree, 4),
        weight=weight,
        evidence=shown.evidence,
        means=shown.means,
        near=shown.near,
    )


def _verdict(shown: _Shown) -> CoverageVerdict:
    if shown.degree >= MET:
        return "met"
    if shown.degree >= PARTLY:
        return "partly"
    return "not_stated" if shown.is_silent else "missing"


def _shown(question: CoverageQuestion, index: int, requirement: Requirement) -> _Shown:
    if requirement.is_waived:
        return _Shown(degree=1.0, evidence=None, means="waived")
    match requirement.kind:
        case "education":
            return _education(question, requirement)
        case "language":
            return _language(question, requirement)
        case "licence":
            return _licence(question, index, requirement)
        case "experience":
            return _experience(question, index, requirement)
        case "skill":
            return _skill(question, index, requirement)
        case "other":
            return replace(_skill(question, index, requirement), is_silent=True)
        case _:
            return _Shown(degree=0.0, evidence=None, means="condition", is_silent=True)


def _education(question: CoverageQuestion, requirement: Requirement) -> _Shown:
    known = [entry for entry in question.person.profile.education if entry.level]
    if not known or requirement.education is None:
        return _Shown(degree=0.0, evidence=None, means="education", is_silent=True)
    best = max(known, key=lambda entry: (_EDUCATION.index(entry.level or "none"), -entry.span.start))
    gap = _EDUCATION.index(requirement.education) - _EDUCATION.index(best.level or "none")
    degree = 1.0 if gap <= 0 else max(0.0, 0.6 - 0.25 * (gap - 1))
    return _Shown(degree=degree, evidence=_first_line(best.span, question.person.profile.text), means="education")


def _language(question: CoverageQuestion, requirement: Requirement) -> _Shown:
    for language in question.person.profile.languages:
        if language.language == requirement.language:
            return _Shown(
                degree=_level_degree(language.level, requirement.language_level),
                evidence=language.span,
                means="language",
            )
    if requirement.language and requirement.language == question.person.profile.language:
        return _Shown(degree=0.85, evidence=None, means="resume_language")
    return _Shown(degree=0.0, evidence=None, means="language", is_silent=not question.person.profile.languages)


def _level_degree(held: LanguageLevel | None, asked: LanguageLevel | None) -> float:
    if asked is None or held is None:
        return 0.9
    return max(0.0, 1 - 0.35 * max(0, _LANGUAGE.index(asked) - _LANGUAGE.index(held)))


def _licence(question: CoverageQuestion, index: int, requirement: Requirement) -> _Shown:
    held = [certificate for certificate in question.person.profile.certificates if certificate.key]
    for certificate in held:
        if requirement.licence and licence_covers(certificate.key, requirement.licence):
            return _Shown(degree=1.0, evidence=certificate.span, means="licence")
    meant = _meaning(question, index)
    degree = min(meant.degree, 0.6)
    return _Shown(degree=degree, evidence=meant.evidence if degree >= PARTLY else None, means="licence", is_silent=True)


def _experience(question: CoverageQuestion, index: int, requirement: Requirement) -> _Shown:
    """Years count as far as they were spent on something like what is asked."""
    relevant = _skill(question, index, requirement)
    if requirement.years_min is None:
        return relevant
    months = question.person.months
    stated = question.person.profile.stated_years
    years = max((months or 0) / 12, stated.value if stated else 0.0)
    if months is None and stated is None:
        return _Shown(degree=relevant.degree * 0.7, evidence=relevant.evidence, means="meaning", is_silent=True)
    enough = min(1.0, years / requirement.years_min) if requirement.years_min > 0 else 1.0
    kinship = max(relevant.degree, question.title_near or 0.0)
    evidence = relevant.evidence or (stated.span if stated else _latest_work(question.person.profile))
    return _Shown(degree=enough * (0.25 + 0.75 * kinship), evidence=evidence, means="years")


def _skill(question: CoverageQuestion, index: int, requirement: Requirement) -> _Shown:
    meant = _meaning(question, index)
    named = _named(question, requirement)
    return named if named.degree >= meant.degree else meant


def _named(question: CoverageQuestion, requirement: Requirement) -> _Shown:
    """Judge by the skills that the requirement names: all of them, or the best where it offers a choice."""
    mentions = [mention for mention in requirement.mentions if not mention.is_negated]
    if not mentions or not question.person.profile.skills:
        return _Shown(degree=0.0, evidence=None, means="skill", is_silent=not question.person.profile.skills)
    found = [question.person.nearest(mention.uri) for mention in mentions]
    degrees = [degree for degree, _ in found]
    is_choice = len(mentions) > 1 and _CHOICE.search(requirement.span.text) is not None
    mean = sum(degrees) / len(degrees)
    degree = max(degrees) * 0.7 + mean * 0.3 if is_choice else mean
    place = degrees.index(max(degrees))
    best_degree, best = found[place]
    evidence = best.mentions[0].span if best is not None and best.mentions and best_degree > 0 else None
    near = (mentions[place].uri, best.uri) if best is not None and evidence and best_degree < 1 else None
    return _Shown(degree=degree, evidence=evidence, means="skill", near=near)


def _meaning(question: CoverageQuestion, index: int) -> _Shown:
    """Judge by the line of the resume that means the most alike."""
    if index not in question.likest:
        return _Shown(degree=0.0, evidence=None, means="meaning", is_silent=True)
    column, near = question.likest[index]
    degree = near * _MEANING_CAP
    evidence = question.profile_parts.parts[column].span if degree >= PARTLY else None
    return _Shown(degree=degree, evidence=evidence, means="meaning")


def _latest_work(profile: Profile) -> Span | None:
    return _first_line(profile.work[0].span, profile.text) if profile.work else None


def _first_line(span: Span, text: str) -> Span:
    end = text.find("\n", span.start, span.end)
    return Span.of(text, span.start, end if end > span.start else span.end)
