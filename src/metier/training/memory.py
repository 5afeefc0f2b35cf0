"""How much memory a run took."""

from __future__ import annotations

import resource
import sys

import torch


def peak_megabytes() -> float:
    """Give the most memory in MB: of the GPU where there is one, else of the process since it began."""
    if torch.cuda.is_available():
        return float(torch.cuda.max_memory_allocated()) / 1e6
    told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return told / 1e6 if sys.platform == "darwin" else told * 1024 / 1e6
