"""The retrieval tasks of a folder: what serves, against words alone. Usage: python benchmarks/bench.py FOLDER."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from _table import write

METIER = [sys.executable, "-c", "from metier.cli.main import main; main()"]
METRICS = {
    "map": "MAP",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "rp@10": "RP@10",
}


def measure(folder: str, *flags: str) -> dict[str, dict]:
    """Run the bench over a folder; give the figures by task."""
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "figures.json"
        command = [*METIER, "bench", folder, "--json", str(written), *flags]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return {task["name"]: task for task in json.loads(written.read_text())["tasks"]}


def main() -> None:
    """Measure both and write the table."""
    if len(sys.argv) != 2:
        print("give the folder of the tasks: python benchmarks/bench.py FOLDER; nothing is measured")
        return
    ours, words = measure(sys.argv[1]), measure(sys.argv[1], "--lexical-only")
    rows = []
    for name, task in ours.items():
        cells = [f"{task['metrics'][key]:.3f} ({words[name]['metrics'][key]:.3f})" for key in METRICS]
        rows.append([name, f"{task['queries']} × {task['corpus']}", *cells, f"{task['seconds']:.0f}"])
    about = "What serves for each kind of text; in brackets BM25 alone, the baseline, in the same run."
    write(__file__, "Retrieval tasks", about, ["task", "queries × corpus", *METRICS.values(), "s"], rows)


if __name__ == "__main__":
    main()
