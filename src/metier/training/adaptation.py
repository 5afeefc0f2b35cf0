"""What moves of a network: all of it, low-rank additions (PEFT), or nothing but the head."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from metier.errors import MissingExtraError
from metier.training.network import Network
from metier.training.recipe import Recipe

_ORTHOGONAL = 0.1
_ALLOCATOR = ("ipt", "exp_avg_ipt", "exp_avg_unc")


@dataclass(eq=False)
class Adaptation:
    """A network of which some weights move.

    Attributes:
        network: It, with the additions in place.
        wrapper: PEFT's model around it, which knows its additions; None without any.
        is_adaptive: Whether ranks are given to where they matter (AdaLoRA).
    """

    network: Network
    wrapper: Any = None
    is_adaptive: bool = False
    _merged: bool = field(default=False, init=False)

    def trained(self) -> int:
        """Count the weights of the network that move."""
        return sum(weight.numel() for weight in self.network.parameters() if weight.requires_grad)

    def penalty(self) -> Tensor | float:
        """Give what keeps the additions of AdaLoRA orthogonal (Zhang et al. 2023, eq. 4), 0 for the others."""
        if not self.is_adaptive:
            return 0.0
        gaps = []
        for name, weight in self.network.named_parameters():
            if "lora_A" in name or "lora_B" in name:
                square = weight @ weight.T if "lora_A" in name else weight.T @ weight
                gaps.append((square - torch.eye(len(square), device=square.device)).norm())
        return _ORTHOGONAL * torch.stack(gaps).mean()

    def allocate(self, step: int) -> None:
        """Move the ranks of AdaLoRA to where they matter; after the backward pass of a step."""
        if self.is_adaptive:
            self.wrapper.update_and_allocate(step)

    def state(self) -> dict[str, dict[str, Tensor]]:
        """Give what AdaLoRA has seen of the importance of weights, which no weight holds."""
        return {name: dict(getattr(self._allocator, name)) for name in _ALLOCATOR} if self.is_adaptive else {}

    def bring_back(self, state: dict[str, dict[str, Tensor]]) -> None:
        """Set what `state` gave."""
        for name, values in state.items():
            setattr(self._allocator, name, dict(values))

    def merged(self) -> Network:
        """Add the additions to the weights they stand beside, once; a plain network again."""
        if self.wrapper is not None and not self._merged:
            self.network = self.wrapper.merge_and_unload()
            self._merged = True
        return self.network

    @property
    def _allocator(self) -> Any:  # noqa: ANN401 - of PEFT
        return self.wrapper.rankallocator


def adapt(network: Network, recipe: Recipe, *, steps: int) -> Adaptation:
    """Make some weights of a network move, and no others.

    Args:
        network: Changed in place.
        recipe: Adaptation, rank and dropout are heeded.
        steps: Of the run; AdaLoRA spreads its ranks over them.

    Raises:
        MissingExtraError: PEFT is not installed.
    """
    if recipe.adaptation == "full":
        return Adaptation(network)
    network.requires_grad_(requires_grad=False)
    if recipe.adaptation == "head":
        return Adaptation(network)
    try:
        import peft  # noqa: PLC0415 - only where it is used, it loads slowly
    except ImportError as error:
        raise MissingExtraError(f"adaptation by {recipe.adaptation}", "train") from error
    logging.getLogger("peft").setLevel(logging.ERROR)
    scale = 2 * recipe.rank
    if recipe.adaptation == "lora":
        config = peft.LoraConfig(r=recipe.rank, lora_alpha=scale, target_modules=list(network.places))
        wrapper = peft.LoraModel(network, {"default": config}, "default")
    else:
        config = peft.AdaLoraConfig(
            init_r=recipe.rank + recipe.rank // 2,
            target_r=recipe.rank,
            lora_alpha=scale,
            target_modules=list(network.places),
            total_step=steps,
            tinit=max(1, steps // 10),
            tfinal=max(1, steps // 3),
            deltaT=max(1, min(10, steps // 20)),
        )
        wrapper = peft.AdaLoraModel(network, {"default": config}, "default")
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return Adaptation(network, wrapper, recipe.adaptation == "adalora")
