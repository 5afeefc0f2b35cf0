"""`metier catalog status|check|rebuild`: care of a catalog."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, write_line

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
