"""`metier taxonomy neighbours`: what is beside a skill, an occupation, a job or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from metier.cli.base import OUTPUT, JsonOption, usage_error, write_line
from metier.cli.taxonomy_store import FolderOption, OverOption, edge_fields, node_fields, open_graph

if TYPE_CHECKING:
    from metier.graph.edge import EdgeKind
    from metier.graph.knowledge_graph import Neighbour


def neighbours(
    text: Annotated[str, typer.Argument(metavar="TEXT|URI", help="A name in any loaded language, or a URI.")],
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only edges of this kind; repeatable.")] = None,
    n: Annotated[int, typer.Option("-n", min=1, help="How many.")] = 30,
    catalog: OverOption = "",
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a node of the knowledge graph is tied to, the strongest first."""
    from metier.graph.linker import SkillLinker  # noqa: PLC0415 - help must be fast
    from metier.graph.node_finder import find_node  # noqa: PLC0415

    kinds = _kinds(kind or [])
    graph = open_graph(folder, catalog)
    node = find_node(graph, text, linker=SkillLinker())
    found = graph.neighbours(node.uri, kinds=kinds)
    if as_json:
        rows = [
            {"node": node_fields(one.node), "edge": edge_fields(one.edge), "direction": one.direction}
            for one in found[:n]
        ]
        write_line({"node": node_fields(node), "neighbours": rows, "total": len(found)})
        return
    table = Table("", "kind", "weight", "what", "is", title=escape(f"{node.label} ({node.kind})"), title_justify="left")
    for one in found[:n]:
        table.add_row(*map(escape, _cells(one)))
    OUTPUT.print(table)
    if len(found) > n:
        OUTPUT.print(f"and {len(found) - n} more; -n shows them", markup=False)


def _cells(found: Neighbour) -> tuple[str, ...]:
    edge = found.edge
    told = f"{edge.weight:.2f}" + (" inferred" if edge.is_inferred else "")
    times = f" ×{edge.count}" if edge.count > 1 else ""
    return ("→" if found.direction == "out" else "←", edge.kind, told + times, found.node.label, found.node.kind)


def _kinds(given: list[str]) -> list[EdgeKind]:
    from metier.graph.edge import EDGE_KINDS  # noqa: PLC0415

    unknown = [kind for kind in given if kind not in EDGE_KINDS]
    if unknown:
        usage_error(f"--kind {unknown[0]!r} is no kind of edge; use one of: {', '.join(EDGE_KINDS)}")
    return [kind for kind in EDGE_KINDS if kind in given]
