"""`metier train ranker|promote|rollback|runs`: learning from what people and employers did."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, usage_error, write_line

UriOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="The catalog's folder.")]
SeedOption = Annotated[int, typer.Option(help="The same seed and events give the same model.")]
NaiveOption = Annotated[
    bool, typer.Option("--no-correction", help="Take what was clicked as it is, whatever its rank.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Promote it even if it does not win.")]


def ranker(
    catalog: UriOption = "", seed: SeedOption = 0, no_correction: NaiveOption = False, as_json: JsonOption = False
) -> None:
    """Learn a ranker from a catalog's events, and measure it against the one in use on what happened later."""
    from metier.cli.source import open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.ranker import RankerTraining  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    settings, _ = load_settings()
    recommender = open_recommender(_uri(catalog), settings)
    trained = RankerTraining(seed=seed, corrects_position=not no_correction).train(recommender)
    run = trained.run()
    recommender.catalog.models.add(run)
    if as_json:
        write_line({"run": run.id, "report": load_report(run)})
        return
    _show(run.id, load_report(run))
    verdict = f"it wins: metier train promote {run.id} --catalog {_uri(catalog)}" if trained.report.wins else "no win"
    note(f"the ranker in use goes on answering; {verdict}")


def promote(run: Annotated[str, typer.Argument(metavar="RUN")], catalog: UriOption = "", force: ForceOption = False,
            as_json: JsonOption = False) -> None:  # fmt: skip
    """Answer with a trained model from now on, if it won on what happened later.

    Raises:
        InputError: It did not win, and `--force` is not given.
    """
    from metier.catalog import Catalog  # noqa: PLC0415
    from metier.errors import InputError  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    with Catalog.open(_uri(catalog)) as opened:
        found = opened.models.one(run)
        report = load_report(found)
        if not as_json:
            _show(found.id, report)
        if not report["wins"] and not force:
            gain = report["gain"]
            raise InputError(
                f"{run} does not win: its gain in nDCG@10 on later questions is {gain['mean']:+.4f}, "
                f"between {gain['low']:+.4f} and {gain['high']:+.4f}",
                hint="Import more events and train again, or give --force.",
            )
        opened.models.promote(run)
    if as_json:
        write_line({"in_use": run, "report": report})
    else:
        note(f"{run} answers from now on; back again with: metier train rollback --catalog {_uri(catalog)}")


def rollback(catalog: UriOption = "", as_json: JsonOption = False) -> None:
    """Answer as before the last promotion."""
    from metier.catalog import Catalog  # noqa: PLC0415

    with Catalog.open(_uri(catalog)) as opened:
        now = opened.models.rollback("ranker")
    name = now.id if now else "the ranker that ships"
    if as_json:
        write_line({"in_use": now.id if now else None})
    else:
        note(f"{name} answers from now on")


def list_runs(catalog: UriOption = "", as_json: JsonOption = False) -> None:
    """List the trained models, newest first, with what was measured."""
    from metier.catalog import Catalog  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    with Catalog.open(_uri(catalog)) as opened:
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


def _uri(catalog: str) -> str:
    from metier.config import load_settings  # noqa: PLC0415

    uri = catalog or load_settings()[0].catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    return uri


def _show(run_id: str, report: dict[str, Any]) -> None:
    """Print what was learned from and how the new ranker compares with the one in use, on the same questions."""
    lines = [
        f"{run_id}: {report['events']} events, {report['questions']} questions, {report['trees']} trees",
        f"measured on {report['measured_on']} later questions; known before: {report['leakage']['pairs']} pairs, "
        f"{report['leakage']['people']} people, {report['leakage']['jobs']} jobs",
    ]
    if report["contradictions"] or report["repeated"]:
        lines.append(f"{report['contradictions']} contradictions, {report['repeated']} events said again")
    if report["position_bias"]:
        shown = " ".join(f"{value:.2f}" for value in report["position_bias"][:10])
        lines.append(f"looked at by rank: {shown}")
    for name, before in report["before"].items():
        after = report["after"][name]
        lines.append(f"{name:>10}  {_interval(before)} → {_interval(after)}")
    lines.append(f"      gain  {_interval(report['gain'], sign='+')}")
    for line in lines:
        OUTPUT.print(line, markup=False)


def _interval(measured: dict[str, float], *, sign: str = "") -> str:
    return f"{measured['mean']:{sign}.4f} [{measured['low']:{sign}.4f}, {measured['high']:{sign}.4f}]"
