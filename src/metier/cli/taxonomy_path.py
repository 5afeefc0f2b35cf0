"""`metier taxonomy path`: the way from one node of the knowledge graph to another, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, LangOption, read_language, write_line
from metier.cli.taxonomy_store import FolderOption, OverOption, edge_fields, node_fields, open_graph


def path(
    start: Annotated[str, typer.Argument(metavar="TEXT|URI", help="Where it begins.")],
    end: Annotated[str, typer.Argument(metavar="TEXT|URI", help="Where it ends.")],
    max_length: Annotated[int, typer.Option("--max-length", min=1, max=8, help="How many edges at most.")] = 4,
    catalog: OverOption = "",
    folder: FolderOption = None,
    lang: LangOption = "",
    as_json: JsonOption = False,
) -> None:
    """Show how two things hang together: Airflow → data engineering ← data engineer.

    Raises:
        Exit: With 1 when there is no such path.
    """
    from metier.config import load_settings  # noqa: PLC0415 - help must be fast
    from metier.graph.linker import SkillLinker  # noqa: PLC0415
    from metier.graph.node_finder import find_node  # noqa: PLC0415

    settings, _ = load_settings()
    language = read_language(lang or settings.lang)
    graph, linker = open_graph(folder, catalog), SkillLinker()
    first, last = (find_node(graph, text, linker=linker) for text in (start, end))
    found = graph.path(first.uri, last.uri, max_length=max_length)
    words = found.words("zh" if language == "zh" else "en") if found else ""
    if as_json:
        write_line(
            {
                "start": node_fields(first),
                "end": node_fields(last),
                "nearness": round(graph.nearness(first.uri, last.uri), 4),
                "path": None
                if found is None
                else {
                    "sentence": found.sentence,
                    "words": words,
                    "nodes": [node_fields(node) for node in found.nodes],
                    "edges": [edge_fields(edge) for edge in found.edges],
                },
            }
        )
    elif found is None:
        OUTPUT.print(f"no path of {max_length} edges or fewer from {first.label} to {last.label}", markup=False)
    else:
        OUTPUT.print(found.sentence, markup=False, soft_wrap=True)
        OUTPUT.print(words, markup=False, soft_wrap=True)
    if found is None:
        raise typer.Exit(1)
