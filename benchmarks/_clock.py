"""Seconds of the processor that a step of training takes, which other processes on the machine change little."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from metier.training.pairs import Pair
from metier.training.recipe import Recipe


def step_seconds(base: str, pairs: list[Pair], recipe: Recipe) -> list[float]:
    """Train by a recipe; give the seconds of each step, with one thread those of the wall on an idle machine."""
    from metier.training.restore import open_network  # noqa: PLC0415 - of the extra `train`, as PyTorch is
    from metier.training.scorer import PairScorer  # noqa: PLC0415
    from metier.training.tuning import Tuner  # noqa: PLC0415

    seconds: list[float] = []

    class Timed(Tuner):
        """The loop with a clock."""

        def _step(self, step: int) -> float:
            begun = time.process_time()
            loss = super()._step(step)
            seconds.append(time.process_time() - begun)
            return loss

    network, tokenizer = open_network(base)
    scorer = PairScorer(network, tokenizer, recipe)
    with tempfile.TemporaryDirectory() as folder:
        Timed(scorer, pairs, recipe, folder=Path(folder), check=lambda _: 0.0).run()
    return seconds
