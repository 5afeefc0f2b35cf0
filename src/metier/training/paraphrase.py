"""The same in other words: skills and occupations that a text names, by another of their labels in the graph."""

from __future__ import annotations

from functools import cache

import numpy as np

from metier.errors import NotFoundError
from metier.graph.base import SkillGraph
from metier.graph.linker import SkillLinker
from metier.graph.occupation_linker import OccupationLinker
from metier.models.script import han_share
from metier.records.skill import Mention, Occupation, Skill

_MOSTLY_HAN = 0.5
_SURE = 0.9
_MOST_NAMED = 80
"""A text up to so long may be a title; longer ones are searched for skills alone."""


class Paraphraser:
    """Puts other labels of the same concepts into a text.

    Args:
        skills: Links skills.
        occupations: Links titles.
    """

    def __init__(self, skills: SkillGraph | None = None, occupations: OccupationLinker | None = None) -> None:
        self.skills = skills or SkillLinker()
        self.occupations = occupations or OccupationLinker()

    def __call__(self, text: str, chance: np.random.Generator) -> str:
        """Give the text with one other label for each concept that has one; the text itself where none has."""
        mentions = self._named(text)
        for mention in sorted(mentions, key=lambda each: -each.span.start):
            other = self._other(mention, chance)
            text = text[: mention.span.start] + other + text[mention.span.end :]
        return text

    def _named(self, text: str) -> list[Mention]:
        """Give mentions that do not overlap: that of a title first, then those of skills."""
        titles = self.occupations.link_title(text) if len(text) <= _MOST_NAMED else []
        titles = [mention for mention in titles if mention.reason != "meaning" and mention.score >= _SURE]
        found: list[Mention] = []
        for mention in [*titles, *self.skills.link(text)]:
            span = mention.span
            if all(span.end <= other.span.start or other.span.end <= span.start for other in found):
                found.append(mention)
        return found

    def _other(self, mention: Mention, chance: np.random.Generator) -> str:
        said = mention.span.text
        concept = self._concept(mention.uri)
        labels = [] if concept is None else [concept.preferred_label, *concept.alt_labels]
        others = [
            label
            for label in dict.fromkeys(labels)
            if label.lower() != said.lower() and (han_share(label) > _MOSTLY_HAN) == (han_share(said) > _MOSTLY_HAN)
        ]
        return others[int(chance.integers(len(others)))] if others else said

    def _concept(self, uri: str) -> Skill | Occupation | None:
        for found in (self.skills.skill, self.occupations.occupation):
            try:
                return found(uri)
            except NotFoundError:
                continue
        return None


@cache
def shipped_paraphraser() -> Paraphraser:
    """Give the one over the tables that ship, made once."""
    return Paraphraser()
