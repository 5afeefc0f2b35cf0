"""What the commands of `metier taxonomy` that use the knowledge graph share: which graph, and its nodes as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from metier.graph.edge import Edge, Node
    from metier.graph.knowledge_graph import KnowledgeGraph

FolderOption = Annotated[
    Path | None, typer.Option("--folder", metavar="PATH", help="Where loaded taxonomies are; a setting names it too.")
]
OverOption = Annotated[
    str, typer.Option("--catalog", metavar="URI", help="A catalog whose jobs and people are nodes too.")
]


def folder_of(given: Path | None) -> Path | None:
    """Give the folder of loaded taxonomies: the option's, else the setting's, else None for the user's own."""
    from metier.config import load_settings  # noqa: PLC0415 - help must be fast

    settings, _ = load_settings()
    return given or (Path(settings.taxonomies) if settings.taxonomies else None)


def open_graph(folder: Path | None, catalog: str) -> KnowledgeGraph:
    """Open the knowledge graph, with a catalog laid over it if one is named."""
    from metier.graph.open_graph import knowledge_graph  # noqa: PLC0415

    graph = knowledge_graph(folder_of(folder))
    if not catalog:
        return graph
    from metier.catalog import Catalog  # noqa: PLC0415
    from metier.graph.catalog_graph import catalog_graph  # noqa: PLC0415

    with Catalog.open(catalog) as opened:
        return catalog_graph(graph, opened)


def node_fields(node: Node) -> dict[str, Any]:
    """Give a node as JSON values."""
    return {"uri": node.uri, "kind": node.kind, "label": node.label}


def edge_fields(edge: Edge) -> dict[str, Any]:
    """Give an edge as JSON values."""
    return {
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind,
        "count": edge.count,
        "weight": edge.weight,
        "is_inferred": edge.is_inferred,
        "origin": edge.origin,
    }
