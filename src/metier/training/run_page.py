"""The page about a run of an encoder: its curves, and its metrics beside those of the model before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from metier.errors import ModelError
from metier.training.page import PAGE, interval_bars, new_figure, paragraph, picture, table, write_document

_FACTS = ("base", "steps", "stopped", "seconds_a_step", "peak_mb", "trained_weights", "weights", "parity", "machine")


def write_page(folder: Path, run: Mapping[str, Any]) -> Path:
    """Write the page of an encoder's run into its folder.

    Args:
        folder: Of the run.
        run: What it wrote about itself.

    Raises:
        MissingExtraError: matplotlib is not installed.
        ModelError: The run has no curves, as that of a head.
    """
    if not run.get("history"):
        raise ModelError(f"{folder} holds a run without curves", hint="Its figures are in run.json.")
    verdict = (
        "promoted: better than before" if run["promoted"] else "not promoted: not better than before beyond chance"
    )
    low, high = run["gain"]["interval"]
    gained = (
        f"{run['gain']['metric']} {run['gain']['mean']:+.4f} (95 %: {low:+.4f} to {high:+.4f}), "
        "by the paired bootstrap over held-out queries."
    )
    parts = [
        paragraph(gained, verdict=verdict),
        *[paragraph(f"{each}.", verdict="Warning") for each in run.get("warnings", ())],
        _metrics(run),
        picture("Learning curves", _curves(run)),
        picture("Before and after, with 95 % intervals", _bars(run)),
        *_gaps(run),
        *_noises(run),
        *_agreement(run),
        table("The run", ("what", "value"), [(name, run[name]) for name in _FACTS if run.get(name) not in (None, "")]),
        table("Data", ("file", "hash"), [(each["name"], each["hash"]) for each in run["data"]]),
        table("Recipe", ("choice", "value"), sorted(run["recipe"].items())),
    ]
    return write_document(folder / PAGE, f"{run['kind']} of {run['base']}", parts)


def _metrics(run: Mapping[str, Any]) -> str:
    before, after = run["before"], run["after"]
    rows = [(name, _cell(before[name]) if name in before else "", _cell(after[name])) for name in after]
    return table("Held-out metrics", ("metric", "before", "after"), rows)


def _cell(value: Mapping[str, Any]) -> str:
    if "interval" not in value:
        return f"{value['mean']:.4f}"
    low, high = value["interval"]
    return f"{value['mean']:.4f} ({low:.4f}–{high:.4f})"


def _gaps(run: Mapping[str, Any]) -> list[str]:
    if "twin_gap" not in run:
        return []
    gaps = run["twin_gap"]
    rows = [("score gap between counterfactual twins", f"{gaps['before']:.4f}", f"{gaps['after']:.4f}")]
    return [table("Fairness", ("what", "before", "after"), rows)]


def _agreement(run: Mapping[str, Any]) -> list[str]:
    """Give how far a student agrees with its teacher, where both scored held-out pairs."""
    told = run.get("agreement", {})
    if not all(isinstance(told.get(when), float) for when in ("before", "after")):
        return []
    rows = [(run["teacher"], f"{told['before']:.4f}", f"{told['after']:.4f}")]
    return [table("Rank correlation with the teacher on held-out pairs", ("teacher", "before", "after"), rows)]


def _noises(run: Mapping[str, Any]) -> list[str]:
    """Give what noise takes from nDCG@10, before and after; a noise that changed no query has no row."""
    if "robustness" not in run:
        return []
    before, after = run["robustness"]["before"], run["robustness"]["after"]
    rows = [
        (name, told["queries"], *(f"{each[kind]:.4f}" for each in (before[name], told) for kind in ("clean", "noisy")))
        for name, told in after.items()
        if told["queries"]
    ]
    header = ("noise", "queries", "before, without it", "before, with it", "after, without it", "after, with it")
    return [table("Robustness: nDCG@10 of the queries that a noise changed", header, rows)]


def _curves(run: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of an extra that may not be there
    figure, history = new_figure(), run["history"]
    steps = [entry["step"] for entry in history]
    left, right = figure.subplots(1, 2)
    for axes, name, label in ((left, "loss", "training loss"), (right, "value", f"held-out {run['gain']['metric']}")):
        axes.plot(steps, [entry[name] for entry in history], marker="o")
        axes.set_xlabel("step")
        axes.set_ylabel(label)
    return figure


def _bars(run: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the same
    figure = new_figure()
    axes = figure.subplots()
    names = [name for name, value in run["before"].items() if "interval" in value]
    values = [
        (when, [(run[when][name]["mean"], *run[when][name]["interval"]) for name in names])
        for when in ("before", "after")
    ]
    interval_bars(axes, names, values)
    if all(0 <= run[when][name]["mean"] <= 1 for when in ("before", "after") for name in names):
        axes.set_ylim(0, 1)
    return figure
