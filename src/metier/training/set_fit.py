"""The first step of SetFit (Tunstall et al. 2022): texts of one class come together, those of two go apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from metier.models.onnx import OnnxEncoder
from metier.training.encoder_folder import parity, take, write_encoder
from metier.training.pairs import Pair
from metier.training.recipe import Recipe
from metier.training.restore import open_network
from metier.training.scorer import PairScorer
from metier.training.tuning import BEST, LAST, Tell, Tuner

PAIRS = 20
"""Pairs of each kind that an example is in."""
RECIPE = Recipe(loss="mse", batch_size=16, epochs=1, learning_rate=2e-5, checks=1, patience=0, in_bf16=False)


def contrast_pairs(examples: Sequence[tuple[str, str]], *, seed: int, count: int = PAIRS) -> list[Pair]:
    """Give pairs of texts of one class with the label 1, and of two classes with the label 0."""
    chance = np.random.default_rng(seed)
    pairs: dict[frozenset[str], Pair] = {}
    for text, label in examples:
        for is_same in (True, False):
            others = [other for other, each in examples if (each == label) == is_same and other != text]
            for place in chance.permutation(len(others))[:count]:
                pair = Pair(left=text, right=others[place], label=float(is_same))
                pairs.setdefault(frozenset((pair.left, pair.right)), pair)
    return list(pairs.values())


def tune_on_labels(
    base: str, examples: Sequence[tuple[str, str]], folder: Path, *, recipe: Recipe = RECIPE, tell: Tell | None = None
) -> OnnxEncoder:
    """Tune an encoder on a few labelled texts and write it into a folder.

    Args:
        base: See `open_network`.
        examples: Texts with their classes.
        folder: Where the encoder is written.
        recipe: How.
        tell: Told of the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (LAST, BEST):
        (folder / name).unlink(missing_ok=True)
    network, tokenizer = open_network(base)
    pairs = contrast_pairs(examples, seed=recipe.seed)
    scorer = PairScorer(network, tokenizer, recipe)
    tuned = Tuner(scorer, pairs, recipe, folder=folder, check=lambda _: 0.0).run(tell=tell)
    tried = write_encoder(tuned.scorer.network, tokenizer, folder / "tried")
    parity(tried, tuned.scorer.network, tokenizer, [text for text, _ in examples])
    take(folder / "tried", folder)
    for name in (LAST, BEST):
        (folder / name).unlink()
    return OnnxEncoder(
        model_id=tried.model_id,
        model_path=folder / tried.model_path.name,
        tokenizer_path=folder / tried.tokenizer_path.name,
        size=tried.size,
        max_tokens=tried.max_tokens,
    )
