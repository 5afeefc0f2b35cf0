"""One HTML page about a run: what it did, its curves, and its metrics beside those of the model before it."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from metier.errors import MissingExtraError, ModelError

PAGE = "report.html"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left}"
    "img{max-width:100%}"
)
_FACTS = ("base", "steps", "stopped", "seconds_a_step", "peak_mb", "trained_weights", "weights", "parity", "machine")


def write_page(folder: Path, run: Mapping[str, Any]) -> Path:
    """Write the page of an encoder's run into its folder; it needs no other file and no network.

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
    body = [
        f"<h1>{html.escape(str(run['kind']))} of {html.escape(str(run['base']))}</h1>",
        f"<p><b>{verdict}</b>; {run['gain']['metric']} {run['gain']['mean']:+.4f} (95 %: {low:+.4f} to {high:+.4f}), "
        "by the paired bootstrap over held-out queries.</p>",
        *[f"<p><b>Warning</b>: {html.escape(each)}.</p>" for each in run.get("warnings", ())],
        _metrics(run),
        _picture("Learning curves", _curves(run)),
        _picture("Before and after, with 95 % intervals", _bars(run)),
        *_gaps(run),
        *_noises(run),
        _table("The run", ("what", "value"), [(name, run[name]) for name in _FACTS if run.get(name) not in (None, "")]),
        _table("Data", ("file", "hash"), [(each["name"], each["hash"]) for each in run["data"]]),
        _table("Recipe", ("choice", "value"), sorted(run["recipe"].items())),
    ]
    path = folder / PAGE
    title = html.escape(f"metier: {run['kind']} of {run['base']}")
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        + "\n".join(body)
        + "</html>\n",
        encoding="utf-8",
    )
    return path


def _metrics(run: Mapping[str, Any]) -> str:
    before, after = run["before"], run["after"]
    rows = [(name, _cell(before[name]) if name in before else "", _cell(after[name])) for name in after]
    return _table("Held-out metrics", ("metric", "before", "after"), rows)


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
    return [_table("Fairness", ("what", "before", "after"), rows)]


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
    return [_table("Robustness: nDCG@10 of the queries that a noise changed", header, rows)]


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
    lines = ["".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in rows]
    inside = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<h2>{html.escape(title)}</h2><table><tr>{head}</tr>{inside}</table>"


def _picture(title: str, data: bytes) -> str:
    coded = base64.b64encode(data).decode()
    named = html.escape(title)
    return f'<h2>{named}</h2><img alt="{named}" src="data:image/png;base64,{coded}">'


def _curves(run: Mapping[str, Any]) -> bytes:
    figure, history = _figure(), run["history"]
    steps = [entry["step"] for entry in history]
    left, right = figure.subplots(1, 2)
    for axes, name, label in ((left, "loss", "training loss"), (right, "value", f"held-out {run['gain']['metric']}")):
        axes.plot(steps, [entry[name] for entry in history], marker="o")
        axes.set_xlabel("step")
        axes.set_ylabel(label)
    return _png(figure)


def _bars(run: Mapping[str, Any]) -> bytes:
    figure = _figure()
    axes = figure.subplots()
    names = [name for name, value in run["before"].items() if "interval" in value]
    for shift, when in ((-0.2, "before"), (0.2, "after")):
        values = [run[when][name] for name in names]
        ends = [
            [value["mean"] - value["interval"][0] for value in values],
            [value["interval"][1] - value["mean"] for value in values],
        ]
        places = [place + shift for place in range(len(names))]
        axes.bar(places, [value["mean"] for value in values], 0.35, yerr=ends, capsize=4, label=when)
    axes.set_xticks(range(len(names)), names)
    if all(0 <= run[when][name]["mean"] <= 1 for when in ("before", "after") for name in names):
        axes.set_ylim(0, 1)
    axes.legend()
    return _png(figure)


def _figure() -> Any:  # noqa: ANN401 - of an extra that may not be there
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - only where a page is written
    except ImportError as error:
        raise MissingExtraError("a report with figures", "train") from error
    return Figure(figsize=(9, 3.4), layout="constrained")


def _png(figure: Any) -> bytes:  # noqa: ANN401 - the same
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return buffer.getvalue()
