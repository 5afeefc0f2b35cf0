"""How and when work is done: the workplace, the employment type and the schedule that a text states."""

from __future__ import annotations

import re
from functools import cache

from metier.graph.trigger import Triggers
from metier.graph.words import words
from metier.records.preferences import EmploymentType, Workplace
from metier.records.span import Found, Span

_WORKPLACES: tuple[Workplace, ...] = ("hybrid", "on_site", "remote")
_EMPLOYMENT_TYPES: tuple[EmploymentType, ...] = (
    "internship",
    "volunteer",
    "part_time",
    "temporary",
    "per_diem",
    "contract",
    "full_time",
)
"""The more particular ones first."""
_NO = re.compile(
    r"\b(?:no|not|without|never)\b[\w ,/]{0,14}$|没有$|无(?:需|须)?[上值]?$|不(?:用|需|需要|必)?[上值倒]?$",
    re.IGNORECASE,
)


def find_workplace(text: str) -> Found[Workplace] | None:
    """Find whether the work is on site, hybrid or remote; None when the text does not say."""
    patterns = dict(words("workplace"))
    for workplace in _WORKPLACES:
        named = patterns[workplace].search(text)
        if named and (workplace == "on_site" or not _NO.search(text[: named.start()])):
            return Found(value=workplace, span=Span.of(text, *named.span()), confidence=0.8)
    return None


def find_employment_type(text: str) -> Found[EmploymentType] | None:
    """Find the employment type; the more particular one wins over full time. None when the text does not say."""
    patterns = dict(words("employment_type"))
    for kind in _EMPLOYMENT_TYPES:
        named = patterns[kind].search(text)
        if named:
            return Found(value=kind, span=Span.of(text, *named.span()), confidence=0.8)
    return None


@cache
def _triggers() -> Triggers:
    return Triggers([pattern for _, pattern in words("schedule")])


def find_schedules(text: str) -> list[Found[str]]:
    """Find the schedules that a text states, one entry for each of `night weekend shift on_call day`."""
    found = []
    schedules = words("schedule")
    for schedule, pattern in (schedules[place] for place in _triggers().possible(text)):
        for named in pattern.finditer(text):
            if schedule == "day" or not _NO.search(text[max(0, named.start() - 24) : named.start()]):
                found.append(Found(value=schedule, span=Span.of(text, *named.span()), confidence=0.8))
                break
    return sorted(found, key=lambda entry: (entry.span.start if entry.span else 0, entry.value))
