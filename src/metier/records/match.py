"""A scored profile–job pair: what was checked, what spoke for it, and what each factor did to the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metier.records.job import Job
from metier.records.profile import Profile
from metier.records.requirement import Requirement
from metier.records.span import Span

ConstraintKind = Literal[
    "work_authorisation", "location", "workplace", "language", "licence", "salary", "schedule", "experience_years"
]
ConstraintVerdict = Literal["met", "not_met", "not_stated"]
CoverageVerdict = Literal["met", "partly", "missing", "not_stated"]
Band = Literal["strong", "good", "stretch", "weak", "not_enough_evidence"]
Side = Literal["jobs", "people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A hard condition, apart from the score; either quote may be missing."""

    kind: ConstraintKind
    verdict: ConstraintVerdict
    job_quote: Span | None = None
    resume_quote: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How well one requirement is met, and what in the resume shows it.

    Attributes:
        degree: 0 to 1; what the requirement adds to the coverage factor before weighting.
        weight: Its part of the coverage factor; the weights of a job sum to 1.
        evidence: The quote in the resume, when there is one.
        means: How it was recognised, such as `skill`, `years`, `meaning`.
        near: Where a skill was recognised by another one that is near to it: the URIs of what is asked for and of what
            the evidence shows.
    """

    requirement: Requirement
    verdict: CoverageVerdict
    degree: float
    weight: float
    evidence: Span | None = None
    means: str = ""
    near: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A named factor of the score: its value in [0, 1] and what it added to the score."""

    name: str
    value: float
    contribution: float
    is_neutral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A scored pair. `score` is the root of `employer_fit` × `person_fit`; higher is better.

    Attributes:
        base: The score of a pair of which nothing is known; `base` plus all contributions is `score`.
        neutral_coverage: What the coverage factor counts as when nothing is known of it.
        calibrated: Whether outcomes have told what the score means: `probability` is known.
        probability: That the person does something with the job where they look at it; the score itself is none.
        duplicates: Ids of other targets that share this place.
        more_from_employer: How many more the employer cap has left out.
    """

    profile: Profile
    job: Job
    rank: int
    score: float
    employer_fit: float
    person_fit: float
    band: Band
    constraints: tuple[Constraint, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    base: float = 0.0
    factors: tuple[Factor, ...] = ()
    neutral_coverage: float = 0.0
    calibrated: bool = False
    probability: float | None = None
    duplicates: tuple[str, ...] = ()
    more_from_employer: int = 0
