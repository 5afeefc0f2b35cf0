"""`metier train promote|rollback`: which ranker answers."""

from __future__ import annotations

from typing import Annotated

import typer

from metier.cli.base import JsonOption, note, write_line
from metier.cli.train_ranker import show_report
from metier.cli.train_runs import UriOption, catalog_uri

ForceOption = Annotated[bool, typer.Option("--force", help="Promote it whatever speaks against it; this is recorded.")]
GapOption = Annotated[
    float | None, typer.Option(help="By so much a gap between groups may have grown; 0.02 when left out.")
]


def promote(
    run: Annotated[str, typer.Argument(metavar="RUN")],
    catalog: UriOption = "",
    force: ForceOption = False,
    gap_bound: GapOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer with a trained model from now on, if it won on what happened later and widens no gap.

    Raises:
        InputError: Something speaks against it, and `--force` is not given.
    """
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.promotion import speaks_against  # noqa: PLC0415
    from metier.training.ranker_report import GAP_BOUND, load_report  # noqa: PLC0415

    with Catalog.open(catalog_uri(catalog)) as opened:
        found = opened.models.one(run)
        report = load_report(found)
        if not as_json:
            show_report(found.id, report)
        bound = GAP_BOUND if gap_bound is None else gap_bound
        against = speaks_against(opened.models, found, gap_bound=bound)
        if against and not force:
            hint = "Import more events and train again, or give --force, which is recorded."
            raise InputError(f"{run} {'; it '.join(against)}", hint=hint)
        opened.models.promote(run, over=against)
    if as_json:
        write_line({"in_use": run, "forced_over": against, "report": report})
        return
    if against:
        note(f"forced, and recorded: it {'; it '.join(against)}")
    note(f"{run} answers from now on; back again with: metier train rollback --catalog {catalog_uri(catalog)}")


def rollback(catalog: UriOption = "", as_json: JsonOption = False) -> None:
    """Answer as before the last promotion."""
    from metier.catalog import Catalog  # noqa: PLC0415

    with Catalog.open(catalog_uri(catalog)) as opened:
        now = opened.models.rollback("ranker")
    name = now.id if now else "the ranker that ships"
    if as_json:
        write_line({"in_use": now.id if now else None})
    else:
        note(f"{name} answers from now on")
