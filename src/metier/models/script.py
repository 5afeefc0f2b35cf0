"""Which scripts a text is written in, as far as encoders care."""

from __future__ import annotations

import re

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")


def han_share(text: str) -> float:
    """Give the share of Chinese and Japanese characters among a text's letters, 0 to 1."""
    letters = len(_LETTER.findall(text))
    return len(_WIDE.findall(text)) / letters if letters else 0.0
