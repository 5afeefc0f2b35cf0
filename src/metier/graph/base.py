"""What a graph of skills must do."""

from __future__ import annotations

from typing import Protocol

from metier.records.skill import Mention, Skill


class SkillGraph(Protocol):
    """Skills, how texts name them, and how near they are to one another."""

    def link(self, text: str) -> list[Mention]:
        """Find the skills that a text names, in order, never overlapping; offsets point into the text."""
        ...

    def nearness(self, uri: str, other: str) -> float:
        """Say how near two skills are: 1 the same, 0 unrelated."""
        ...

    def specificity(self, uri: str) -> float:
        """Say how much a skill tells about a person, 0 (everybody's) to 1; a fixed table, not the user's corpus."""
        ...

    def skill(self, uri: str) -> Skill:
        """Give a skill by its URI.

        Raises:
            NotFoundError: No skill has that URI.
        """
        ...
