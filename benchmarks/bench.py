"""The retrieval tasks of a folder: what serves, against words alone. Usage: python benchmarks/bench.py FOLDER."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

TABLE = Path(__file__).with_suffix(".md")
METIER = [sys.executable, "-c", "from metier.cli.main import main; main()"]


def measure(folder: str, *flags: str) -> dict[str, dict]:
    """Run the bench over a folder; give the figures by task."""
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "figures.json"
        subprocess.run(
            [*METIER, "bench", folder, "--json", str(written), *flags], check=True, stdout=subprocess.DEVNULL
        )
        return {task["name"]: task for task in json.loads(written.read_text())["tasks"]}


def main() -> None:
    """Measure both and write the table."""
    if len(sys.argv) != 2:
        print("give the folder of the tasks: python benchmarks/bench.py FOLDER; nothing is measured")
        return
    write_table(measure(sys.argv[1]), measure(sys.argv[1], "--lexical-only"))


def write_table(ours: dict[str, dict], words: dict[str, dict]) -> None:
    """Write and print the figures beside those of the baseline."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    lines = [
        "# Retrieval tasks",
        "",
        f"Commit {commit}, {platform.machine()}, {platform.python_implementation()} {platform.python_version()}.",
        "Encoder all-MiniLM-L6-v2 with BM25 and, for skill tasks, the skill linker, fused by reciprocal rank; in brackets BM25",
        "alone, the baseline, in the same run.",
        "",
        "| task | queries × corpus | MAP | MRR | nDCG@10 | R@10 | R@100 | RP@10 | s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, task in ours.items():
        cells = [f"{value:.3f} ({words[name]['metrics'][metric]:.3f})" for metric, value in task["metrics"].items()]
        lines.append(f"| {name} | {task['queries']} × {task['corpus']} | {' | '.join(cells)} | {task['seconds']:.0f} |")
    TABLE.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
