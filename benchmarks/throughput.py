"""The loop that tunes against a plain sentence-transformers script of the same recipe.

Usage: python benchmarks/throughput.py ONET_FOLDER BERT_FOLDER [STEPS]. One thread, 32 bits, no checks on held-out pairs;
both take the same pairs in the same batches from all-MiniLM-L6-v2, in turns.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from _clock import step_seconds
from _table import write
from adapters import pairs_of

from metier.training.pairs import Pair
from metier.training.recipe import recipe_of

BATCH, STEPS, TURNS = 32, 8, 4


def ours(base: str, pairs: list[Pair], steps: int) -> list[float]:
    """Give the seconds of each step of Metier's loop, words moving too."""
    recipe = recipe_of("default", batch_size=BATCH, steps=steps, in_bf16=False, checks=1, patience=0)
    return step_seconds(f"hf:{base}", pairs, recipe)


def theirs(base: str, pairs: list[Pair], steps: int) -> list[float]:
    """Give the seconds of each step of a script as its documentation has it: features, InfoNCE, AdamW."""
    import torch  # noqa: PLC0415 - the same
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.util import cos_sim  # noqa: PLC0415

    model = SentenceTransformer(base, device="cpu", local_files_only=True)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5, weight_decay=0.01)
    order = np.random.default_rng([0, 0, 1]).permutation(len(pairs))
    seconds = []
    for step in range(steps):
        begun = time.process_time()
        rows = [pairs[place] for place in order[step * BATCH : (step + 1) * BATCH]]
        left, right = (
            model(model.preprocess([getattr(row, side) for row in rows]))["sentence_embedding"]
            for side in ("left", "right")
        )
        scores = cos_sim(left, right) / 0.05
        aim = torch.arange(len(rows))
        loss = (torch.nn.functional.cross_entropy(scores, aim) + torch.nn.functional.cross_entropy(scores.T, aim)) / 2
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seconds.append(time.process_time() - begun)
    return seconds


def main() -> None:
    """Run both in turns and write the table."""
    if len(sys.argv) < 3:
        print("give the folders: python benchmarks/throughput.py ONET_FOLDER BERT_FOLDER; nothing is measured")
        return
    import torch  # noqa: PLC0415 - the same

    torch.set_num_threads(1)
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else STEPS
    pairs, _ = pairs_of(Path(sys.argv[1]))
    seconds: dict[str, list[float]] = {"Metier": [], "sentence-transformers": []}
    for _ in range(TURNS):
        for name, way in (("Metier", ours), ("sentence-transformers", theirs)):
            seconds[name] += way(sys.argv[2], pairs[: BATCH * steps], steps)[1:]
    base = float(np.median(seconds["sentence-transformers"]))
    rows = [
        [name, f"{np.median(each):.3f}", f"{BATCH / np.median(each):.1f}", f"{base / np.median(each):.2f}"]
        for name, each in seconds.items()
    ]
    about = (
        f"Median of {len(seconds['Metier'])} steps of {BATCH} pairs of O*NET's titles, all weights moving, InfoNCE both ways, AdamW, "
        f"32 bits; {TURNS} turns of each, the first step of a turn left out. Seconds of the processor, one thread, which other processes on "
        "the machine change little. Metier moves word vectors sparsely and "
        "sorts texts by length; the plain script does neither."
    )
    write(
        __file__,
        "Throughput of training",
        about,
        ["loop", "s a step", "pairs a second", "times the plain script"],
        rows,
    )


if __name__ == "__main__":
    main()
