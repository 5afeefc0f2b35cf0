"""What texts go through before they are read: slips of the keyboard, OCR, shouting and lost spaces; by seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

Noise = Callable[[str, np.random.Generator], str]
_TYPO, _MISREAD, _SPACED = 0.06, 0.06, 0.15
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _KEYS for at, key in enumerate(row)}
_ALIKE = {
    "rn": "m", "m": "rn", "cl": "d", "d": "cl", "l": "1", "I": "l", "i": "l", "O": "0", "o": "0", "S": "5", "s": "5",
    "B": "8", "g": "9", "e": "c", "h": "b", "u": "v", "vv": "w", "w": "vv", "z": "2", "t": "f",
}  # fmt: skip
"""What OCR takes one for (after the confusions that Rice et al. 1996 count)."""
_PIECE = re.compile("|".join(sorted(map(re.escape, _ALIKE), key=len, reverse=True)))


def typos(text: str, chance: np.random.Generator) -> str:
    """Slip on one letter in sixteen or so: left out, doubled, changed with the next, or the key beside it."""
    letters = list(text)
    for place in np.flatnonzero(chance.random(len(letters)) < _TYPO).tolist():
        key = letters[place].lower()
        if not key.isalpha():
            continue
        slip = int(chance.integers(4))
        if slip == 0:
            letters[place] = ""
        elif slip == 1:
            letters[place] *= 2
        elif slip == 2 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        else:
            beside = _BESIDE.get(key, key)
            letters[place] = beside[int(chance.integers(len(beside)))]
    return "".join(letters)


def ocr(text: str, chance: np.random.Generator) -> str:
    """Misread one in sixteen or so of the letters that look like others."""
    return _PIECE.sub(lambda found: _ALIKE[found[0]] if chance.random() < _MISREAD else found[0], text)


def case_and_space(text: str, chance: np.random.Generator) -> str:
    """Write all of it in large or in small letters, and lose or double some spaces."""
    shouted = text.upper() if chance.random() < 0.5 else text.lower()
    parts = shouted.split(" ")
    between = ["" if drawn < _SPACED / 3 else "  " if drawn < _SPACED else " " for drawn in chance.random(len(parts))]
    return "".join(part + space for part, space in zip(parts, between, strict=True)).strip()


NOISES: Mapping[str, Noise] = {"typos": typos, "ocr": ocr, "case_and_space": case_and_space}
