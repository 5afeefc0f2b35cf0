"""An encoder that encodes each text once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from metier.models.base import Encoder, Vectors


@dataclass
class Remembering:
    """An encoder that encodes each text once, so that a query can be timed without it."""

    encoder: Encoder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def model_id(self) -> str:
        """Name the inner weights."""
        return self.encoder.model_id

    @property
    def size(self) -> int:
        """Give the dimensions."""
        return self.encoder.size

    def reads(self, text: str) -> bool:
        """Ask the inner encoder."""
        return self.encoder.reads(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode what is new."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known |= dict(zip(new, self.encoder.encode(new), strict=True)) if new else {}
        return np.array([self.known[text] for text in texts], dtype=np.float32).reshape(len(texts), self.size)
