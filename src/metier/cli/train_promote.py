"""`metier train promote|rollback`: which ranker and which encoder answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, AsOfOption, JsonOption, note, usage_error, write_line
from metier.cli.train_ranker import show_report
from metier.cli.train_registry import promote_encoder, rollback_encoder, show_shadow
from metier.cli.train_runs import UriOption, catalog_uri

if TYPE_CHECKING:
    from metier.catalog import ModelRun

KINDS = ("ranker", "encoder")
RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="As `metier train runs` lists it.")]
ShadowOption = Annotated[
    bool, typer.Option("--shadow", help="Of an encoder: only say how like its lists are to those of now.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Promote it whatever speaks against it; this is recorded.")]
GapOption = Annotated[
    float | None, typer.Option(help="By so much a gap between groups may have grown; 0.02 when left out.")
]


def promote(
    run: RunArgument,
    catalog: UriOption = "",
    force: ForceOption = False,
    gap_bound: GapOption = None,
    shadow: ShadowOption = False,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """Answer with a trained model from now on, if it won and widens no gap; of an encoder all vectors are made first.

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
        if shadow:
            show_shadow(found, catalog_uri(catalog), as_of, as_json=as_json)
            return
        if not as_json:
            _show(found, report)
        bound = GAP_BOUND if gap_bound is None else gap_bound
        against = speaks_against(opened.models, found, gap_bound=bound)
        if against and not force:
            hint = "Give it more to learn from and train again, or give --force, which is recorded."
            raise InputError(f"{run} {'; it '.join(against)}", hint=hint)
        if found.kind == "encoder":
            promote_encoder(opened, found, against)
        else:
            opened.models.promote(run, over=against)
    if as_json:
        write_line({"in_use": run, "forced_over": against, "report": report})
        return
    if against:
        note(f"forced, and recorded: it {'; it '.join(against)}")
    kind = "" if found.kind == "ranker" else f" --kind {found.kind}"
    note(f"{run} answers from now on; back again with: metier train rollback{kind} --catalog {catalog_uri(catalog)}")


def rollback(
    catalog: UriOption = "",
    kind: Annotated[str, typer.Option(help="ranker or encoder.")] = "ranker",
    as_json: JsonOption = False,
) -> None:
    """Answer as before the last promotion of a kind."""
    from metier.catalog import Catalog  # noqa: PLC0415

    if kind not in KINDS:
        usage_error(f"--kind {kind!r} is not known; use one of: {', '.join(KINDS)}")
    with Catalog.open(catalog_uri(catalog)) as opened:
        if kind == "encoder":
            name: str | None = rollback_encoder(opened).model_id
        else:
            now = opened.models.rollback(kind)
            name = now.id if now else None
    if as_json:
        write_line({"in_use": name})
    else:
        note(f"{name or 'the ranker that ships'} answers from now on")


def _show(run: ModelRun, report: dict[str, Any]) -> None:
    if run.kind == "ranker":
        show_report(run.id, report)
        return
    gain = report["gain"]
    told = f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]"
    OUTPUT.print(f"{run.id}: nDCG@10 on held-out queries {told}", markup=False)
