"""What the graph knows of texts that are labels: other names of the same concept, and texts that name it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from metier.graph.linker import SkillLinker
from metier.graph.occupation_linker import OccupationLinker
from metier.graph.occupation_table import OccupationTable
from metier.graph.skill_table import skill_table


class LabelLookup:
    """Skills and occupations by their preferred labels, upper and lower case alike.

    Args:
        occupations: The occupations; those that ship if None.
    """

    def __init__(self, occupations: OccupationTable | None = None) -> None:
        self._skills = skill_table()
        self._skill_linker = SkillLinker()
        self._title_linker = OccupationLinker(occupations)

    def names(self, label: str) -> tuple[str, ...]:
        """Give the other names of the concepts that have a label, in the order of the tables; none if nothing has it."""
        return tuple(name for name in dict.fromkeys(self._names.get(label.casefold(), ())) if name != label)

    def linked(self, text: str) -> dict[str, float]:
        """Give the labels, case-folded, of what a text names: its skills, and its occupations if it is a title."""
        found: dict[str, float] = {}
        skills = [(self._skills.skill(one.uri).preferred_label, one) for one in self._skill_linker.link(text)]
        titles = [(self._title_linker.table.label(one.uri), one) for one in self._title_linker.link_title(text)]
        for label, mention in [*skills, *titles]:
            if not mention.is_negated:
                found[label.casefold()] = max(found.get(label.casefold(), 0.0), mention.score)
        return found

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        by_label: dict[str, list[str]] = defaultdict(list)
        for uri in self._skills.uris():
            skill = self._skills.skill(uri)
            by_label[skill.preferred_label.casefold()] += skill.alt_labels
        table = self._title_linker.table
        for form in table.all_forms():
            by_label[table.label(form.uri).casefold()].append(form.surface)
        return by_label
