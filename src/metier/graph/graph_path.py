"""A way through the knowledge graph from one node to another, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from metier.graph.edge import SYMMETRIC, Edge, EdgeKind, Node

Language = Literal["en", "zh"]
_WORDS: dict[Language, dict[EdgeKind, str]] = {
    "en": {
        "broader": "{source} belongs to {target}",
        "related": "{source} is related to {target}",
        "essential": "{source} needs {target}",
        "optional": "{source} may need {target}",
        "same_as": "{source} is the same as {target}",
        "cooccurs": "{source} is often asked for with {target}",
        "requires": "{source} asks for {target}",
        "has": "{source} has {target}",
        "works_at": "{source} worked at {target}",
        "offered_by": "{source} is offered by {target}",
        "teaches": "{source} teaches {target}",
        "viewed": "{source} looked at {target}",
        "applied": "{source} applied to {target}",
    },
    "zh": {
        "broader": "{source}属于{target}",
        "related": "{source}与{target}相关",
        "essential": "{source}需要{target}",
        "optional": "{source}可能需要{target}",
        "same_as": "{source}即{target}",
        "cooccurs": "{source}常与{target}同时被要求",
        "requires": "{source}要求{target}",
        "has": "{source}具备{target}",
        "works_at": "{source}曾就职于{target}",
        "offered_by": "{source}由{target}提供",
        "teaches": "{source}教授{target}",
        "viewed": "{source}看过{target}",
        "applied": "{source}申请过{target}",
    },
}
_QUOTED: dict[Language, str] = {"en": "“{}”", "zh": "「{}」"}
"""A label may begin with a verb: `needs use a computer` would be read wrongly without quotes."""
_INFERRED: dict[Language, str] = {"en": " (inferred, {weight:.0%} sure)", "zh": "（推断，把握{weight:.0%}）"}
_BETWEEN: dict[Language, str] = {"en": "; ", "zh": "；"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphPath:
    """Nodes in order, and the edge between each and the next one, whichever way it points."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __len__(self) -> int:
        """Count the edges."""
        return len(self.edges)

    @property
    def sentence(self) -> str:
        """Draw the path: `Airflow → workflow orchestration ← data engineer`."""
        drawn = [self.nodes[0].label]
        for before, edge, after in zip(self.nodes, self.edges, self.nodes[1:], strict=False):
            drawn += [_arrow(before, edge), after.label]
        return " ".join(drawn)

    def words(self, language: Language = "en", labels: Sequence[str] = ()) -> str:
        """Say the path, edge by edge.

        Args:
            language: `en` or `zh`.
            labels: What to call the nodes, in their order; their own labels if empty.
        """
        called = dict(zip([node.uri for node in self.nodes], labels or self._labels(language), strict=True))
        return _BETWEEN[language].join(_worded(edge, called, language) for edge in self.edges)

    def _labels(self, language: Language) -> list[str]:
        return [node.label if language == "en" else node.labels.get(language, (node.label,))[0] for node in self.nodes]


def _arrow(before: Node, edge: Edge) -> str:
    if edge.kind in SYMMETRIC:
        return "↔"
    return "→" if edge.source == before.uri else "←"


def _worded(edge: Edge, called: dict[str, str], language: Language) -> str:
    source, target = (_QUOTED[language].format(called[uri]) for uri in (edge.source, edge.target))
    said = _WORDS[language][edge.kind].format(source=source, target=target)
    return said + (_INFERRED[language].format(weight=edge.weight) if edge.is_inferred else "")
