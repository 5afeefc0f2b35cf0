"""The last stage: the weights of two stages in the middle, which keeps what the contrast has forgotten."""

from __future__ import annotations

from pathlib import Path

import torch

from metier.training.network import Network


def blended(network: Network, earlier: Path, *, share: float) -> Network:
    """Draw a network's weights towards those of an earlier stage (WiSE-FT, Wortsman et al. 2022); changed in place.

    Args:
        network: The later stage.
        earlier: Its checkpoint, as `checkpoint.save` writes it.
        share: How much of the earlier one, 0 to 1.
    """
    before = torch.load(earlier, map_location="cpu", weights_only=True)["network"]
    after = network.state_dict()
    mixed = {name: torch.lerp(values, before[name].to(values), share) for name, values in after.items()}
    network.load_state_dict(mixed)
    return network
