"""One HTML page that needs no other file and no network: tables and figures, everything escaped."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from metier.errors import MissingExtraError

PAGE = "report.html"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem;text-align:left}"
    "img{max-width:100%}"
)


def write_document(path: Path, title: str, parts: Sequence[str]) -> Path:
    """Write a page.

    Args:
        path: Of the page.
        title: Text; of the tab and the heading.
        parts: HTML.
    """
    named = html.escape(title)
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>metier: {named}</title><style>{_STYLE}</style>'
        + "\n".join([f"<h1>{named}</h1>", *parts])
        + "</html>\n",
        encoding="utf-8",
    )
    return path


def paragraph(text: str, *, verdict: str = "") -> str:
    """Give a paragraph of text, a verdict in bold before it."""
    bold = f"<b>{html.escape(verdict)}</b>; " if verdict else ""
    return f"<p>{bold}{html.escape(text)}</p>"


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Give a table under a heading."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in header)
    lines = ["".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in rows]
    inside = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<h2>{html.escape(title)}</h2><table><tr>{head}</tr>{inside}</table>"


def picture(title: str, figure: Any) -> str:  # noqa: ANN401 - of an extra that may not be there
    """Give a figure of matplotlib, as PNG within the page, under a heading."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    coded = base64.b64encode(buffer.getvalue()).decode()
    named = html.escape(title)
    return f'<h2>{named}</h2><img alt="{named}" src="data:image/png;base64,{coded}">'


def new_figure(*, height: float = 3.4) -> Any:  # noqa: ANN401 - the same
    """Give an empty figure as wide as the page; its height in inches.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - only where a page is written
    except ImportError as error:
        raise MissingExtraError("a report with figures", "train") from error
    return Figure(figsize=(9, height), layout="constrained")


def interval_bars(axes: Any, names: Sequence[str], values: Sequence[tuple[str, Sequence[Any]]]) -> None:  # noqa: ANN401
    """Draw bars with their intervals side by side.

    Args:
        axes: Of matplotlib.
        names: Of what was measured.
        values: By when: `(mean, low, high)` of each name; where all three are one, no interval is drawn.
    """
    width = 0.8 / len(values)
    for turn, (when, measured) in enumerate(values):
        places = [place + (turn - (len(values) - 1) / 2) * width for place in range(len(names))]
        means = [mean for mean, _, _ in measured]
        ends = [[mean - low for mean, low, _ in measured], [high - mean for mean, _, high in measured]]
        axes.bar(places, means, width * 0.9, yerr=ends if np.any(ends) else None, capsize=4, label=when)
    axes.set_xticks(range(len(names)), names)
    axes.legend()
