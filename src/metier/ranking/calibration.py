"""From a score to a probability: how often what scored so was chosen where it was looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metier.ranking.base import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A line through points that never falls; level beyond its ends.

    Attributes:
        scores: Rising, at least one.
        probabilities: In [0, 1], as many.
    """

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def at(self, scores: Values) -> Values:
        """Give the probabilities of scores, shape for shape."""
        found: Values = np.interp(scores, self.scores, self.probabilities)
        return found
