"""`metier train runs`: the trained models of a catalog."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, note, usage_error, write_line

UriOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="The catalog's folder.")]


def list_runs(catalog: UriOption = "", as_json: JsonOption = False) -> None:
    """List the trained models, newest first, with what was measured."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    with Catalog.open(catalog_uri(catalog)) as opened:
        found = opened.models.all()
    for one in found:
        report = load_report(one)
        if as_json:
            told = {"run": one.id, "kind": one.kind, "is_in_use": one.is_in_use, "forced_over": list(one.forced_over)}
            write_line({**told, "report": report})
        else:
            gain = report["gain"]
            marks = [
                "in use" if one.is_in_use else "wins" if report["wins"] else "",
                "forced" if one.forced_over else "",
            ]
            told_gain = f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]"
            OUTPUT.print(f"{one.id}  nDCG@10 {told_gain}  {', '.join(filter(None, marks))}".rstrip(), markup=False)
    if not found and not as_json:
        note("nothing was trained yet")


def catalog_uri(catalog: str) -> str:
    """Give the catalog that was named, or that of the settings; ends the command where there is neither."""
    from metier.config import load_settings  # noqa: PLC0415

    uri = catalog or load_settings()[0].catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    return uri
