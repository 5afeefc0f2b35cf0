"""What a run has come to, on disk, so that it goes on after a stop as if there had been none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from network import Network


def save(path: Path, network: Network, optimizers: list[torch.optim.Optimizer], step: int) -> None:
    """Write all that the next step needs; a stop while writing leaves the one before."""
    state = {"network": network.state_dict(), "optimizers": [each.state_dict() for each in optimizers], "step": step}
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)


def load(path: Path, network: Network, optimizers: list[torch.optim.Optimizer]) -> int:
    """Bring back what was written, if anything was, and give the number of steps that were done."""
    if not path.is_file():
        return 0
    state: dict[str, Any] = torch.load(path, map_location=network.word.weight.device, weights_only=True)
    network.load_state_dict(state["network"])
    for optimizer, kept in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(kept)
    return int(state["step"])
