"""What a two-sided score is, however it came about."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class PairModel(Protocol):
    """Maps named factors to the fits of both sides; the score is the root of their product."""

    @property
    def name(self) -> str:
        """Name the model in answers."""
        ...

    @property
    def factors(self) -> tuple[str, ...]:
        """Name the factors, in the order of the values."""
        ...

    @property
    def neutral(self) -> tuple[float, ...]:
        """Give what each factor counts as when nothing is known of it."""
        ...

    def fits(self, rows: Values) -> tuple[Values, Values]:
        """Map factors of shape (rows, factors) to the employer's and the person's fits, each of shape (rows,)."""
        ...

    def score(self, rows: Values) -> Values:
        """Map factors of shape (rows, factors) to scores of shape (rows,)."""
        ...

    def attribute(self, values: Values) -> tuple[float, Values]:
        """Split the score of one row over its factors: the base, and contributions that add up to the score with it."""
        ...

    def probability(self, score: float) -> float | None:
        """Give the probability that a pair of this score is chosen where it is looked at; None where not learned."""
        ...
