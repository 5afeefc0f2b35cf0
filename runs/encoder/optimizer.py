"""How the weights move: AdamW with warm-up and a linear fall; only the rows of words that were seen move."""

from __future__ import annotations

import torch
from network import Network


def optimizers_of(network: Network, *, rate: float, word_rate: float) -> list[torch.optim.Optimizer]:
    """Give AdamW (Loshchilov & Hutter 2019) for the layers and, if `word_rate` is not 0, lazy Adam for the words."""
    words = network.word.weight
    others = [weight for weight in network.parameters() if weight is not words]
    words.requires_grad_(word_rate > 0)
    network.word.sparse = True
    found: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(others, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    ]
    if word_rate > 0:
        found.append(torch.optim.SparseAdam([words], lr=word_rate, betas=(0.9, 0.98)))
    return found


def set_rates(optimizers: list[torch.optim.Optimizer], *, step: int, steps: int, warmup: int) -> float:
    """Set the rate of a step, as a share of the highest: up during the warm-up, then down to 2 % at the end."""
    share = min((step + 1) / warmup, max(0.02, (steps - step) / max(1, steps - warmup)))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group.setdefault("highest", group["lr"])
            group["lr"] = group["highest"] * share
    return share
