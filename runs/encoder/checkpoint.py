"""What a run has come to, on disk, so that it goes on after a stop as if there had been none."""

from __future__ import annotations

from pathlib import Path

import torch

from metier.training.checkpoint import read_state, write_state
from metier.training.network import Network


def save(path: Path, network: Network, optimizers: list[torch.optim.Optimizer], step: int) -> None:
    """Write all that the next step needs; a stop while writing leaves the one before."""
    state = {"network": network.state_dict(), "optimizers": [each.state_dict() for each in optimizers], "step": step}
    write_state(path, state)


def load(path: Path, network: Network, optimizers: list[torch.optim.Optimizer]) -> int:
    """Bring back what was written, if anything was, and give the number of steps that were done."""
    state = read_state(path, network.word.weight.device)
    if state is None:
        return 0
    network.load_state_dict(state["network"])
    for optimizer, kept in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(kept)
    return int(state["step"])
