"""One run in which an encoder learns a teacher's scores, with how far the two agree before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy.stats import spearmanr

from metier.training.encoder_run import EncoderRun
from metier.training.measure import Served
from metier.training.pairs import Pair


@dataclass(frozen=True, kw_only=True)
class DistilRun(EncoderRun):
    """What learns, from which scores, into which folder; the labels of `train` are the teacher's.

    Attributes:
        judged: Held-out pairs with the teacher's scores.
    """

    judged: Sequence[Pair] = ()
    kind: ClassVar[str] = "distillation"

    def _shown(self, served: Served) -> dict[str, Any]:
        return {**super()._shown(served), "agreement": agreement(self.judged, served)}


def agreement(judged: Sequence[Pair], served: Served) -> float | None:
    """Give the rank correlation of a student's cosines with the teacher's scores (Spearman), from -1 to 1.

    None where all scores are one, or there are none.
    """
    if len({pair.label for pair in judged}) < 2:
        return None
    left, right = (served.encode([getattr(pair, side) for pair in judged]) for side in ("left", "right"))
    return float(spearmanr((left * right).sum(1), np.array([pair.label for pair in judged])).statistic)
