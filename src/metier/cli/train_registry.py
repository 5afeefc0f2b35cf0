"""`metier train register`: encoders beside a catalog, and what promoting one or taking it back asks for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, progress_bar, read_day, usage_error, write_line
from metier.cli.train_runs import UriOption, catalog_uri

if TYPE_CHECKING:
    from metier.catalog import Catalog, ModelRun
    from metier.models.base import Encoder


def register(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The --out folder of train encoder or train distil.")],
    catalog: UriOption = "",
    as_json: JsonOption = False,
) -> None:
    """Keep a tuned encoder beside a catalog, so that it can be promoted; nothing is answered with it yet."""
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.training.encoder_registry import register_encoder  # noqa: PLC0415

    with Catalog.open(catalog_uri(catalog)) as opened:
        found = register_encoder(opened, run)
    if as_json:
        write_line({"run": found.id, "kind": found.kind})
    else:
        OUTPUT.print(f"{found.id}: metier train promote {found.id} --catalog {catalog_uri(catalog)}", markup=False)


def promote_encoder(opened: Catalog, run: ModelRun, over: list[str]) -> None:
    """Make all vectors new with an encoder, then answer with it.

    Args:
        opened: The catalog.
        run: The encoder.
        over: What speaks against it, and is overridden.
    """
    from metier.training.encoder_registry import promote_encoder as make  # noqa: PLC0415

    with progress_bar(f"encoding {opened.uri}") as move:
        make(opened, run, over=over, progress=move)


def rollback_encoder(opened: Catalog) -> Encoder:
    """Make all vectors new with the encoder of before the last promotion, and give it."""
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415
    from metier.training.encoder_registry import rollback_encoder as make  # noqa: PLC0415

    settings, _ = load_settings()
    with progress_bar(f"encoding {opened.uri}") as move:
        return make(opened, open_encoder(settings.encoder, settings), progress=move)


def show_shadow(run: ModelRun, uri: str, as_of: str, *, as_json: bool) -> None:
    """Say how like the lists of an encoder are to those of the one in use."""
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
