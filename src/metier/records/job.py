"""A posting as a feed gave it, and the cleaned job made of it; names follow schema.org JobPosting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from metier.records.place import Place
from metier.records.preferences import EmploymentType, Workplace
from metier.records.requirement import Requirement
from metier.records.salary import Salary
from metier.records.skill import Mention
from metier.records.span import Found, Span

Seniority = Literal["intern", "entry", "junior", "mid", "senior", "lead", "manager", "director", "executive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One raw posting.

    Attributes:
        source: The feed, as the caller named it.
        row: Its row in the feed, counted from 1.
        fields: Field name to value, under our names (see `jobs/columns.py`) as far as they are known.
        sections: Label and text of long columns with unknown names, in the feed's order.
    """

    source: str
    row: int
    fields: dict[str, str]
    sections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A cleaned job.

    Attributes:
        id: The feed's id, or `text_id` of the text when the feed gives none.
        text: Title, employer, place and pay, then the cleaned description; all spans point into it.
        job_location_type: `None` when the posting does not say.
        applicant_location_requirements: Where one may work from (ISO country codes or groups such as `EU`).
        skills: Every linked mention, also outside requirements.
        responsibilities: The duties, one span for each sentence or list item.
        cluster_id: Shared by near-duplicates and reposts; the id itself when there are none.
        content_hash: Hash of what a score may depend on; equal hashes are identical documents.
    """

    id: str
    source: str
    title: str
    text: str
    row: int = 0
    hiring_organization: str = ""
    job_location: tuple[Found[Place], ...] = ()
    job_location_type: Found[Workplace] | None = None
    applicant_location_requirements: tuple[Found[str], ...] = ()
    employment_type: Found[EmploymentType] | None = None
    base_salary: Salary | None = None
    date_posted: dt.date | None = None
    valid_through: dt.date | None = None
    first_seen: dt.date | None = None
    last_seen: dt.date | None = None
    url: str = ""
    industry: str = ""
    language: str = ""
    seniority: Found[Seniority] | None = None
    schedules: tuple[Found[str], ...] = ()
    requirements: tuple[Requirement, ...] = ()
    responsibilities: tuple[Span, ...] = ()
    skills: tuple[Mention, ...] = ()
    title_span: Span | None = None
    cluster_id: str = ""
    content_hash: str = ""
    warnings: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def places(self) -> tuple[Place, ...]:
        """Give where the job is."""
        return tuple(found.value for found in self.job_location)

    def is_expired(self, as_of: dt.date) -> bool:
        """Say whether the posting had ended before the day `as_of`."""
        return self.valid_through is not None and self.valid_through < as_of
