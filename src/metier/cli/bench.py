"""`metier bench`: how well the parts that serve do on retrieval tasks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import NOTES, OUTPUT, note, note_error, usage_error

if TYPE_CHECKING:
    from metier.evaluation import TaskResult

_SHOWN = ("map", "mrr", "ndcg@10", "recall@10", "recall@100", "rp@10")


def bench(
    folders: Annotated[list[Path], typer.Argument(metavar="TASK_DIR…", help="Folders in BEIR layout, or of such.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures here too.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    lexical_only: Annotated[bool, typer.Option("--lexical-only", help="The baseline: words alone.")] = False,
) -> None:
    """Rank the corpus of each task for its queries and print the field's metrics with 95 % intervals.

    Raises:
        Exit: With 1 when a folder could not be read.
    """
    from metier.config import load_settings  # noqa: PLC0415 - help must be fast
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.evaluation import read_task  # noqa: PLC0415
    from metier.evaluation.bench import run_task  # noqa: PLC0415
    from metier.graph.label_lookup import LabelLookup  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415

    if json_file is not None and not json_file.parent.is_dir():
        usage_error(f"there is no folder {str(json_file.parent)!r}")
    settings, _ = load_settings()
    encoder = None if lexical_only else open_encoder(settings.encoder, settings)
    lookup = None if lexical_only else LabelLookup()
    results: list[TaskResult] = []
    has_fault = False
    for folder in _task_folders(folders):
        try:
            task = read_task(folder)
            with NOTES.status(f"{task.name}: {len(task.queries)} queries × {len(task.corpus)} texts"):
                results.append(run_task(task, encoder=encoder, lookup=lookup, seed=seed))
        except MetierError as error:
            has_fault = True
            note_error(error, str(folder))
            continue
        note(f"{task.name}: {results[-1].seconds:.0f} s")
    _show(results)
    if json_file is not None:
        json_file.write_text(json.dumps({"tasks": [_fields(result) for result in results]}, indent=1) + "\n")
    if has_fault:
        raise typer.Exit(1)


def _task_folders(folders: list[Path]) -> list[Path]:
    """Give the folders that are tasks; a folder that is none but holds some stands for them."""
    from metier.evaluation.task import is_task  # noqa: PLC0415

    found: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            usage_error(f"there is no folder {str(folder)!r}")
        inside = [] if is_task(folder) else sorted(one for one in folder.iterdir() if one.is_dir() and is_task(one))
        if is_task(folder):
            found.append(folder)
        elif inside:
            found += inside
        else:
            note(f"{folder} is left out: it is no retrieval task in BEIR layout")
    return found


def _show(results: list[TaskResult]) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("task", "queries × corpus", *(name.upper() if "@" not in name else name for name in _SHOWN))
    for result in results:
        cells = [
            f"{result.metrics[name]:.3f}\n[dim]{low:.3f}–{high:.3f}[/]" for name, (low, high) in _intervals(result)
        ]
        table.add_row(result.name, f"{result.queries} × {result.corpus}", *cells)
    if results:
        OUTPUT.print(table)


def _intervals(result: TaskResult) -> list[tuple[str, tuple[float, float]]]:
    return [(name, result.intervals[name]) for name in _SHOWN]


def _fields(result: TaskResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "kind": result.kind,
        "queries": result.queries,
        "corpus": result.corpus,
        "metrics": result.metrics,
        "intervals": {name: list(ends) for name, ends in result.intervals.items()},
        "seconds": round(result.seconds, 2),
    }
