"""What one may wish of an encoder that is named by the user."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from metier.models.script import han_share

_MOSTLY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """Wishes that change the vectors, so that they are part of the encoder's id, and what it is said to read.

    Attributes:
        prompt: Put before every text, or the name of one of the model's own prompts; empty for the model's default.
        dimensions: Length of the vectors; 0 for the model's own.
        max_tokens: Longer texts are cut here; 0 for the model's own limit.
        reads_han: Whether the model was trained on Chinese characters.
    """

    prompt: str = ""
    dimensions: int = 0
    max_tokens: int = 0
    reads_han: bool = True

    def suffix(self) -> str:
        """Give what an encoder's id ends with: nothing when nothing was wished."""
        wished = [
            ("prompt", hashlib.sha256(self.prompt.encode()).hexdigest()[:8] if self.prompt else ""),
            ("dimensions", str(self.dimensions or "")),
            ("max_tokens", str(self.max_tokens or "")),
        ]
        return "".join(f"+{name}={value}" for name, value in wished if value)

    def reads(self, text: str) -> bool:
        """Say whether the model knows the script of most of a text's letters."""
        return self.reads_han or han_share(text) < _MOSTLY
