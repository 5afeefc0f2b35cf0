"""`metier taxonomy load`: the official download of ESCO or O*NET into the knowledge graph."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, track, write_line
from metier.cli.taxonomy_store import FolderOption, folder_of

if TYPE_CHECKING:
    from metier.graph.load_report import LoadReport


def load(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE…", help="The download: a folder, a zip, or its files.")
    ],
    version: Annotated[str, typer.Option(help="Its version, where the names of the files do not tell it.")] = "",
    language: Annotated[
        list[str] | None, typer.Option(metavar="LANG", help="Only labels in this language, such as de; repeatable.")
    ] = None,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load ESCO (CSV or TTL), O*NET (text files) or a crosswalk between them, and say what was taken."""
    from metier.graph.load_taxonomy import load_taxonomy  # noqa: PLC0415 - help must be fast
    from metier.graph.taxonomy_store import TaxonomyStore  # noqa: PLC0415

    report = load_taxonomy(
        sources,
        store=TaxonomyStore(folder_of(folder)),
        version=version,
        languages=language or (),
        watch=lambda records: track(records, "nodes and edges"),
    )
    if as_json:
        write_line(_fields(report))
    else:
        _show(report)


def _fields(report: LoadReport) -> dict[str, Any]:
    files = [{"name": file.name, "taken": file.taken, "skipped": dict(file.skipped)} for file in report.files]
    left = [{"file": file, "why": why} for file, why in report.not_taken]
    return asdict(replace(report, files=[])) | {"files": files, "not_taken": left}


def _show(report: LoadReport) -> None:
    OUTPUT.print(
        f"{report.taxonomy} {report.version}, languages: {', '.join(report.languages) or 'none'}", markup=False
    )
    for file in report.files:
        skipped = "".join(f"; {count} {why}" for why, count in sorted(file.skipped.items()))
        OUTPUT.print(f"  {file.name}: {file.taken} taken{skipped}", markup=False)
    for name, why in report.not_taken:
        OUTPUT.print(f"  {name}: not taken, {why}", markup=False)
    for what, counts in (("nodes", report.nodes), ("edges", report.edges)):
        OUTPUT.print(f"{what}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}", markup=False)
    if report.inferred:
        OUTPUT.print(f"of them {report.inferred} inferred", markup=False)
    if report.loose:
        note(f"{report.loose} edges point to what is not there; give the whole download to have them")
    for ring in report.cycles:
        note(f"wider than themselves, and left so: {' → '.join((*ring, ring[0]))}")
    OUTPUT.print(f"stored in {report.path}", markup=False)
