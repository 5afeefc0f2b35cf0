"""A course that teaches skills; names follow schema.org Course."""

from __future__ import annotations

from dataclasses import dataclass

from metier.records.skill import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course and the skills that it teaches."""

    id: str
    name: str
    text: str
    provider: str = ""
    url: str = ""
    language: str = ""
    educational_level: str = ""
    teaches: tuple[Mention, ...] = ()
