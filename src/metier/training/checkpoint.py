"""What a run has come to, on disk, so that it goes on after a stop as if there had been none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

from metier.errors import ModelError


def write_state(path: Path, state: dict[str, Any]) -> None:
    """Write all that the next step needs; a stop while writing leaves the file that was there before.

    Raises:
        ModelError: The disk is full, or the folder cannot be written to.
    """
    beside = path.with_suffix(".part")
    try:
        torch.save(state, beside)
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, RuntimeError) as error:
        beside.unlink(missing_ok=True)
        raise ModelError(
            f"{path} cannot be written: {error}",
            hint="Make room on the disk, then go on with --resume from the checkpoint before this one.",
        ) from error


def read_state(path: Path, device: torch.device) -> dict[str, Any] | None:
    """Give what was written; None where nothing was.

    Raises:
        ModelError: The file is broken.
    """
    if not path.is_file():
        return None
    try:
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError) as error:
        raise ModelError(f"{path} is broken: {error}", hint="Delete it and start anew.") from error
    return state
