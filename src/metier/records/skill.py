"""Concepts of the knowledge graph, and the mentions in a text that are linked to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metier.records.span import Span

LinkReason = Literal["label", "alias", "meaning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A skill or knowledge concept (ESCO words)."""

    uri: str
    preferred_label: str
    alt_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """An occupation concept (ESCO words), with its ISCO-08 unit group code."""

    uri: str
    preferred_label: str
    alt_labels: tuple[str, ...] = ()
    isco_group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a text that is linked to a concept.

    Attributes:
        span: Where the text names the concept.
        uri: The concept.
        preferred_label: Its label, for people.
        score: How sure the link is, 0 to 1.
        reason: Why it was linked.
        is_negated: The text says that it is *not* needed or not had.
    """

    span: Span
    uri: str
    preferred_label: str
    score: float = 1.0
    reason: LinkReason = "label"
    is_negated: bool = False
