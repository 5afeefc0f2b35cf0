"""What a job asks for: one requirement, or one condition that can be met or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metier.records.skill import Mention
from metier.records.span import Span

RequirementKind = Literal[
    "skill",
    "experience",
    "education",
    "language",
    "licence",
    "work_authorisation",
    "location",
    "schedule",
    "physical",
    "other",
]
Importance = Literal["must", "nice"]
EducationLevel = Literal[
    "none", "school", "upper_secondary", "vocational", "associate", "bachelor", "master", "doctorate"
]
LanguageLevel = Literal["A1", "A2", "B1", "B2", "C1", "C2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a posting asks of a person, with the sentence that says so.

    Attributes:
        span: The sentence or list item, in the job's text.
        kind: What sort of requirement it is.
        importance: `must`, or `nice` (ideally, a plus, 优先).
        mentions: The skills named within the span.
        years_min: Minimum years of experience, if stated.
        education: The lowest level that satisfies it, for kind `education`.
        language: ISO 639-1 code, for kind `language`.
        language_level: CEFR level, if stated or implied ("fluent" is C1, "native" C2).
        licence: The licence's key in the vocabulary (`driving_c`, `forklift`, …) or its text.
        sponsorship: For kind `work_authorisation`: whether the employer sponsors a visa, if stated.
        is_waived: The text says that this is *not* needed ("no degree required", "不限学历").
    """

    span: Span
    kind: RequirementKind
    importance: Importance = "must"
    mentions: tuple[Mention, ...] = ()
    years_min: float | None = None
    education: EducationLevel | None = None
    language: str | None = None
    language_level: LanguageLevel | None = None
    licence: str | None = None
    sponsorship: bool | None = None
    is_waived: bool = False
