"""`metier train register|promote|rollback|runs`: the trained models of a catalog, and which of them answer."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, AsOfOption, JsonOption, note, progress_bar, read_day, usage_error, write_line
from metier.cli.train_ranker import UriOption, show_ranker, uri_of

if TYPE_CHECKING:
    from metier.catalog import Catalog, ModelRun
    from metier.models.base import Encoder

RunArgument = Annotated[str, typer.Argument(metavar="RUN", help="As `metier train runs` lists it.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Promote it even if it does not win.")]
KINDS = ("ranker", "encoder")


def register(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The --out folder of train encoder or train distil.")],
    catalog: UriOption = "",
    as_json: JsonOption = False,
) -> None:
    """Keep a tuned encoder beside a catalog, so that it can be promoted; nothing is answered with it yet."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.training.encoder_registry import register_encoder  # noqa: PLC0415

    with Catalog.open(uri_of(catalog)) as opened:
        found = register_encoder(opened, run)
    if as_json:
        write_line({"run": found.id, "kind": found.kind})
    else:
        OUTPUT.print(f"{found.id}: metier train promote {found.id} --catalog {uri_of(catalog)}", markup=False)


def promote(
    run: RunArgument,
    catalog: UriOption = "",
    force: ForceOption = False,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Of an encoder: only say how like its lists are to those of now.")
    ] = False,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """Answer with a trained model from now on, if it won; with an encoder all vectors are made new first.

    Raises:
        InputError: It did not win, and `--force` is not given.
    """
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.ranker import load_report  # noqa: PLC0415

    with Catalog.open(uri_of(catalog)) as opened:
        found = opened.models.one(run)
        report = load_report(found)
        if shadow:
            _show_shadow(found, uri_of(catalog), as_of, as_json=as_json)
            return
        if not as_json:
            _show(found, report)
        if not report["wins"] and not force:
            gain = report["gain"]
            raise InputError(
                f"{run} does not win: its gain in nDCG@10 on {_MEASURED_ON[found.kind]} is {gain['mean']:+.4f}, "
                f"between {gain['low']:+.4f} and {gain['high']:+.4f}",
                hint="Give it more to learn from and train again, or give --force.",
            )
        if found.kind == "encoder":
            _promote_encoder(opened, found)
        else:
            opened.models.promote(run)
    if as_json:
        write_line({"in_use": run, "report": report})
    else:
        kind = "" if found.kind == "ranker" else f" --kind {found.kind}"
        note(f"{run} answers from now on; back again with: metier train rollback{kind} --catalog {uri_of(catalog)}")


def rollback(
    catalog: UriOption = "",
    kind: Annotated[str, typer.Option(help="ranker or encoder.")] = "ranker",
    as_json: JsonOption = False,
) -> None:
    """Answer as before the last promotion of a kind."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast

    if kind not in KINDS:
        usage_error(f"--kind {kind!r} is not known; use one of: {', '.join(KINDS)}")
    with Catalog.open(uri_of(catalog)) as opened:
        if kind == "encoder":
            name: str | None = _rollback_encoder(opened).model_id
        else:
            now = opened.models.rollback(kind)
            name = now.id if now else None
    if as_json:
        write_line({"in_use": name})
    else:
        note(f"{name or 'the ranker that ships'} answers from now on")


def list_runs(catalog: UriOption = "", as_json: JsonOption = False) -> None:
    """List the trained models, newest first, with what was measured."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.training.ranker import load_report  # noqa: PLC0415

    with Catalog.open(uri_of(catalog)) as opened:
        found = opened.models.all()
    for one in found:
        report = load_report(one)
        if as_json:
            write_line({"run": one.id, "kind": one.kind, "is_in_use": one.is_in_use, "report": report})
        else:
            gain = report["gain"]
            mark = "in use" if one.is_in_use else "wins" if report["wins"] else ""
            told = f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]"
            OUTPUT.print(f"{one.id}  nDCG@10 {told}  {mark}".rstrip(), markup=False)
    if not found and not as_json:
        note("nothing was trained yet")


_MEASURED_ON = {"ranker": "later questions", "encoder": "held-out queries"}


def _show(run: ModelRun, report: dict[str, Any]) -> None:
    if run.kind == "ranker":
        show_ranker(run.id, report)
        return
    gain = report["gain"]
    told = f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]"
    OUTPUT.print(f"{run.id}: nDCG@10 on held-out queries {told}", markup=False)


def _promote_encoder(opened: Catalog, run: ModelRun) -> None:
    from metier.training.encoder_registry import promote_encoder  # noqa: PLC0415

    with progress_bar(f"encoding {opened.uri}") as move:
        promote_encoder(opened, run, progress=move)


def _rollback_encoder(opened: Catalog) -> Encoder:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415
    from metier.training.encoder_registry import rollback_encoder  # noqa: PLC0415

    settings, _ = load_settings()
    with progress_bar(f"encoding {opened.uri}") as move:
        return rollback_encoder(opened, open_encoder(settings.encoder, settings), progress=move)


def _show_shadow(run: ModelRun, uri: str, as_of: str, *, as_json: bool) -> None:
    from metier.cli.source import open_recommender  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.encoder_registry import registered_encoder, shadow  # noqa: PLC0415

    if run.kind != "encoder":
        usage_error(f"--shadow compares encoders, and {run.id} is a {run.kind}")
    live = open_recommender(uri, load_settings()[0])
    told = shadow(live, registered_encoder(uri, run), as_of=read_day(as_of))
    live.catalog.close()
    if as_json:
        write_line({"run": run.id, **asdict(told)})
    else:
        OUTPUT.print(
            f"{run.id}: {told.overlap:.0%} of the first ten jobs of {told.people} people stay, "
            f"the first one of {told.same_first:.0%}; among {told.jobs} jobs",
            markup=False,
        )
