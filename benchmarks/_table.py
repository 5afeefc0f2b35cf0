"""The tables of the benchmarks: what was measured, on which commit and machine."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def git(*arguments: str) -> str:
    """Run git in the project; give what it prints."""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def write(script: str, title: str, about: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table beside its script, and print it."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    changed = " and changes not committed" if git("status", "--porcelain", "--", "src") else ""
    made = f"Commit {git('rev-parse', '--short', 'HEAD')}{changed}; {platform.machine()}, {os.cpu_count()} cores, {python}."
    _put(script, "w", ["# " + title, "", f"{made} {about}", "", *_lines(header, rows)])


def append(script: str, title: str, about: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write one more table below those of the script, and print it."""
    _put(script, "a", ["", "## " + title, "", about, "", *_lines(header, rows)])


def _lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _put(script: str, mode: str, lines: Sequence[str]) -> None:
    with Path(script).with_suffix(".md").open(mode, encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print("\n".join(lines))
