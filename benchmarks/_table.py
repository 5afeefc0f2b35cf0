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
    lines = [f"# {title}", "", f"{made} {about}", "", "| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    Path(script).with_suffix(".md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
