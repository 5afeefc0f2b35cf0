"""The nodes and the edges of the knowledge graph, as one meets them one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

NodeKind = Literal["skill", "occupation", "group", "technology", "job", "person", "employer", "course"]
EdgeKind = Literal[
    "broader",
    "related",
    "essential",
    "optional",
    "same_as",
    "cooccurs",
    "requires",
    "has",
    "works_at",
    "offered_by",
    "teaches",
    "viewed",
    "applied",
]
NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)
SYMMETRIC: frozenset[EdgeKind] = frozenset({"related", "same_as", "cooccurs"})
"""Kinds that say the same in both directions; each is kept once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of the graph.

    Attributes:
        labels: Its names by language (ISO 639-1), the preferred one first.
    """

    uri: str
    kind: NodeKind
    label: str
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge: `source` is `kind` of `target`, such as a narrower skill `broader` its wider one.

    Attributes:
        count: How many times it was seen: sets that hold both, or what a person did; 1 for what a taxonomy states.
        weight: How strong it is, 0 to 1: a scaled PPMI for `cooccurs`, the confidence for what is inferred.
        is_inferred: Nobody states it; Metier worked it out.
        origin: Who says so, such as `esco 1.2.0`.
    """

    source: str
    target: str
    kind: EdgeKind
    count: int = 1
    weight: float = 1.0
    is_inferred: bool = False
    origin: str = ""

    def other(self, uri: str) -> str:
        """Give the end that is not `uri`."""
        return self.target if uri == self.source else self.source
