"""What requests hold, checked once, here."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from metier.records.event import Actor, EventKind

_ID = r"^[^\x00-\x1f\x7f/\\]+$"
RecordId = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=_ID)]
"""An id that a path can hold: no slash, no control characters."""
ShortText = Annotated[str, StringConstraints(max_length=2000)]
LongText = Annotated[str, StringConstraints(max_length=400_000)]


def _known_language(value: str) -> str:
    if not value.isalpha() or len(value) not in {2, 3}:
        raise ValueError("write a language as its ISO 639 code, such as en")
    return value.lower()


LanguageCode = Annotated[str, AfterValidator(_known_language)]


class Strict(BaseModel):
    """A request whose unknown members are an error, so that no wish is dropped in silence."""

    model_config = ConfigDict(extra="forbid")


class PostingIn(BaseModel):
    """A posting, by our names or by those of usual feeds; what is not stated stays empty."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "id": "welder-7",
                    "title": "TIG Welder",
                    "hiring_organization": "Halden Steel",
                    "location": "Leeds, United Kingdom",
                    "salary": "£17 an hour",
                    "employment_type": "full-time",
                    "description": "Weld stainless steel pipe. TIG welding is required. Forklift licence is a plus.",
                }
            ]
        },
    )
    id: RecordId | None = None
    title: ShortText | None = None
    description: LongText | None = None


class PreferencesIn(Strict):
    """What a person wishes, in plain words."""

    locations: list[ShortText] = []
    workplaces: list[ShortText] = []
    salary_min: ShortText = ""
    employment_types: list[ShortText] = []
    titles: list[ShortText] = []
    schedules: list[ShortText] = []
    authorised_in: list[ShortText] = []
    needs_sponsorship: bool | None = None
    hard: list[ShortText] | None = None

    def stated(self) -> dict[str, Any]:
        """Give what was stated."""
        return {name: value for name, value in self.model_dump().items() if value not in (None, "", [])}


class PersonIn(Strict):
    """A person: a resume's text, or a JSON Resume; wishes go before what it says."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "ana",
                    "text": "Welder, Leeds\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of pipe",
                    "preferences": {"locations": ["Leeds"], "salary_min": "£30,000 a year"},
                }
            ]
        },
    )
    id: RecordId | None = None
    text: LongText = ""
    resume: dict[str, Any] | None = None
    preferences: PreferencesIn | None = None


class Filters(Strict):
    """What an answer is narrowed to; a record that does not state a thing stays, unless `stated_only`."""

    country: list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]] = Field(
        default=[], description="ISO 3166 codes, such as GB.", max_length=50
    )
    city: list[Annotated[str, StringConstraints(min_length=1, max_length=100)]] = Field(default=[], max_length=50)
    workplace: list[Literal["on_site", "hybrid", "remote"]] = Field(default=[], max_length=3)
    employment_type: list[
        Literal["full_time", "part_time", "contract", "temporary", "internship", "volunteer", "per_diem"]
    ] = Field(default=[], max_length=7)
    salary_min: str = Field(default="", max_length=100, description="With currency and period: £30,000 a year.")
    posted_since: dt.date | None = None
    language: list[LanguageCode] = Field(default=[], max_length=50, description="Of the text, such as en.")
    stated_only: bool = Field(default=False, description="Leave out what does not state what is asked for.")

    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return self.model_copy(update={"stated_only": False}) == _NO_FILTERS


_NO_FILTERS = Filters()


class Question(Filters):
    """How an answer is wished."""

    n: int = Field(default=10, ge=1, le=100, description="How many matches.")
    lang: Literal["en", "zh"] = Field(default="en", description="The language of the reasons.")
    as_of: dt.date | None = Field(default=None, description="The day it is reckoned on; today when left out.")
    policy: Literal["remove", "mark"] = Field(default="remove", description="What becomes of conditions not met.")
    employer_cap: int = Field(default=3, ge=0, le=100, description="Jobs of one employer at most; 0 for all.")

    def filters(self) -> Filters:
        """Give the filters alone."""
        return Filters(**{name: getattr(self, name) for name in Filters.model_fields})


class RecommendationIn(Question):
    """A question about a person who is sent along and not kept."""

    person: PersonIn
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"person": {"text": "Welder, Leeds\nTIG welding of stainless pipe since 2019"}, "n": 5}]
        },
    )


class GapQuestion(Question):
    """How the gaps are wished; `n` is of how many of the best jobs."""

    n: int = Field(default=30, ge=1, le=100, description="Of how many of the best jobs.")
    policy: Literal["remove", "mark"] = Field(default="mark", description="What becomes of conditions not met.")


class PageQuestion(Strict):
    """A page of a list."""

    limit: int = Field(default=50, ge=1, le=500)
    cursor: str = Field(default="", max_length=2000, description="`next` of the page before.")


class ReasonsQuestion(Strict):
    """How an explanation is wished."""

    lang: Literal["en", "zh"] = "en"
    as_of: dt.date | None = None


class ExpiryIn(Strict):
    """The last day of a job; today when left out."""

    on: dt.date | None = None


class EventIn(Strict):
    """Something that someone did; the same id sent twice counts once."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"id": "e-1", "kind": "save", "profile_id": "ana", "job_id": "welder-7"}]},
    )
    id: RecordId | None = None
    kind: EventKind
    profile_id: RecordId
    job_id: RecordId
    actor: Actor = "person"
    at: dt.datetime | None = None
    position: int | None = Field(default=None, ge=1, le=1_000_000)
    list_id: ShortText = Field(default="", description="The list that it was shown in, so that its rank can be told.")
    note: ShortText = ""


class EventsIn(Strict):
    """Several events, written in one go."""

    events: list[EventIn] = Field(min_length=1, max_length=10_000)


class LabelIn(Strict):
    """How well a person and a job fit, as a person judged."""

    grade: int = Field(ge=0, le=3, description="0 not at all, 3 a very good fit.")
    note: ShortText = ""


class SearchIn(Strict):
    """A saved search: whatever is new in its answer is sent to a webhook."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"side": "jobs", "subject": "ana", "url": "https://example.com/hook", "filters": {}, "n": 10}]
        },
    )
    side: Literal["jobs", "people"] = Field(description="Jobs for a person, or people for a job.")
    subject: RecordId = Field(description="The person, or the job, that is searched for.")
    url: Annotated[str, StringConstraints(min_length=8, max_length=2000, pattern=r"^https?://\S+$")]
    filters: Filters = Filters()
    n: int = Field(default=10, ge=1, le=50)
    least_score: float = Field(default=0.0, ge=0, le=1)
