"""Outliers of states go over to the weights before both are rounded to 8 bits."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from metier.training.network import Network

_MOVED = 0.75
"""How much of the outliers goes over: 0 nothing, 1 all."""
_LEAST = 1e-5


@torch.no_grad()
def smooth(network: Network, ids: Sequence[Sequence[int]]) -> Network:
    """Choose what the states before the products with outliers are divided by (SmoothQuant, Xiao et al. 2023).

    Without it rounding turns the vectors of the encoder that ships by four times as much.

    Args:
        network: The network; its factors are changed in place, its vectors in full precision are not.
        ids: Texts as token ids; they show how large the states become.
    """
    peaks: dict[tuple[int, str], Tensor] = {}

    def note(place: tuple[int, str], states: Tensor) -> None:
        largest = states.detach().float().abs().flatten(0, -2).amax(0)
        peaks[place] = torch.maximum(peaks.get(place, largest), largest)

    hooks = []
    for number, layer in enumerate(network.layers):
        for part in ("up", "down"):
            product: nn.Linear = getattr(layer, part)
            hooks.append(
                product.register_forward_pre_hook(lambda _, given, place=(number, part): note(place, given[0]))
            )
    for text in ids:
        row = torch.tensor([list(text)], device=network.word.weight.device)
        network(row, torch.ones_like(row, dtype=torch.bool))
    for hook in hooks:
        hook.remove()
    for (number, part), largest in peaks.items():
        layer = network.layers[number]
        getattr(layer, f"{part}_factors").copy_(_factors(largest, getattr(layer, part).weight))
    return network


def _factors(peaks: Tensor, weight: Tensor) -> Tensor:
    heavy = weight.detach().float().abs().amax(0)
    factors = peaks.clamp(min=_LEAST) ** _MOVED / heavy.clamp(min=_LEAST) ** (1 - _MOVED)
    return factors / factors.log().mean().exp()
