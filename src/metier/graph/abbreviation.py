"""Abbreviations that a text itself explains, `natural language processing (NLP)`, after Schwartz & Hearst 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACKETED = re.compile(r"[(（]\s*(?P<inside>[^()（）\n]{2,60}?)\s*[)）]")
_BEFORE = 120
"""Characters before a bracket in which a long form stands."""
_SHORT = re.compile(r"[A-Z][A-Za-z0-9&/.-]{1,7}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LETTER = re.compile(r"[A-Za-z0-9]")


class Abbreviation(NamedTuple):
    """A short form, and where the text writes it out.

    Attributes:
        short: As the text writes it.
        start: Where the long form begins.
        end: Where the long form ends.
    """

    short: str
    start: int
    end: int


def abbreviations(text: str) -> Iterator[Abbreviation]:
    """Find the abbreviations that a text explains in brackets, in either order, in the text's order."""
    for found in _BRACKETED.finditer(text):
        inside = found["inside"]
        floor = max(0, found.start() - _BEFORE)
        line = re.split(r"[()（）\n]", text[floor : found.start()])[-1].rstrip()
        begin = text.rfind(line, floor, found.start())
        if _is_short(inside):
            start = _long_start(inside, line)
            if start is not None:
                yield Abbreviation(inside, begin + start, begin + len(line))
            continue
        last = list(_WORD.finditer(line))
        if (
            last
            and last[-1].end() == len(line)
            and _is_short(last[-1].group())
            and _long_start(last[-1].group(), inside) == 0
        ):
            yield Abbreviation(last[-1].group(), found.start("inside"), found.end("inside"))


def _is_short(word: str) -> bool:
    return bool(_SHORT.fullmatch(word)) and sum(letter.isupper() for letter in word) >= 2


def _long_start(short: str, before: str) -> int | None:
    """Find where the words begin whose letters make the short form, its first letter that of a word."""
    letters = _LETTER.findall(short.casefold())
    folded = before.casefold()
    at = len(folded) - 1
    for number, letter in enumerate(reversed(letters)):
        is_first = number == len(letters) - 1
        while at >= 0 and not (folded[at] == letter and (not is_first or at == 0 or not folded[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = at + 1
    words = len(_WORD.findall(before[start:]))
    return start if words <= min(len(letters) + 5, 2 * len(letters)) and len(before) - start > len(short) else None
