"""What a person wishes of a job: hard wishes can rule a job out, soft ones only move the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metier.records.place import Place
from metier.records.salary import Salary

Workplace = Literal["on_site", "hybrid", "remote"]
EmploymentType = Literal["full_time", "part_time", "contract", "temporary", "internship", "volunteer", "per_diem"]
Wish = Literal["locations", "workplaces", "salary_min", "employment_types", "titles", "schedules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """A person's wishes; an empty field is an unknown wish and counts as neutral.

    Attributes:
        locations: Where the person would work on site.
        workplaces: Workplace types that the person accepts.
        salary_min: The least pay, compared in one currency only, as stated.
        employment_types: Accepted employment types.
        titles: Wished titles, in the person's words.
        schedules: Accepted schedules: `day`, `night`, `shift`, `weekend`.
        authorised_in: Countries (ISO 3166-1 alpha-2, or `EU`) where the person may work.
        needs_sponsorship: Whether a visa sponsor is needed, when known.
        hard: The wishes that rule a job out when they are not met; the others are soft.
    """

    locations: tuple[Place, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    salary_min: Salary | None = None
    employment_types: tuple[EmploymentType, ...] = ()
    titles: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    authorised_in: tuple[str, ...] = ()
    needs_sponsorship: bool | None = None
    hard: tuple[Wish, ...] = ("locations", "workplaces", "salary_min")
