"""What a text encoder must do, and the type of its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts to vectors of length 1.

    A text's vector is the same to the bit whether it is encoded alone, in any batch or in any order.
    """

    @property
    def model_id(self) -> str:
        """Name the weights; vectors of two ids are never compared."""
        ...

    @property
    def size(self) -> int:
        """Give the number of dimensions."""
        ...

    def reads(self, text: str) -> bool:
        """Say whether the model knows the script of a text, so that its vector means something."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size), float32, rows of length 1."""
        ...


@runtime_checkable
class Cutter(Protocol):
    """An encoder that tells of which texts it read only the beginning, so that no text is cut in silence."""

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text, encoded before, whether it was longer than the model reads."""
        ...
