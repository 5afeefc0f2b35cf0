"""Count what job ads ask for together, `runs/cooccurs.tsv.gz`: pairs of skills with a count and a strength from PPMI.

Usage: runs/cooccurs.py SKILL_SETS, a table (.csv.gz) with an id in the first column, then one name of a skill a cell, such
as skill2vec's 50,000 job ads (MIT). Only the counts are kept.
"""

from __future__ import annotations

import csv
import gzip
import sys
from functools import cache
from pathlib import Path

from metier.graph.cooccurrence import Cooccurrence
from metier.graph.linker import SkillLinker

TABLE = Path(__file__).with_name("cooccurs.tsv.gz")
MINIMUM = 5
LEAST = 0.1
LEAST_SPECIFIC = 0.3
"""Skills that everybody has say nothing by standing beside one."""


def count_sets(path: Path) -> Cooccurrence:
    linker = SkillLinker()

    @cache
    def linked(name: str) -> tuple[str, ...]:
        return tuple(mention.uri for mention in linker.link(name) if linker.specificity(mention.uri) >= LEAST_SPECIFIC)

    counted = Cooccurrence(minimum=MINIMUM)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            counted.add(uri for name in row[1:] if name for uri in linked(name))
    return counted


def main() -> None:
    counted = count_sets(Path(sys.argv[1]))
    pairs = [pair for pair in counted.pairs() if pair.strength >= LEAST]
    lines = ["skill\tother\tcount\tstrength"]
    lines += [f"{pair.first}\t{pair.second}\t{pair.count}\t{pair.strength:.3f}" for pair in pairs]
    TABLE.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    print(f"{counted.sets} sets, {len(pairs)} pairs, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
