"""What a run has shown, and what becomes of the model that it wrote."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from metier.errors import InputError
from metier.training.encoder_folder import Parity, take
from metier.training.measure import Gain, Measured, gain
from metier.training.tuning import LAST, Tuned

TRIED = "tried"
"""Where in its folder a run writes a model before it is known whether it wins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run has shown.

    Attributes:
        before: The base, on the held-out texts.
        after: The tuned model, on the same.
        gain: By how much it is better.
        is_promoted: Whether the folder holds a model that serves now.
        tuned: The run itself.
        parity: How like the written encoder is to the trained one; None where none was written.
    """

    before: Measured
    after: Measured
    gain: Gain
    is_promoted: bool
    tuned: Tuned
    parity: Parity | None

    def fields(self, *, seed: int) -> dict[str, Any]:
        """Give what `run.json` keeps of it; the seed is that of the intervals."""
        tuned = self.tuned
        return {
            "before": self.before.fields(seed=seed),
            "after": self.after.fields(seed=seed),
            "gain": {"metric": self.gain.metric, "mean": self.gain.mean, "interval": list(self.gain.interval)},
            "promoted": self.is_promoted,
            "parity": None if self.parity is None else asdict(self.parity),
            "history": tuned.history,
            "stopped": tuned.stopped,
            "warnings": tuned.warnings,
            "steps": tuned.steps,
            "seconds_a_step": round(tuned.seconds_a_step, 3),
            "peak_mb": round(tuned.peak_mb),
            "trained_weights": tuned.trained,
            "weights": tuned.weights,
            "machine": f"{os.cpu_count()} cores ({platform.machine()})",
        }


def need_new_folder(folder: Path, *, resumes: bool) -> None:
    """Make the folder of a run.

    Raises:
        InputError: It holds another run, and that is not to go on.
    """
    if (folder / LAST).is_file() and not resumes:
        raise InputError(f"{folder} holds a run", hint="Go on with --resume, or give another --out folder.")
    folder.mkdir(parents=True, exist_ok=True)


def conclude(
    folder: Path,
    tuned: Tuned,
    *,
    before: Measured,
    after: Measured,
    parity: Parity | None,
    keeps: bool,
    seed: int,
) -> Outcome:
    """Let the model that was tried serve from its folder if it won, else take it away.

    Args:
        folder: Of the run; what was tried lies in `TRIED` of it.
        tuned: The run.
        before: The base, measured.
        after: What was tried, measured.
        parity: How like it is to what was trained.
        keeps: Whether it is kept though it does not win.
        seed: Of the interval.
    """
    won = gain(before, after, seed=seed)
    is_promoted = won.is_win or keeps
    if is_promoted:
        take(folder / TRIED, folder)
    else:
        shutil.rmtree(folder / TRIED)
    return Outcome(
        before=before,
        after=after,
        gain=won,
        is_promoted=is_promoted,
        tuned=tuned,
        parity=parity if is_promoted else None,
    )
