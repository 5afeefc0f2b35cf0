"""The graph of skills, and the field's vocabulary: find a mention in a text and link it."""

from metier.graph.linker import SkillLinker

__all__ = ["SkillLinker"]
