"""The skill linker with the nearness of the knowledge graph: what is related or often asked for together is near too."""

from __future__ import annotations

from pathlib import Path

from metier.graph.graph_path import GraphPath
from metier.graph.knowledge_graph import KnowledgeGraph
from metier.graph.linker import SkillLinker
from metier.graph.open_graph import knowledge_graph
from metier.graph.skill_table import SkillTable


class GraphLinker(SkillLinker):
    """`SkillLinker`, where two skills are as near as the nearer of its table and the knowledge graph says.

    Args:
        table: The skills; the table that ships if None.
        graph: The knowledge graph; what ships with what the user loaded if None.
        folder: Where loaded taxonomies are stored; the user's data folder if None.
    """

    def __init__(
        self, table: SkillTable | None = None, *, graph: KnowledgeGraph | None = None, folder: Path | None = None
    ) -> None:
        super().__init__(table)
        self._graph = graph
        self._folder = folder

    @property
    def graph(self) -> KnowledgeGraph:
        """Give the knowledge graph, opened when it is first needed."""
        if self._graph is None:
            self._graph = knowledge_graph(self._folder)
        return self._graph

    def path(self, uri: str, other: str) -> GraphPath | None:
        """Give the most telling way between two skills, at most two edges long; None if there is none."""
        if uri not in self.graph or other not in self.graph:
            return None
        return self.graph.path(uri, other, max_length=2)

    def _nearness(self, uri: str, other: str) -> float:
        return max(super()._nearness(uri, other), self.graph.nearness(uri, other))
