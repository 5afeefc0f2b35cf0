"""A person as read from a resume; field names follow JSON Resume 1.0."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from metier.records.date import PartialDate
from metier.records.place import Place
from metier.records.preferences import Preferences
from metier.records.requirement import EducationLevel, LanguageLevel
from metier.records.skill import Mention
from metier.records.span import Found, Span

_DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """Who the person is and how to reach them. Nothing here ever reaches a score but `location`."""

    name: Found[str] | None = None
    label: Found[str] | None = None
    email: Found[str] | None = None
    phone: Found[str] | None = None
    url: Found[str] | None = None
    summary: Found[str] | None = None
    location: Found[Place] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One job held; `name` is the employer, as in JSON Resume.

    Attributes:
        span: The whole entry in the resume's text.
        highlights: One span for each line of what was done.
        is_current: The entry says "to date", "present", "至今".
    """

    span: Span
    confidence: float
    name: Found[str] | None = None
    position: Found[str] | None = None
    location: Found[Place] | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    is_current: bool = False
    highlights: tuple[Span, ...] = ()

    def interval(self, as_of: dt.date) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day of the entry, or None when it is not dated."""
        if self.start_date is None:
            return None
        end = self.end_date.last_day() if self.end_date else (as_of if self.is_current else self.start_date.last_day())
        start = self.start_date.first_day()
        return (start, min(end, as_of)) if start <= min(end, as_of) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """One entry of education."""

    span: Span
    confidence: float
    institution: Found[str] | None = None
    area: Found[str] | None = None
    study_type: Found[str] | None = None
    level: EducationLevel | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the person says they speak; `language` is an ISO 639-1 code."""

    language: str
    span: Span | None
    confidence: float
    fluency: str = ""
    level: LanguageLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A licence or certificate; `key` is its key in the vocabulary when it is known there."""

    name: str
    span: Span | None
    confidence: float
    key: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSkill:
    """A skill of the person, each place that shows it, and when it was last used.

    Attributes:
        uri: The concept.
        name: Its preferred label.
        mentions: Where the resume names it, never negated.
        last_used: End of the latest dated entry that names it; None when only listed.
        months: Months of dated experience whose entry names it.
    """

    uri: str
    name: str
    mentions: tuple[Mention, ...]
    confidence: float
    last_used: PartialDate | None = None
    is_current: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person, as far as the resume says; what was not found is empty.

    Attributes:
        id: A stable key: the caller's, or `text_id` of the text.
        source: The file or row it came from.
        text: The resume's text; all spans point into it.
        language: ISO 639-1 code of the resume's language.
        sections: Spans of the body of each recognised section by its kind
            (`summary work education skills languages certificates projects other`).
        warnings: What the reader should know about the reading.
    """

    id: str
    source: str
    text: str
    language: str = ""
    basics: Basics = field(default_factory=Basics)
    work: tuple[Work, ...] = ()
    education: tuple[Education, ...] = ()
    languages: tuple[Language, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    skills: tuple[ProfileSkill, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    stated_years: Found[float] | None = None
    sections: tuple[tuple[str, Span], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Give where the person would work: wished places, else home; none for who wishes to work remotely only."""
        if self.preferences.workplaces == ("remote",):
            return ()
        home = self.basics.location
        return self.preferences.locations or ((home.value,) if home else ())

    def experience_months(self, as_of: dt.date) -> int | None:
        """Count the months of dated work up to `as_of`; time held in two jobs at once counts once.

        Returns:
            Whole months, or None when no entry is dated.
        """
        intervals = sorted(filter(None, (work.interval(as_of) for work in self.work)))
        if not intervals:
            return None
        days = 0
        reached = dt.date.min
        for start, end in intervals:
            first = max(start, reached)
            if end >= first:
                days += (end - first).days + 1
                reached = end + dt.timedelta(days=1)
        return round(days / _DAYS_PER_MONTH)
