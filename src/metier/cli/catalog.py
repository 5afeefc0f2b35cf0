"""`metier catalog status|check|rebuild|reencode`: care of a catalog."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, note_cut, progress_bar, write_line

catalog = typer.Typer(help="Look after a catalog.", no_args_is_help=True)
UriArgument = Annotated[str, typer.Argument(metavar="URI", help="The catalog's folder.")]


@catalog.command()
def status(uri: UriArgument, as_json: JsonOption = False) -> None:
    """Say what a catalog holds."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast

    with Catalog.open(uri) as opened:
        fields = asdict(opened.status())
    if as_json:
        write_line(fields)
    else:
        for name, value in fields.items():
            OUTPUT.print(f"{name.replace('_', ' '):>16}  {value}", markup=False)


@catalog.command()
def check(uri: UriArgument, as_json: JsonOption = False) -> None:
    """Check that the truth is whole and that the index agrees with it.

    Raises:
        Exit: With 1 when something is wrong.
    """
    from metier.catalog import Catalog  # noqa: PLC0415

    with Catalog.open(uri) as opened:
        problems = opened.check()
    if as_json:
        write_line({"catalog": uri, "problems": problems})
    else:
        for problem in problems or ["nothing is wrong"]:
            OUTPUT.print(problem, markup=False)
    if problems:
        raise typer.Exit(1)


@catalog.command()
def rebuild(uri: UriArgument, as_json: JsonOption = False) -> None:
    """Make the index again from the truth."""
    from metier.catalog import Catalog  # noqa: PLC0415

    with Catalog.open(uri) as opened:
        count = opened.rebuild()
    if as_json:
        write_line({"catalog": uri, "records": count})
    else:
        OUTPUT.print(f"{count} records indexed")


@catalog.command()
def reencode(
    uri: UriArgument,
    encoder: Annotated[
        str, typer.Option("--encoder", metavar="NAME", help="The new encoder; the one that is set when left out.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Make all vectors new with another encoder; until the end the catalog answers with the old ones."""
    from metier.catalog import Catalog  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415
    from metier.retrieval.reencode import reencode as make_new  # noqa: PLC0415

    settings, _ = load_settings()
    model = open_encoder(encoder or settings.encoder, settings)
    with Catalog.open(uri) as opened, progress_bar(f"encoding {uri}") as move:

        def tell(done: int, total: int) -> None:
            move(done, total)
            if as_json:
                write_line({"reencoded": done, "total": total})

        summary = make_new(opened, model, progress=tell)
    fields = {"catalog": uri, "encoder_id": opened.encoder_id, "records": summary.records, "cut": summary.cut}
    if as_json:
        write_line(fields)
    else:
        OUTPUT.print(f"{summary.records} records encoded with {opened.encoder_id}", markup=False)
        note_cut(summary.cut)
