"""`metier taxonomy …`: the skills and occupations that Metier knows; one command a file, registered here."""

from __future__ import annotations

import typer

from metier.cli.taxonomy_link import link
from metier.cli.taxonomy_load import load
from metier.cli.taxonomy_neighbours import neighbours
from metier.cli.taxonomy_path import path
from metier.cli.taxonomy_status import status

taxonomy = typer.Typer(help="Look into the taxonomies of skills and occupations.", no_args_is_help=True)
taxonomy.command()(link)
for _command in (load, status, neighbours, path):
    taxonomy.command()(_command)
