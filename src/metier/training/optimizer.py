"""How the weights move: AdamW with warm-up and a linear fall; only the rows of words that were seen move."""

from __future__ import annotations

import torch

from metier.training.network import Network
from metier.training.recipe import Recipe
from metier.training.scorer import PairScorer

_BETAS = (0.9, 0.98)


def optimizers_of(network: Network, *, rate: float, word_rate: float) -> list[torch.optim.Optimizer]:
    """Give AdamW (Loshchilov & Hutter 2019) for the layers and, if `word_rate` is not 0, lazy Adam for the words."""
    words = network.word.weight
    others = [weight for weight in network.parameters() if weight is not words]
    words.requires_grad_(word_rate > 0)
    network.word.sparse = True
    found: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(others, lr=rate, weight_decay=0.01, betas=_BETAS, fused=True)
    ]
    if word_rate > 0:
        found.append(torch.optim.SparseAdam([words], lr=word_rate, betas=_BETAS))
    return found


def set_rates(optimizers: list[torch.optim.Optimizer], *, step: int, steps: int, warmup: int) -> float:
    """Set the rate of a step, as a share of the highest: up during the warm-up, then down to 2 % at the end."""
    share = min((step + 1) / warmup, max(0.02, (steps - step) / max(1, steps - warmup)))
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group.setdefault("highest", group["lr"])
            group["lr"] = group["highest"] * share
    return share


def tuned_optimizers(scorer: PairScorer, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Give the optimizers of a recipe: lower layers at lower rates, no decay of gains and shifts, words apart."""
    network = scorer.network
    words = network.word.weight
    is_sparse = recipe.adaptation == "full" and network.has_sparse_words
    moves_words = is_sparse and recipe.word_rate > 0
    if is_sparse:
        words.requires_grad_(requires_grad=moves_words)
        network.word.sparse = True
    groups: dict[tuple[float, float], list[torch.Tensor]] = {}
    for name, weight in scorer.named_parameters():
        if weight.requires_grad and not (is_sparse and weight is words):
            rate = recipe.rate * recipe.layer_decay ** _depth(name, len(network.layers))
            decay = recipe.weight_decay if weight.dim() > 1 else 0.0
            groups.setdefault((rate, decay), []).append(weight)
    settings = [{"params": weights, "lr": rate, "weight_decay": decay} for (rate, decay), weights in groups.items()]
    kind = torch.optim.Adam if recipe.optimizer == "adam" else torch.optim.AdamW
    found: list[torch.optim.Optimizer] = [kind(settings, betas=_BETAS)]
    if moves_words:
        found.append(torch.optim.SparseAdam([words], lr=recipe.rate * recipe.word_rate, betas=_BETAS))
    return found


def _depth(name: str, layers: int) -> int:
    """Give how many layers lie above a weight of the network; 0 for those of the head."""
    if not name.startswith("network."):
        return 0
    parts = name.split(".")
    return layers - int(parts[2]) if parts[1] == "layers" else layers + 1
