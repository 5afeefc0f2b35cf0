"""A match in words: one reason for each requirement, each tied to its lines."""

from __future__ import annotations

from dataclasses import dataclass

from metier.records.match import CoverageVerdict
from metier.records.requirement import Requirement
from metier.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One statement about one requirement.

    Attributes:
        share: What this requirement contributed to the coverage factor.
        sentence: Plain words in the reader's language.
        path: How the graph relates what is asked for to what the resume shows, such as `MySQL ↔ PostgreSQL`; empty
            where both are the same or nothing relates them.
    """

    requirement: Requirement
    verdict: CoverageVerdict
    evidence: Span | None
    share: float
    sentence: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All reasons of a match, and what is missing, most important first."""

    reasons: tuple[Reason, ...]
    gaps: tuple[str, ...]
    summary: str
