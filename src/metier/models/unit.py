"""Texts that any model takes, and vectors of length 1 from whatever it gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metier.errors import ModelError


def plain(text: str) -> str:
    """Give a text that every tokenizer and server takes: no broken characters, and never empty."""
    return text.encode("utf-8", "replace").decode() if text.strip() else "."


def unit(vector: ArrayLike, model_id: str) -> NDArray[np.float32]:
    """Scale a vector to length 1; one of zeros, of a text without a known word, becomes the even one.

    Raises:
        ModelError: A value is no number.
    """
    values = np.asarray(vector, dtype=np.float64)
    largest = float(np.abs(values).max(initial=0))
    if not np.isfinite(largest):
        raise ModelError(
            f"{model_id} gave a vector with values that are no numbers", hint="Use other weights, or encode on the CPU."
        )
    scaled = values / largest if largest else np.ones_like(values)
    divided: NDArray[np.float32] = (scaled / float(np.sqrt(np.square(scaled).sum()))).astype(np.float32)
    return divided
