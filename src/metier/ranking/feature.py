"""The named factors of a pair, each in [0, 1]; None is "nothing known", which the score counts as neutral.

Nothing protected is read here: no name, gender, age, birth date, nationality, photo or family state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from metier.graph.seniority import find_seniority
from metier.ranking.constraint import is_near
from metier.ranking.coverage import CoverageQuestion
from metier.ranking.encoded import Encoded, Nearness, character_pairs
from metier.records.job import Job, Seniority
from metier.records.match import Coverage
from metier.records.preferences import Preferences
from metier.records.profile import Profile, ProfileSkill

Features = dict[str, float | None]

_LEVELS: tuple[str, ...] = get_args(Seniority)
_YEARS_OF_LEVEL = {0: 0.0, 1: 0.0, 2: 1.0, 3: 3.0, 4: 6.0, 5: 8.0, 6: 8.0, 7: 12.0, 8: 15.0}
_FRESH_YEARS, _STALE_YEARS = 2.0, 10.0
_DAYS_PER_YEAR = 365.25
_TOP_DUTIES = 8
_WORDS_SHARED = 2.0
"""Half of a posting's words are as many as a fitting resume shares."""
_REMEMBERED = 20_000
"""Texts whose words are kept for the next query."""
_FEW = 1.5
"""So many requirements weigh as much as knowing nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairView:
    """One pair with everything that its factors are worked out from."""

    question: CoverageQuestion
    coverage: tuple[Coverage, ...]
    job_parts: Encoded
    neutral_coverage: float


def features_of(view: PairView) -> Features:
    """Work out every factor of a pair.

    Returns:
        Factor name to its value in [0, 1], or None when nothing is known about it.
    """
    profile, job = view.question.profile, view.question.job
    level = profile_level(profile, view.question.as_of)
    return {
        "coverage": _coverage(view.coverage, view.neutral_coverage),
        "skills": _skills(view),
        "occupation": _occupation(view),
        "experience": _experience(view),
        "seniority": _seniority(level, job),
        "recency": _recency(view),
        "lexical": _lexical(view),
        "wished_title": _wished_title(view),
        "location": _location(profile, job),
        "workplace": _workplace(profile.preferences, job),
        "salary": _salary(profile.preferences, job),
        "employment_type": _employment_type(profile.preferences, job),
        "schedule": _schedule(profile.preferences, job),
        "seniority_step": _seniority_step(level, job),
        "skill_use": _skill_use(view),
    }


def title_nearness(
    near: Nearness, job_parts: Encoded, profile_parts: Encoded, *, only_wished: bool = False
) -> float | None:
    """Say how near the job's title is to the person's titles: wished ones first, older ones count for less.

    Returns:
        Nearness in [0, 1]; None when there is no title in a script that can be compared.
    """
    best: float | None = None
    for column, part in enumerate(profile_parts.parts):
        is_wish = part.index < 0 and part.span is None
        if (
            part.kind != "title"
            or profile_parts.is_read[column] != job_parts.is_read[0]
            or (only_wished and not is_wish)
        ):
            continue
        value = float(near[0, column]) * max(0.7, 1 - 0.08 * max(part.index, 0))
        best = value if best is None else max(best, value)
    return best


def _coverage(coverage: Sequence[Coverage], neutral: float) -> float | None:
    """Weighted mean of the degrees, drawn towards the neutral value where there are few requirements to judge by."""
    counted = [entry for entry in coverage if entry.weight > 0]
    if not counted:
        return None
    trust = len(counted) / (len(counted) + _FEW)
    return trust * sum(entry.weight * entry.degree for entry in counted) + (1 - trust) * neutral


def _skills(view: PairView) -> float | None:
    """Share of the job's skills that the person has or is near to, specific ones counting more."""
    asked = {mention.uri for mention in view.question.job.skills if not mention.is_negated}
    held = view.question.profile.skills
    if not asked or not held:
        return None
    weights = {uri: view.question.graph.specificity(uri) for uri in sorted(asked)}
    total = sum(weights.values())
    gained = sum(weight * _nearest(view, uri, held) for uri, weight in weights.items())
    return gained / total if total else None


def _nearest(view: PairView, uri: str, held: Sequence[ProfileSkill]) -> float:
    return max((view.question.graph.nearness(uri, skill.uri) for skill in held), default=0.0)


def _skill_use(view: PairView) -> float | None:
    """Share of the person's skills that the job asks for; of many skills a third is all one can use."""
    asked = sorted({mention.uri for mention in view.question.job.skills if not mention.is_negated})
    held = view.question.profile.skills
    if not asked or not held:
        return None
    used = sum(
        max(view.question.graph.nearness(skill.uri, uri) for uri in asked) * view.question.graph.specificity(skill.uri)
        for skill in held
    )
    total = sum(view.question.graph.specificity(skill.uri) for skill in held)
    return min(1.0, 3 * used / total) if total else None


def _occupation(view: PairView) -> float | None:
    return title_nearness(view.question.near, view.job_parts, view.question.profile_parts)


def _wished_title(view: PairView) -> float | None:
    """Nearness to wished titles; without any, people mostly go on in what they did last."""
    wished = title_nearness(view.question.near, view.job_parts, view.question.profile_parts, only_wished=True)
    return wished if wished is not None else _occupation(view)


def _experience(view: PairView) -> float | None:
    """Mean nearness of the job's duties to the line of the resume that is most like each."""
    person = view.question.profile_parts
    rows = [row for row, part in enumerate(view.job_parts.parts) if part.kind == "duty"][:_TOP_DUTIES]
    best = []
    for row in rows:
        columns = [
            column
            for column, part in enumerate(person.parts)
            if part.kind != "title" and person.is_read[column] == view.job_parts.is_read[row]
        ]
        if columns:
            best.append(float(view.question.near[row, columns].max()))
    return sum(best) / len(best) if best else None


def _recency(view: PairView) -> float | None:
    """How lately the person used the job's skills: 1 within two years, 0 after ten."""
    asked = {mention.uri for mention in view.question.job.skills}
    values = [
        _freshness(skill, view.question.as_of)
        for skill in view.question.profile.skills
        if skill.uri in asked and (skill.is_current or skill.last_used)
    ]
    return sum(values) / len(values) if values else None


def _freshness(skill: ProfileSkill, as_of: dt.date) -> float:
    if skill.is_current or skill.last_used is None:
        return 1.0
    years = (as_of - skill.last_used.last_day()).days / _DAYS_PER_YEAR
    return min(1.0, max(0.0, (_STALE_YEARS - years) / (_STALE_YEARS - _FRESH_YEARS)))


def _lexical(view: PairView) -> float | None:
    """Share of the character pairs of the job's title and requirements that the resume has too."""
    job = view.question.job
    wanted = character_words(" ".join([job.title, *(need.span.text for need in job.requirements)]))
    shown = character_words(view.question.profile.text)
    if not wanted or _has_han(wanted) != _has_han(shown):
        return None
    return min(1.0, _WORDS_SHARED * len(wanted & shown) / len(wanted))


@lru_cache(maxsize=_REMEMBERED)
def character_words(text: str) -> frozenset[str]:
    """Give the words of four or more letters of a text, and the pairs of its Chinese characters."""
    words = {word for word in "".join(c if c.isalnum() else " " for c in text.lower()).split() if word.isascii()}
    han = frozenset(pair for pair in character_pairs(text) if not pair.isascii())
    return frozenset(word for word in words if len(word) >= 4) | han


@lru_cache(maxsize=_REMEMBERED)
def _has_han(words: frozenset[str]) -> bool:
    return 3 * sum(not word.isascii() for word in words) > len(words)


def profile_level(profile: Profile, as_of: dt.date) -> float | None:
    """Estimate a person's level from the last title, else from years; 0 is intern, 8 executive."""
    for work in profile.work[:1]:
        stated = find_seniority(work.position.value) if work.position else None
        if stated:
            return float(_LEVELS.index(stated.value))
    months = profile.experience_months(as_of)
    if months is None:
        return None
    return float(max(level for level, years in _YEARS_OF_LEVEL.items() if level <= 4 and months / 12 >= years))


def _seniority(level: float | None, job: Job) -> float | None:
    """1 at the job's level, less for each level below it; being above it costs half as much."""
    if level is None or job.seniority is None:
        return None
    gap = _LEVELS.index(job.seniority.value) - level
    return max(0.0, 1 - (0.3 * gap if gap > 0 else -0.15 * gap))


def _seniority_step(level: float | None, job: Job) -> float | None:
    """1 for the same level or one up; a step down is what few people want."""
    if level is None or job.seniority is None:
        return None
    step = _LEVELS.index(job.seniority.value) - level
    return 1.0 if 0 <= step <= 1 else max(0.0, 1 - 0.3 * (step - 1) if step > 1 else 1 + 0.3 * step)


def _location(profile: Profile, job: Job) -> float | None:
    """1 where the person wishes to work, or lives; remote work is near everybody."""
    is_remote = job.job_location_type is not None and job.job_location_type.value == "remote"
    if is_remote and not job.applicant_location_requirements:
        return 0.9
    home = profile.basics.location
    wished = profile.preferences.locations or ((home.value,) if home else ())
    near = [is_near(found.value, place) for found in job.job_location for place in wished]
    known = [answer for answer in near if answer is not None]
    if not known:
        return None
    return 1.0 if any(known) else 0.15


def _workplace(preferences: Preferences, job: Job) -> float | None:
    if not preferences.workplaces or job.job_location_type is None:
        return None
    return 1.0 if job.job_location_type.value in preferences.workplaces else 0.0


def _salary(preferences: Preferences, job: Job) -> float | None:
    floor, paid = preferences.salary_min, job.base_salary
    if floor is None or paid is None or not paid.currency or paid.currency != floor.currency:
        return None
    low, high = paid.per_year()
    top, least = high or low, floor.per_year()[0]
    if top is None or not least:
        return None
    return min(1.0, max(0.0, 0.5 + 2 * (top / least - 1)))


def _employment_type(preferences: Preferences, job: Job) -> float | None:
    if not preferences.employment_types or job.employment_type is None:
        return None
    return 1.0 if job.employment_type.value in preferences.employment_types else 0.0


def _schedule(preferences: Preferences, job: Job) -> float | None:
    if not preferences.schedules or not job.schedules:
        return None
    return 1.0 if all(found.value in preferences.schedules for found in job.schedules) else 0.0
