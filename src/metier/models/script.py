"""Which scripts a text is written in, as far as encoders care."""

from __future__ import annotations

import re

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_KNOWN = re.compile(
    r"[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff\u3400-\u4dbf\u4e00-\u9fff\uff21-\uff5a]+"
)
_LETTER = re.compile(r"[^\W\d_]+")


def han_share(text: str) -> float:
    """Give the share of Chinese and Japanese characters among a text's letters, 0 to 1."""
    letters = _count(_LETTER, text)
    return _count(_WIDE, text) / letters if letters else 0.0


def known_share(text: str) -> float:
    """Give the share of Latin, Greek and Chinese letters among a text's letters, 0 to 1; 1 where it has none."""
    if text.isascii():
        return 1.0
    letters = _count(_LETTER, text)
    return _count(_KNOWN, text) / letters if letters else 1.0


def _count(runs: re.Pattern[str], text: str) -> int:
    """Count the characters in the runs of a text."""
    return sum(map(len, runs.findall(text)))
