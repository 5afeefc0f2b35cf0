"""Find the node that a person means: by URI, by name, or by what the linker reads in their words."""

from __future__ import annotations

from difflib import get_close_matches

from metier.errors import NotFoundError
from metier.graph.base import SkillGraph
from metier.graph.edge import Node
from metier.graph.fold import BOUNDARY, fold
from metier.graph.knowledge_graph import KnowledgeGraph
from metier.graph.occupation_table import occupation_table

_OFFERED = 3


def find_node(graph: KnowledgeGraph, text: str, *, linker: SkillGraph) -> Node:
    """Find a node.

    Args:
        graph: Where.
        text: A URI, a name in any loaded language, or words that name a skill (`Airflow`).
        linker: Reads the words.

    Raises:
        NotFoundError: Nothing there is called so; the hint names what is written nearly the same.
    """
    found = graph.find(text.strip()) or _by_title(graph, text)
    if found:
        return found[0]
    for mention in linker.link(text):
        if mention.uri in graph:
            return graph.node(mention.uri)
    raise NotFoundError(f"the knowledge graph has nothing called {text!r}", hint=_hint(graph, text))


def _by_title(graph: KnowledgeGraph, text: str) -> list[Node]:
    """Find occupations by any of the names that the table of occupations has for them."""
    stems = tuple(token.stem for token in fold(text) if token.folded != BOUNDARY)
    uris = dict.fromkeys(form.uri for form in occupation_table().forms.get(stems, []))
    return [graph.node(uri) for uri in uris if uri in graph]


def _hint(graph: KnowledgeGraph, text: str) -> str:
    labels = {label.casefold(): label for label in graph.arrays.labels if label}
    near = get_close_matches(text.casefold().strip(), labels, n=_OFFERED, cutoff=0.75)
    if near:
        return f"Did you mean {' or '.join(repr(labels[name]) for name in near)}?"
    return "Give a name or a URI of a taxonomy; metier taxonomy status says which are loaded."
