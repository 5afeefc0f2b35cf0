"""`metier train report`: one HTML page about a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, write_line


def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The --out folder of train encoder or train pretrain.")],
    as_json: JsonOption = False,
) -> None:
    """Write curves, metrics with intervals beside those before, and the recipe as one page."""
    from metier.training.run_file import read_run  # noqa: PLC0415 - help must be fast
    from metier.training.run_page import write_page  # noqa: PLC0415

    page = write_page(run, read_run(run))
    if as_json:
        write_line({"written": str(page)})
    else:
        OUTPUT.print(f"written: {page}", markup=False)
