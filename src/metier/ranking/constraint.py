"""Hard conditions of a pair, apart from the score: met, not met, or not stated.

`not_stated` is the answer whenever one side is silent; it never removes anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import get_args

from metier.graph.licence import licence_covers
from metier.graph.place import COMMUTE_KM, distance_km, is_in
from metier.records.job import Job
from metier.records.match import Constraint, ConstraintKind, ConstraintVerdict
from metier.records.place import Place
from metier.records.preferences import Preferences, Wish
from metier.records.profile import Profile
from metier.records.requirement import LanguageLevel, Requirement
from metier.records.span import Span

YEARS_TOLERANCE = 0.75
"""Years of experience from this share of what is asked are left to the score; fewer are `not_met`."""

_LEVELS: tuple[str, ...] = get_args(LanguageLevel)
_LEVELS_SHORT = 2
_SURE = 0.5


def check_constraints(profile: Profile, job: Job, *, as_of: dt.date) -> tuple[Constraint, ...]:
    """Check every hard condition that either side states.

    Args:
        profile: The person.
        job: The job.
        as_of: The day on which experience "to date" ends.

    Returns:
        One entry for each condition that the job or the person states, in a fixed order of kinds.
    """
    musts = [need for need in job.requirements if need.importance == "must" and not need.is_waived]
    checks: list[Constraint | None] = [
        *(_work_authorisation(profile, job, need) for need in _of_kind(musts, "work_authorisation")),
        _location(profile, job),
        _workplace(profile, job),
        *(_language(profile, need) for need in _of_kind(musts, "language")),
        *(_licence(profile, need) for need in _of_kind(musts, "licence")),
        _salary(profile.preferences, job),
        _schedule(profile.preferences, job),
        *(_experience_years(profile, need, as_of) for need in _of_kind(musts, "experience")),
    ]
    return tuple(check for check in checks if check is not None)


def is_ruled_out(constraints: Iterable[Constraint]) -> bool:
    """Say whether any condition is not met."""
    return any(constraint.verdict == "not_met" for constraint in constraints)


def _of_kind(needs: Iterable[Requirement], kind: str) -> list[Requirement]:
    return [need for need in needs if need.kind == kind]


def _constraint(
    kind: ConstraintKind, verdict: ConstraintVerdict, job_quote: Span | None, resume_quote: Span | None = None
) -> Constraint:
    return Constraint(kind=kind, verdict=verdict, job_quote=job_quote, resume_quote=resume_quote)


def _work_authorisation(profile: Profile, job: Job, need: Requirement) -> Constraint:
    preferences = profile.preferences
    countries = {found.value.country for found in job.job_location if found.value.country}
    may_work = any(
        is_in(Place(text="", country=country), held) for country in countries for held in preferences.authorised_in
    )
    verdict: ConstraintVerdict = "not_stated"
    if may_work or (need.sponsorship and preferences.needs_sponsorship):
        verdict = "met"
    elif preferences.needs_sponsorship and need.sponsorship is False:
        verdict = "not_met"
    return _constraint("work_authorisation", verdict, need.span)


def _location(profile: Profile, job: Job) -> Constraint | None:
    """Check where one may work from, then where one must come to."""
    home = profile.basics.location
    allowed = job.applicant_location_requirements
    if allowed and home and home.value.country:
        is_allowed = any(is_in(home.value, found.value) for found in allowed)
        return _constraint("location", "met" if is_allowed else "not_met", allowed[0].span, home.span)
    is_remote = job.job_location_type is not None and job.job_location_type.value == "remote"
    if is_remote or not job.job_location:
        return None
    quote = job.job_location[0].span
    wished = profile.preferences.locations
    if not wished:
        return _constraint("location", "not_stated", quote)
    near = [is_near(found.value, place) for found in job.job_location for place in wished]
    return _constraint("location", _wish_verdict(profile.preferences, "locations", near), quote)


def is_near(job_place: Place, wished: Place) -> bool | None:
    """Say whether a job's place is where somebody wishes to work; None when the map cannot tell."""
    if not wished.city and wished.country:
        return is_in(job_place, wished.country) and (not wished.region or job_place.region in {"", wished.region})
    if job_place.city and wished.city and job_place.city == wished.city and job_place.country == wished.country:
        return True
    distance = distance_km(job_place, wished)
    if distance is not None:
        return distance < COMMUTE_KM
    if job_place.country and wished.country and job_place.country != wished.country:
        return False
    return None


def _wish_verdict(preferences: Preferences, wish: Wish, answers: Iterable[bool | None]) -> ConstraintVerdict:
    known = list(answers)
    if any(known):
        return "met"
    if None in known or wish not in preferences.hard:
        return "not_stated"
    return "not_met"


def _workplace(profile: Profile, job: Job) -> Constraint | None:
    wished = profile.preferences.workplaces
    if not wished:
        return None
    if job.job_location_type is None:
        return _constraint("workplace", "not_stated", None)
    verdict = _wish_verdict(profile.preferences, "workplaces", [job.job_location_type.value in wished])
    return _constraint("workplace", verdict, job.job_location_type.span)


def _language(profile: Profile, need: Requirement) -> Constraint:
    for language in profile.languages:
        if language.language == need.language:
            is_short = (
                language.level is not None
                and need.language_level is not None
                and _LEVELS.index(need.language_level) - _LEVELS.index(language.level) >= _LEVELS_SHORT
            )
            return _constraint("language", "not_met" if is_short else "met", need.span, language.span)
    is_written_in_it = bool(need.language) and need.language == profile.language
    return _constraint("language", "met" if is_written_in_it else "not_stated", need.span)


def _licence(profile: Profile, need: Requirement) -> Constraint:
    for certificate in profile.certificates:
        if certificate.key and need.licence and licence_covers(certificate.key, need.licence):
            return _constraint("licence", "met", need.span, certificate.span)
    return _constraint("licence", "not_stated", need.span)


def _salary(preferences: Preferences, job: Job) -> Constraint | None:
    floor, paid = preferences.salary_min, job.base_salary
    if floor is None:
        return None
    if paid is None or not paid.currency or paid.currency != floor.currency:
        return _constraint("salary", "not_stated", paid.span if paid else None)
    low, high = paid.per_year()
    top, least = high or low, floor.per_year()[0]
    if top is None or least is None:
        return _constraint("salary", "not_stated", paid.span)
    return _constraint("salary", _wish_verdict(preferences, "salary_min", [top >= least]), paid.span)


def _schedule(preferences: Preferences, job: Job) -> Constraint | None:
    if not preferences.schedules:
        return None
    if not job.schedules:
        return _constraint("schedule", "not_stated", None)
    fits = [found.value in preferences.schedules for found in job.schedules]
    return _constraint("schedule", _wish_verdict(preferences, "schedules", [all(fits)]), job.schedules[0].span)


def _experience_years(profile: Profile, need: Requirement, as_of: dt.date) -> Constraint | None:
    if not need.years_min:
        return None
    months = profile.experience_months(as_of)
    stated = profile.stated_years
    is_whole = bool(profile.work) and all(
        work.start_date is not None and work.confidence >= _SURE for work in profile.work
    )
    years = max((months or 0) / 12, stated.value if stated else 0.0)
    quote = stated.span if stated else (profile.work[0].span if profile.work and months else None)
    if years >= need.years_min * YEARS_TOLERANCE:
        return _constraint("experience_years", "met", need.span, quote)
    if not is_whole and stated is None:
        return _constraint("experience_years", "not_stated", need.span)
    return _constraint("experience_years", "not_met", need.span, quote)
