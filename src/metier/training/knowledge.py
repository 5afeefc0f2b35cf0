"""How near two texts lie in the knowledge graph, by the skills that they name: soft targets for a loss."""

from __future__ import annotations

from functools import lru_cache

from metier.graph.base import SkillGraph

_KEPT = 100_000


class TextNearness:
    """Gives how near two texts lie: the mean, both ways, of the nearest skill of the other for each skill.

    Args:
        graph: Links texts and knows how near skills are.
    """

    def __init__(self, graph: SkillGraph) -> None:
        self.graph = graph
        self._uris = lru_cache(_KEPT)(self._linked)

    def __call__(self, one: str, other: str) -> float:
        """Give 1 for the same skills, 0 where either names none or they are unrelated."""
        left, right = self._uris(one), self._uris(other)
        if not left or not right:
            return 0.0
        table = [[self.graph.nearness(uri, far) for far in right] for uri in left]
        forth = sum(map(max, table)) / len(left)
        back = sum(max(row[place] for row in table) for place in range(len(right))) / len(right)
        return (forth + back) / 2

    def _linked(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.uri for mention in self.graph.link(text)))
