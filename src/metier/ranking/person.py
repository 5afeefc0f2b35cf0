"""What is worked out once for a person, however many jobs they are compared with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from metier.graph.base import SkillGraph
from metier.graph.seniority import find_seniority
from metier.records.job import Seniority
from metier.records.profile import Profile, ProfileSkill

LEVELS: tuple[Seniority, ...] = get_args(Seniority)
_YEARS_OF_LEVEL = {0: 0.0, 1: 0.0, 2: 1.0, 3: 3.0, 4: 6.0}


@dataclass(eq=False)
class PersonView:
    """A person as seen on a day, with the skills of the graph that are near to theirs."""

    profile: Profile
    graph: SkillGraph
    as_of: dt.date
    _near: dict[str, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    _nearest: dict[str, tuple[float, ProfileSkill | None]] = field(default_factory=dict)

    @cached_property
    def months(self) -> int | None:
        """Count the months of dated experience, see `Profile.experience_months`."""
        return self.profile.experience_months(self.as_of)

    @cached_property
    def level(self) -> float | None:
        """Estimate the level from the last title, else from years; 0 is intern, 8 executive."""
        for work in self.profile.work[:1]:
            stated = find_seniority(work.position.value) if work.position else None
            if stated:
                return float(LEVELS.index(stated.value))
        if self.months is None:
            return None
        return float(max(level for level, years in _YEARS_OF_LEVEL.items() if self.months / 12 >= years))

    def near(self, uri: str) -> tuple[tuple[int, float], ...]:
        """Give the places of the person's skills that are near to one, each with how near."""
        known = self._near.get(uri)
        if known is None:
            degrees = [self.graph.nearness(uri, skill.uri) for skill in self.profile.skills]
            known = self._near[uri] = tuple((place, degree) for place, degree in enumerate(degrees) if degree > 0)
        return known

    def nearest(self, uri: str) -> tuple[float, ProfileSkill | None]:
        """Give the nearest of the person's skills, the first of equally near ones, and how near it is."""
        if uri not in self._nearest:
            place, degree = max(self.near(uri), key=lambda pair: pair[1], default=(0, 0.0))
            self._nearest[uri] = (degree, self.profile.skills[place] if degree else None)
        return self._nearest[uri]

    @cached_property
    def specificities(self) -> list[float]:
        """Say of each of the person's skills how much it tells."""
        return [self.graph.specificity(skill.uri) for skill in self.profile.skills]
