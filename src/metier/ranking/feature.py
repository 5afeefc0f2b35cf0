"""The named factors of a pair, each in [0, 1]; None is "nothing known", which the score counts as neutral.

Nothing protected is read here: no name, gender, age, birth date, nationality, photo or family state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np

from metier.graph.place import is_in
from metier.models.wording import shared_wording
from metier.ranking.constraint import is_near
from metier.ranking.coverage import CoverageQuestion, cover
from metier.ranking.encoded import Encoded, Nearness
from metier.ranking.person import LEVELS
from metier.records.job import Job
from metier.records.match import Coverage
from metier.records.place import Place
from metier.records.preferences import Preferences
from metier.records.profile import Profile, ProfileSkill
from metier.records.requirement import LanguageLevel
from metier.retrieval.part import PartKind

Features = dict[str, float | None]

_FRESH_YEARS, _STALE_YEARS = 2.0, 10.0
_DAYS_PER_YEAR = 365.25
_TOP_DUTIES = 8
_WORDING_SHARED = 0.25
"""Two texts that share this much of their wording are about one job."""
_UNLIKE, _ALIKE = 0.51, 0.88
"""Cosines of documents that have nothing, and everything, to do with one another (read off the shipped encoder)."""
_REMOTE, _SAME_COUNTRY, _FROM_WISH, _OTHER_COUNTRY = 0.9, 0.5, 0.25, 0.05
"""Worth of a job away from home: remote, in the same country, there but not where it is wished, abroad."""
_GOING_ON = 0.8
"""What was done last counts so much beside a wish in sentences, which may speak of hours and pay alone."""
_FLUENCY: dict[LanguageLevel | None, float] = {
    "A1": 0.1, "A2": 0.25, "B1": 0.5, "B2": 0.75, "C1": 0.95, "C2": 1.0, None: 0.75
}  # fmt: skip
_NOT_SPOKEN = 0.1
_DONE: tuple[PartKind, ...] = ("experience", "skills", "line")
"""Parts that say what a person did or knows."""
_FEW = 1.5
"""So many requirements weigh as much as knowing nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairView:
    """One pair with everything that its factors are worked out from.

    Attributes:
        asked: The URIs of the skills that the job asks for, sorted.
    """

    question: CoverageQuestion
    coverage: tuple[Coverage, ...]
    neutral_coverage: float
    asked: Sequence[str]

    @classmethod
    def of(cls, question: CoverageQuestion, *, neutral_coverage: float) -> PairView:
        """View a pair."""
        asked = sorted({mention.uri for mention in question.job.skills if not mention.is_negated})
        return cls(question=question, coverage=cover(question), neutral_coverage=neutral_coverage, asked=asked)


def features_of(view: PairView) -> Features:
    """Work out every factor of a pair.

    Returns:
        Factor name to its value in [0, 1], or None when nothing is known about it.
    """
    profile, job = view.question.person.profile, view.question.job
    level = view.question.person.level
    return {
        "coverage": _coverage(view.coverage, view.neutral_coverage),
        "skills": _skills(view),
        "occupation": view.question.title_near,
        "experience": _experience(view),
        "seniority": _seniority(level, job),
        "recency": _recency(view),
        "lexical": _lexical(view),
        "likeness": _likeness(view),
        "wished_title": _wished_title(view),
        "language": _language(profile, job),
        "location": _location(profile, job),
        "workplace": _workplace(profile.preferences, job),
        "salary": _salary(profile.preferences, job),
        "employment_type": _employment_type(profile.preferences, job),
        "schedule": _schedule(profile.preferences, job),
        "seniority_step": _seniority_step(level, job),
        "skill_use": _skill_use(view),
    }


def title_nearness(near: Nearness, job_parts: Encoded, profile_parts: Encoded) -> float | None:
    """Say how near the job's title is to the person's titles, wished and held; older ones count for less.

    Returns:
        Nearness in [0, 1]; None when there is no title in a script that can be compared.
    """
    return max(_nearness_of(near, job_parts, profile_parts, "title"), default=None)


def _nearness_of(near: Nearness, job_parts: Encoded, profile_parts: Encoded, kind: PartKind) -> list[float]:
    parts = profile_parts.parts
    return [
        float(near[0, column]) * max(0.7, 1 - 0.08 * max(parts[column].index, 0))
        for column in profile_parts.of_kind.get(kind, ())
        if profile_parts.is_read[column] == job_parts.is_read[0]
    ]


def _coverage(coverage: Sequence[Coverage], neutral: float) -> float | None:
    """Weighted mean of the degrees, drawn towards the neutral value where there are few requirements to judge by."""
    counted = [entry for entry in coverage if entry.weight > 0]
    if not counted:
        return None
    trust = len(counted) / (len(counted) + _FEW)
    return trust * sum(entry.weight * entry.degree for entry in counted) + (1 - trust) * neutral


def _skills(view: PairView) -> float | None:
    """Share of the job's skills that the person has or is near to, specific ones counting more."""
    person, asked = view.question.person, view.asked
    if not asked or not person.profile.skills:
        return None
    weights = [person.graph.specificity(uri) for uri in asked]
    total = sum(weights)
    gained = sum(weight * person.nearest(uri)[0] for uri, weight in zip(asked, weights, strict=True))
    return gained / total if total else None


def _skill_use(view: PairView) -> float | None:
    """Share of the person's skills that the job asks for; of many skills a third is all one can use."""
    person, asked = view.question.person, view.asked
    held = person.profile.skills
    if not asked or not held:
        return None
    used = [0.0] * len(held)
    for uri in asked:
        for place, degree in person.near(uri):
            used[place] = max(used[place], degree)
    total = sum(person.specificities)
    return min(1.0, 3 * sum(map(mul, used, person.specificities)) / total) if total else None


def _wished_title(view: PairView) -> float | None:
    """Nearness to wished titles; without any, to what is said of wishes and, as most people go on, to the work held."""
    near, person, held = view.question.near, view.question.profile_parts, view.question.title_near
    if view.question.person.profile.preferences.titles:
        wished = len(view.question.person.profile.preferences.titles)
        return max(_nearness_of(near, view.question.job_parts, person, "title")[:wished], default=None)
    said = _nearness_of(near, view.question.job_parts, person, "wish")
    if not said or held is None:
        return max(said, default=held)
    return max(*said, _GOING_ON * held)


def _experience(view: PairView) -> float | None:
    """Mean nearness of the job's duties to the line of the resume that is most like each."""
    person, job = view.question.profile_parts, view.question.job_parts
    rows = list(job.of_kind.get("duty", ())[:_TOP_DUTIES])
    columns = [column for kind in _DONE for column in person.of_kind.get(kind, ())]
    if not rows or not columns:
        return None
    is_comparable = (job.is_read[rows][:, None] == person.is_read[columns]).any(axis=1)
    best = view.question.near[np.ix_(rows, columns)].max(axis=1)[is_comparable].tolist()
    return sum(best) / len(best) if best else None


def _recency(view: PairView) -> float | None:
    """How lately the person used the job's skills: 1 within two years, 0 after ten."""
    values = [
        _freshness(skill, view.question.person.as_of)
        for skill in view.question.person.profile.skills
        if skill.uri in view.asked and (skill.is_current or skill.last_used)
    ]
    return sum(values) / len(values) if values else None


def _freshness(skill: ProfileSkill, as_of: dt.date) -> float:
    if skill.is_current or skill.last_used is None:
        return 1.0
    years = (as_of - skill.last_used.last_day()).days / _DAYS_PER_YEAR
    return min(1.0, max(0.0, (_STALE_YEARS - years) / (_STALE_YEARS - _FRESH_YEARS)))


def _lexical(view: PairView) -> float | None:
    """Shared wording of both documents, by as much as fitting ones share; unknown between two languages."""
    profile, job = view.question.person.profile, view.question.job
    if profile.language and job.language and profile.language != job.language:
        return None
    shared = shared_wording(view.question.job_parts.wording, view.question.profile_parts.wording)
    return None if shared is None else min(1.0, shared / _WORDING_SHARED)


def _likeness(view: PairView) -> float | None:
    """Cosine of both documents as wholes: of the mean directions of their parts."""
    job, person = view.question.job_parts.centre, view.question.profile_parts.centre
    if job is None or person is None:
        return None
    return min(1.0, max(0.0, (float(job @ person) - _UNLIKE) / (_ALIKE - _UNLIKE)))


def _seniority(level: float | None, job: Job) -> float | None:
    """1 at the job's level, less for each level below it; being above it costs half as much."""
    if level is None or job.seniority is None:
        return None
    gap = LEVELS.index(job.seniority.value) - level
    return max(0.0, 1 - (0.3 * gap if gap > 0 else -0.15 * gap))


def _seniority_step(level: float | None, job: Job) -> float | None:
    """1 for the same level or one up; a step down is what few people want."""
    if level is None or job.seniority is None:
        return None
    step = LEVELS.index(job.seniority.value) - level
    return 1.0 if 0 <= step <= 1 else max(0.0, 1 - 0.3 * (step - 1) if step > 1 else 1 + 0.3 * step)


def _location(profile: Profile, job: Job) -> float | None:
    """1 where the person wishes to work, or lives; less in the same country, little abroad; remote is near all."""
    home = profile.basics.location
    if job.job_location_type is not None and job.job_location_type.value == "remote":
        allowed = job.applicant_location_requirements
        is_open = not allowed or home is None or any(is_in(home.value, found.value) for found in allowed)
        return _REMOTE if is_open else _OTHER_COUNTRY
    wished = profile.preferences.locations
    places = wished or ((home.value,) if home else ())
    reached = [_reach(found.value, place, is_wish=bool(wished)) for found in job.job_location for place in places]
    return max((value for value in reached if value is not None), default=None)


def _reach(job_place: Place, place: Place, *, is_wish: bool) -> float | None:
    near = is_near(job_place, place)
    if near is None:
        return None
    if near:
        return 1.0
    if job_place.country != place.country:
        return _OTHER_COUNTRY
    return _FROM_WISH if is_wish else _SAME_COUNTRY


def _language(profile: Profile, job: Job) -> float | None:
    """Whether the person writes or speaks the language that the posting is written in."""
    if not profile.language or not job.language:
        return None
    if profile.language == job.language:
        return 1.0
    spoken = [language for language in profile.languages if language.language == job.language]
    return max((_FLUENCY[language.level] for language in spoken), default=_NOT_SPOKEN)


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
