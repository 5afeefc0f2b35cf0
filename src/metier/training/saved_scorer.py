"""A scorer of pairs on disk: language model and head together, for heads that no encoder can hold."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from metier.errors import ModelError
from metier.training.checkpoint import read_state, write_state
from metier.training.network import Network, Shape
from metier.training.recipe import Recipe
from metier.training.scorer import PairScorer

SCORER, PIECES = "scorer.pt", "scorer.tokenizer.json"


def write_scorer(scorer: PairScorer, folder: Path) -> None:
    """Write a scorer whose additions are merged."""
    state = {
        "weights": scorer.state_dict(),
        "shape": asdict(scorer.network.shape),
        "recipe": scorer.recipe.fields() | {"adaptation": "full"},
    }
    write_state(folder / SCORER, state)
    scorer.tokenizer.save(str(folder / PIECES), pretty=False)


def read_scorer(folder: Path) -> PairScorer:
    """Open a scorer that `write_scorer` wrote.

    Raises:
        ModelError: The folder holds none.
    """
    state = read_state(folder / SCORER, torch.device("cpu"))
    if state is None:
        raise ModelError(
            f"{folder} holds no scorer of pairs",
            hint="Train one with --head attention, late or positional, or as a cross-encoder.",
        )
    network = Network(Shape(**state["shape"]))
    scorer = PairScorer(network, Tokenizer.from_file(str(folder / PIECES)), Recipe(**state["recipe"]))
    scorer.load_state_dict(state["weights"])
    return scorer.eval()
