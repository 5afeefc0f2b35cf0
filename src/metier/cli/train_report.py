"""`metier train report`: one HTML page about a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metier.cli.base import OUTPUT, JsonOption, write_line
from metier.cli.train_runs import UriOption

OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the page of a ranker is written.")]


def report(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="The --out folder of a training, or a ranker of --catalog.")
    ],
    catalog: UriOption = "",
    out: OutOption = Path(),
    as_json: JsonOption = False,
) -> None:
    """Write curves, metrics with intervals beside those before, calibration, effects and gaps as one page."""
    page = _of_ranker(run, catalog, out) if catalog else _of_folder(Path(run))
    if as_json:
        write_line({"written": str(page)})
    else:
        OUTPUT.print(f"written: {page}", markup=False)


def _of_folder(folder: Path) -> Path:
    from metier.training.run_file import read_run  # noqa: PLC0415 - help must be fast
    from metier.training.run_page import write_page  # noqa: PLC0415

    return write_page(folder, read_run(folder))


def _of_ranker(run_id: str, catalog: str, out: Path) -> Path:
    """Write the page of a ranker under its own name.

    Raises:
        ModelError: The run is one of an older release, which measured less than the page shows.
    """
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.errors import ModelError  # noqa: PLC0415
    from metier.ranking.additive import AdditiveModel  # noqa: PLC0415
    from metier.training.ranker_page import write_ranker_page  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    with Catalog.open(catalog) as opened:
        found = opened.models.one(run_id)
    told = load_report(found)
    if "history" not in told:
        hint = "Train it again; the same events and seed give the same model."
        raise ModelError(f"{run_id} was trained by an older release, which measured less", hint=hint)
    out.mkdir(parents=True, exist_ok=True)
    model = AdditiveModel.from_json(found.model)
    return write_ranker_page(out / f"{found.id}.html", found.id, model=model, report=told)
