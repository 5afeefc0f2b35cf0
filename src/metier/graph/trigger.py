"""Which of many patterns can match a text at all, told in one pass by the letters that each cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import ahocorasick

parser: Any = import_module("re._parser")  # typed by no stub

_LEAST = 2
_REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT)


class Triggers:
    """Patterns that are tried only on texts that hold what they need (Aho and Corasick 1975).

    Args:
        patterns: Compiled patterns; case does not matter for the letters that are looked for.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._always: list[int] = []
        places: dict[str, list[int]] = {}
        for place, pattern in enumerate(patterns):
            needed = needed_letters(pattern.pattern)
            if needed is None:
                self._always.append(place)
            for letters in needed or ():
                places.setdefault(letters, []).append(place)
        self._automaton = ahocorasick.Automaton()
        for letters, wanted in places.items():
            self._automaton.add_word(letters, wanted)
        self._automaton.make_automaton()

    def possible(self, text: str) -> list[int]:
        """Give the places of the patterns that may match a text, in order; the others surely do not."""
        found = set(self._always)
        if len(self._automaton):
            for _, wanted in self._automaton.iter(text.lower()):
                found.update(wanted)
        return sorted(found)


class Guarded:
    """A long pattern that is tried only on texts that hold what it needs; it finds what it would find without that."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> None:
        self._pattern = re.compile(pattern, flags)
        self._triggers = Triggers([self._pattern])

    def search(self, text: str) -> re.Match[str] | None:
        """Search as the pattern does."""
        return self._pattern.search(text) if self._triggers.possible(text) else None


def needed_letters(pattern: str) -> frozenset[str] | None:
    """Give strings of which every match of a pattern holds at least one, lower case; None where there are none."""
    return _needed(parser.parse(pattern))


def _needed(sequence: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Choose, of all that a sequence cannot do without, what is longest."""
    choices: list[frozenset[str]] = []
    run = ""
    for kind, value in [*sequence, (None, None)]:
        if kind is parser.LITERAL:
            run += chr(value).lower()
            continue
        if _is_telling(run):
            choices.append(frozenset({run}))
        run = ""
        inner = _needed_within(kind, value)
        if inner is not None:
            choices.append(inner)
    return max(choices, key=lambda choice: (min(map(len, choice)), -len(choice)), default=None)


def _needed_within(kind: object, value: Any) -> frozenset[str] | None:  # noqa: ANN401 - as the parser gives it
    if kind is parser.SUBPATTERN:
        return _needed(value[-1])
    if kind is parser.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        known = [branch for branch in branches if branch is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None
    if kind in _REPEATS and value[0] > 0:
        return _needed(value[2])
    return None


def _is_telling(letters: str) -> bool:
    return len(letters) >= _LEAST or (bool(letters) and letters > "\u2e80")
