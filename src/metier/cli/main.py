"""The `metier` command: one verb a file, errors as one line each."""

from __future__ import annotations

import sys

import typer

from metier.cli.base import SpreadCommand, note_error
from metier.cli.bench import bench
from metier.cli.catalog import catalog
from metier.cli.config import config
from metier.cli.demo import demo
from metier.cli.explain import explain
from metier.cli.imports import imports
from metier.cli.keys import keys
from metier.cli.label import label
from metier.cli.mcp import mcp
from metier.cli.parse import parse
from metier.cli.people import people
from metier.cli.recommend import recommend
from metier.cli.serve import serve
from metier.cli.taxonomy import taxonomy
from metier.cli.train import train
from metier.errors import MetierError

app = typer.Typer(
    help="Match people and jobs in both directions, and say why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _verb in (demo, recommend, people, parse, explain, label, bench, config, serve, mcp):
    app.command(cls=SpreadCommand)(_verb)
app.add_typer(imports, name="import")
app.add_typer(catalog, name="catalog")
app.add_typer(taxonomy, name="taxonomy")
app.add_typer(train, name="train")
app.add_typer(keys, name="keys")


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(default=False, help="Show the version.")) -> None:
    if version:
        from metier import __version__  # noqa: PLC0415

        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run a command; an error of Metier is one line and exit code 1."""
    try:
        app()
    except MetierError as error:
        note_error(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
