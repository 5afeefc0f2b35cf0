"""Ranked people as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metier.records.explanation import Explanation
from metier.records.match import Match

_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person of the export, named as the page names them."""

    name: str
    match: Match
    explanation: Explanation
    is_shortlisted: bool
    note: str


def to_csv(rows: Sequence[Row], say: Callable[..., str]) -> str:
    """Render rows with their reasons, the heading in the reader's language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = ("#", say("people.one", code="").strip(), say("score"), say("fit.employer"), say("fit.person"))
    verdicts = ("met", "partly", "missing", "not_stated")
    more = (say("constraints"), *(say(f"verdict.{one}") for one in verdicts), say("shortlist"), say("note"))
    writer.writerow([safe(cell) for cell in (*heads, *more)])
    for row in rows:
        match = row.match
        conditions = [f"{say(f'constraint.{one.kind}')}: {say(f'verdict.{one.verdict}')}" for one in match.constraints]
        cells = [
            str(match.rank),
            row.name,
            _figure(match.score),
            _figure(match.employer_fit),
            _figure(match.person_fit),
        ]
        cells.append("\n".join(conditions))
        cells += [
            "\n".join(reason.sentence for reason in row.explanation.reasons if reason.verdict == verdict)
            for verdict in verdicts
        ]
        cells += ["1" if row.is_shortlisted else "", row.note]
        writer.writerow([safe(cell) for cell in cells])
    return _BOM + out.getvalue()


def safe(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000").startswith(_STARTS) or cell.startswith(_STARTS) else cell


def _figure(value: float) -> str:
    return f"{value:.3f}"
