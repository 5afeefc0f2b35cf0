"""`metier train ranker`: learning from what people and employers did."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, note, write_line
from metier.cli.train_runs import UriOption, catalog_uri

SeedOption = Annotated[int, typer.Option(help="The same seed and events give the same model.")]
NaiveOption = Annotated[
    bool, typer.Option("--no-correction", help="Take what was clicked as it is, whatever its rank.")
]


class BiasFrom(StrEnum):
    """What tells how often ranks are looked at."""

    CLICK_MODEL = "click-model"
    SWAPS = "swaps"


BiasOption = Annotated[
    BiasFrom, typer.Option(help="How often ranks are looked at: by a click model, or by pairs shown at several ranks.")
]
ContrastOption = Annotated[
    float,
    typer.Option(min=0.0, help="What pairs that differ in one cause count for in learning; 0 only measures them."),
]
GroupsOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Table of person and group: gaps between groups are measured.")
]


def ranker(
    catalog: UriOption = "",
    seed: SeedOption = 0,
    no_correction: NaiveOption = False,
    bias_from: BiasOption = BiasFrom.CLICK_MODEL,
    contrast_weight: ContrastOption = 0.0,
    groups: GroupsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn a ranker from a catalog's events, and measure it against the one in use on what happened later."""
    from metier.cli.source import open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.training.group_file import read_groups  # noqa: PLC0415
    from metier.training.ranker import RankerTraining  # noqa: PLC0415
    from metier.training.ranker_report import load_report  # noqa: PLC0415

    settings, _ = load_settings()
    uri = catalog_uri(catalog)
    people = read_groups(groups) if groups else None
    recommender = open_recommender(uri, settings)
    training = RankerTraining(
        seed=seed, corrects_position=not no_correction, bias_from=bias_from.value, contrast_weight=contrast_weight
    )
    trained = training.train(recommender, groups=people)
    run = trained.run()
    recommender.catalog.models.add(run)
    if as_json:
        write_line({"run": run.id, "report": load_report(run)})
        return
    show_report(run.id, load_report(run))
    verdict = f"it wins: metier train promote {run.id} --catalog {uri}" if trained.report.wins else "no win"
    note(f"the ranker in use goes on answering; {verdict}")


def show_report(run_id: str, report: dict[str, Any]) -> None:
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
        lines.append(f"{name:>10}  {_interval(before)} → {_interval(report['after'][name])}")
    lines.append(f"      gain  {_interval(report['gain'], sign='+')}")
    for line in [*lines, *_further(report)]:
        OUTPUT.print(line, markup=False)


def _further(report: dict[str, Any]) -> list[str]:
    """Say what releases before did not measure."""
    lines = []
    if report.get("choices"):
        before, after = (report["choices"][when]["dr"] for when in ("before", "after"))
        lines.append(f"choices a list, doubly robust: {_interval(before)} → {_interval(after)}")
    if report.get("calibration"):
        before, after = (report["calibration"][when] for when in ("before", "after"))
        lines.append(f"calibration error: {before['ece']:.4f} → {after['ece']:.4f}")
    for cause, told in report.get("contrasts", {}).items():
        lines.append(
            f"answers to a changed {cause}: {told['before']:.1%} → {told['after']:.1%} of {told['pairs']} pairs"
        )
    if report.get("gaps"):
        for name in ("ndcg", "exposure"):
            gap = report["gaps"][name]
            if gap:
                lines.append(f"gap between groups in {name}: {gap['before']:.4f} → {gap['after']:.4f}")
        without, unknown = report["gaps"]["without_group"], report["gaps"]["unknown"]
        if without or unknown:
            lines.append(f"{without} people measured on have no group; {unknown} people of the file are not known")
    if report.get("shadow"):
        told = report["shadow"]
        lines.append(
            f"of {told['lists']} later lists {told['changed']:.0%} would change in their first ten, "
            f"{told['first_changed']:.0%} at their head; {told['overlap']:.0%} of the jobs stay"
        )
    return lines


def _interval(measured: dict[str, float], *, sign: str = "") -> str:
    return f"{measured['mean']:{sign}.4f} [{measured['low']:{sign}.4f}, {measured['high']:{sign}.4f}]"
