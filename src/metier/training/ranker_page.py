"""The page about a trained ranker: what it gained, what it says, what moves it, and whom it serves how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from metier.ranking.additive import AdditiveModel
from metier.training.page import interval_bars, new_figure, paragraph, picture, table, write_document

_WHEN = ("before", "after")
_COLUMNS = 4
_GRID = np.linspace(0.0, 1.0, 401)
_ESTIMATORS = {"ips": "IPS", "snips": "self-normalised IPS", "direct": "model of fits", "dr": "doubly robust"}


def write_ranker_page(path: Path, name: str, *, model: AdditiveModel, report: Mapping[str, Any]) -> Path:
    """Write the page of a trained ranker.

    Args:
        path: Of the page.
        name: Of the run.
        model: What was learned.
        report: As `load_report` gives it; what it lacks, for want of data, has no part in the page.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    gain = report["gain"]
    gained = (
        f"nDCG@10 {gain['mean']:+.4f} (95 %: {gain['low']:+.4f} to {gain['high']:+.4f}, paired bootstrap; "
        f"p = {report['p_value']:.4f}, paired randomisation) over {report['measured_on']} later questions, "
        f"against {report['against']}."
    )
    parts = [
        paragraph(gained, verdict="it wins" if report["wins"] else "it does not win"),
        _metrics(report),
        picture("Before and after, with 95 % intervals", _bars(report)),
        picture("Learning curve", _curve(report)),
        *_choices(report),
        *_calibration(report),
        picture("What each factor adds to the logarithm of the score", _effects(model)),
        *_contrasts(report),
        *_gaps(report),
        _shadow(report["shadow"]),
        _data(report),
    ]
    return write_document(path, name, parts)


def _interval(value: Mapping[str, float]) -> str:
    return f"{value['mean']:.4f} ({value['low']:.4f}–{value['high']:.4f})"


def _metrics(report: Mapping[str, Any]) -> str:
    rows = [(name, *(_interval(report[when][name]) for when in _WHEN)) for name in report["before"]]
    return table("Later questions", ("metric", *_WHEN), rows)


def _bars(report: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of an extra that may not be there
    figure = new_figure()
    axes = figure.subplots()
    names = list(report["before"])
    interval_bars(axes, names, [(when, [tuple(report[when][name].values()) for name in names]) for when in _WHEN])
    return figure


def _curve(report: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the same
    figure = new_figure()
    axes = figure.subplots()
    axes.plot(range(1, len(report["history"]) + 1), report["history"])
    axes.axvline(report["trees"], linestyle="--", color="gray", label="kept")
    axes.set_xlabel("trees")
    axes.set_ylabel("nDCG@20 of the stopping part")
    axes.legend()
    return figure


def _choices(report: Mapping[str, Any]) -> Iterator[str]:
    """Show what later lists would have brought, and how often their ranks are looked at."""
    if not report["choices"]:
        return
    rows = [(label, *(_interval(report["choices"][when][key]) for when in _WHEN)) for key, label in _ESTIMATORS.items()]
    yield table("Choices a list, estimated from lists that were shown", ("estimator", *_WHEN), rows)
    figure = new_figure()
    axes = figure.subplots()
    axes.plot(range(1, len(report["position_bias"]) + 1), report["position_bias"], marker="o")
    axes.set_xlabel("rank")
    axes.set_ylabel("looked at, against rank 1")
    yield picture(f"Position bias, by {report['bias_from']}", figure)


def _calibration(report: Mapping[str, Any]) -> Iterator[str]:
    told = report["calibration"]
    if told is None:
        return
    rows = [
        ("Brier score", f"{told['before']['brier']:.4f}", f"{told['after']['brier']:.4f}"),
        ("calibration error", f"{told['before']['ece']:.4f}", f"{told['after']['ece']:.4f}"),
    ]
    title = (
        f"Calibration ({told['method']}); saying {told['rate']:.4f} of all has a Brier score of {told['of_rate']:.4f}"
    )
    yield table(title, ("later shown lists", *_WHEN), rows)
    figure = new_figure()
    axes = figure.subplots()
    most = max(max(one["said"], one["seen"]) for when in _WHEN for one in told[when]["bins"])
    axes.plot([0, most], [0, most], color="gray", linestyle="--")
    for when in _WHEN:
        bins = told[when]["bins"]
        axes.plot([one["said"] for one in bins], [one["seen"] for one in bins], marker="o", label=when)
    axes.set_xlabel("said")
    axes.set_ylabel("chosen")
    axes.legend()
    yield picture("Reliability", figure)
    rows_of_bins = [(one["count"], f"{one['said']:.4f}", f"{one['seen']:.4f}") for one in told["after"]["bins"]]
    yield table("Reliability after", ("shown jobs", "said", "chosen"), rows_of_bins)


def _effects(model: AdditiveModel) -> Any:  # noqa: ANN401 - the same
    """Draw the curve of each factor, in the order of how far it reaches."""
    curves = sorted(model.curves, key=lambda curve: -float(np.ptp(curve.at(_GRID))))
    rows = -(-len(curves) // _COLUMNS)
    figure = new_figure(height=1.7 * rows)
    grid = figure.subplots(rows, _COLUMNS, sharey=True).ravel()
    for axes in grid[len(curves) :]:
        axes.set_axis_off()
    for axes, curve in zip(grid, curves, strict=False):
        axes.plot(_GRID, model.scale * (curve.at(_GRID) - curve.top) / 2)
        axes.axvline(curve.neutral, linestyle=":", color="gray")
        axes.set_title(curve.name, fontsize=9)
    return figure


def _contrasts(report: Mapping[str, Any]) -> Iterator[str]:
    rows = [
        (cause, told["pairs"], f"{told['before']:.1%}", f"{told['after']:.1%}")
        for cause, told in report["contrasts"].items()
    ]
    if rows:
        yield table("Pairs that differ in one cause, ordered rightly", ("cause", "pairs", *_WHEN), rows)


def _gaps(report: Mapping[str, Any]) -> Iterator[str]:
    for name, title in (("ndcg", "nDCG@10 of their jobs"), ("exposure", "exposure in lists for jobs, 1 being even")):
        gap = report["gaps"] and report["gaps"][name]
        if not gap:
            continue
        groups = gap["by_group"]
        rows = [(group, one["count"], *(f"{one[when]:.4f}" for when in _WHEN)) for group, one in groups.items()]
        total = ("most less least", "", *(f"{gap[when]:.4f}" for when in _WHEN))
        yield table(f"Groups: {title}", ("group", "count", *_WHEN), [*rows, total])
        yield picture(f"Groups: {title}, drawn", _group_bars(groups))


def _group_bars(groups: Mapping[str, Mapping[str, float]]) -> Any:  # noqa: ANN401 - the same
    figure = new_figure()
    axes = figure.subplots()
    names = [_plain(name) for name in groups]
    values: Sequence[tuple[str, list[tuple[float, float, float]]]] = [
        (when, [(one[when], one[when], one[when]) for one in groups.values()]) for when in _WHEN
    ]
    interval_bars(axes, names, values)
    return figure


def _plain(name: str) -> str:
    """Give a name that matplotlib does not read as a formula."""
    return name.replace("$", r"\$")


def _shadow(told: Mapping[str, Any]) -> str:
    rows = [
        ("lists compared", told["lists"]),
        ("their first ten change", f"{told['changed']:.1%}"),
        ("their first job changes", f"{told['first_changed']:.1%}"),
        ("jobs of the first ten that stay", f"{told['overlap']:.1%}"),
    ]
    return table("Shadow comparison on later questions", ("what", "value"), rows)


def _data(report: Mapping[str, Any]) -> str:
    names = (
        "events",
        "questions",
        "measured_on",
        "contradictions",
        "repeated",
        "later_chosen",
        "trees",
        "seed",
        "contrast_weight",
    )
    leaks = [(f"known before: {name}", count) for name, count in report["leakage"].items()]
    return table("The data", ("what", "value"), [*((name, report[name]) for name in names), *leaks])
