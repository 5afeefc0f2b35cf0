"""`metier train ranker`: learning from what people and employers did."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, usage_error, write_line

UriOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="The catalog's folder.")]
SeedOption = Annotated[int, typer.Option(help="The same seed and events give the same model.")]
NaiveOption = Annotated[
    bool, typer.Option("--no-correction", help="Take what was clicked as it is, whatever its rank.")
]


def ranker(
    catalog: UriOption = "", seed: SeedOption = 0, no_correction: NaiveOption = False, as_json: JsonOption = False
) -> None:
    """Learn a ranker from a catalog's events, and measure it against the one in use on what happened later."""
    from metier.cli.source import open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.ranker import RankerTraining, load_report  # noqa: PLC0415

    settings, _ = load_settings()
    recommender = open_recommender(uri_of(catalog), settings)
    trained = RankerTraining(seed=seed, corrects_position=not no_correction).train(recommender)
    run = trained.run()
    recommender.catalog.models.add(run)
    if as_json:
        write_line({"run": run.id, "report": load_report(run)})
        return
    show_ranker(run.id, load_report(run))
    verdict = f"it wins: metier train promote {run.id} --catalog {uri_of(catalog)}" if trained.report.wins else "no win"
    note(f"the ranker in use goes on answering; {verdict}")


def uri_of(catalog: str) -> str:
    """Give the catalog that is named, or the one that is set."""
    from metier.config import load_settings  # noqa: PLC0415

    uri = catalog or load_settings()[0].catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    return uri


def show_ranker(run_id: str, report: dict[str, Any]) -> None:
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
