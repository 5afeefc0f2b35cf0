"""`metier taxonomy status`: what the knowledge graph is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, write_line
from metier.cli.taxonomy_store import FolderOption, folder_of

WithCycles = Annotated[bool, typer.Option("--cycles", help="Look for concepts that are wider than themselves, too.")]


def status(folder: FolderOption = None, cycles: WithCycles = False, as_json: JsonOption = False) -> None:
    """Say which taxonomies are loaded, and how many nodes and edges of each kind there are."""
    from metier.graph.edge import EDGE_KINDS, NODE_KINDS  # noqa: PLC0415 - help must be fast
    from metier.graph.open_graph import knowledge_graph  # noqa: PLC0415
    from metier.graph.taxonomy_store import TaxonomyStore  # noqa: PLC0415

    store = TaxonomyStore(folder_of(folder))
    graph = knowledge_graph(store.folder)
    nodes, edges = Counter(graph.arrays.kinds.tolist()), Counter(graph.arrays.edges.kind.tolist())
    fields = {
        "folder": str(store.folder),
        "loaded": [asdict(entry) | {"languages": list(entry.languages)} for entry in store.stored()],
        "nodes": {kind: nodes[number] for number, kind in enumerate(NODE_KINDS) if nodes[number]},
        "edges": {kind: edges[number] for number, kind in enumerate(EDGE_KINDS) if edges[number]},
        "inferred": int(graph.arrays.edges.is_inferred.sum()),
        "languages": sorted(graph.arrays.names),
    }
    if cycles:
        fields["cycles"] = [[node.label for node in ring] for ring in graph.cycles()]
    if as_json:
        write_line(fields)
        return
    for entry in store.stored():
        used = "" if entry.is_used else ", not used: a later load took its place"
        told = f"{entry.taxonomy} {entry.version} ({', '.join(entry.languages) or 'no labels'})"
        OUTPUT.print(f"{told}: {entry.nodes} nodes, {entry.edges} edges{used}", markup=False)
    OUTPUT.print("ships with Metier: ESCO and CSCO labels, skills of 91 occupations, the others inferred", markup=False)
    for name in ("nodes", "edges"):
        counts = fields[name]
        told = ", ".join(f"{count} {kind}" for kind, count in counts.items()) if isinstance(counts, dict) else ""
        OUTPUT.print(f"{name}: {told}", markup=False)
    OUTPUT.print(f"inferred edges: {fields['inferred']}; folder: {store.folder}", markup=False)
    for ring in graph.cycles() if cycles else []:
        OUTPUT.print(f"wider than themselves: {' → '.join(node.label for node in ring)}", markup=False)
