"""Matches as tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from metier.cli.base import OUTPUT
from metier.records.explanation import Explanation, Reason
from metier.records.match import Match, Side

_MARKS = {"met": "[green]✓[/]", "partly": "[yellow]~[/]", "missing": "[red]✗[/]", "not_stated": "[dim]?[/]"}
_STYLES = {"strong": "green", "good": "green", "stretch": "yellow", "weak": "red", "not_enough_evidence": "dim"}
_SHOWN = 4


def show_matches(
    title: str, matches: Sequence[tuple[Match, Explanation]], side: Side, *, reasons: int = _SHOWN
) -> None:
    """Print a list of matches, each with its most telling reasons."""
    table = Table(title=escape(title), title_justify="left", show_lines=True, expand=True)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("job" if side == "jobs" else "person", ratio=2, overflow="fold")
    table.add_column("why", ratio=5, overflow="fold")
    for match, explanation in matches:
        style = _STYLES[match.band]
        table.add_row(
            str(match.rank),
            f"[{style}]{match.score:.2f}\n{match.band.replace('_', ' ')}[/]",
            _named(match, side),
            _why(match, explanation, reasons),
        )
    if matches:
        OUTPUT.print(table)
    else:
        OUTPUT.print(f"{escape(title)}: nothing fits.")


def show_explanation(match: Match, explanation: Explanation) -> None:
    """Print one match whole: factors, conditions, every reason."""
    show_matches(f"{match.profile.source} × {match.job.title}", [(match, explanation)], "jobs", reasons=60)
    table = Table("factor", "value", "contribution", title=f"base {match.base:.3f}", title_justify="left")
    for factor in match.factors:
        value = "not known" if factor.is_neutral else f"{factor.value:.2f}"
        table.add_row(factor.name, value, f"{factor.contribution:+.3f}")
    OUTPUT.print(table)


def _named(match: Match, side: Side) -> str:
    if side == "people":
        label = match.profile.basics.label
        more = f"\n[dim]+{len(match.duplicates)} the same[/]" if match.duplicates else ""
        return escape(f"{match.profile.id}\n{label.value if label else ''}".strip()) + more
    job = match.job
    lines = [f"[bold]{escape(job.title)}[/]", escape(job.hiring_organization)]
    lines.append(escape("; ".join(found.value.text for found in job.job_location)))
    if job.base_salary and job.base_salary.span:
        lines.append(escape(job.base_salary.span.text))
    if match.duplicates:
        lines.append(f"[dim]+{len(match.duplicates)} the same[/]")
    if match.more_from_employer:
        lines.append(f"[dim]+{match.more_from_employer} more of this employer[/]")
    return "\n".join(filter(None, lines))


def _why(match: Match, explanation: Explanation, count: int) -> str:
    lines = [f"[dim]{escape(explanation.summary)}[/]"]
    lines += [f"{_MARKS[reason.verdict]} {escape(reason.sentence)}" for reason in _telling(explanation.reasons, count)]
    unmet = [one.kind.replace("_", " ") for one in match.constraints if one.verdict == "not_met"]
    if unmet:
        lines.append(f"[red]not met: {', '.join(unmet)}[/]")
    return "\n".join(lines)


def _telling(reasons: Sequence[Reason], count: int) -> list[Reason]:
    """Choose the reasons with the largest shares, in the job's order."""
    largest = sorted(reasons, key=lambda reason: (-abs(reason.share), reason.requirement.span.start))[:count]
    return [reason for reason in reasons if reason in largest]
