"""Licences, registrations and certificates that a text names, by one key whatever the words and the language."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from metier.graph.trigger import Triggers
from metier.records.span import Found, Span


@cache
def _table() -> tuple[tuple[str, str, re.Pattern[str], frozenset[str]], ...]:
    """Give key, label, pattern and the keys that each licence covers, from `data/licences.tsv`."""
    rows = []
    for line in files("metier.graph").joinpath("data/licences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        key, label, covers, pattern = line.split("\t")
        rows.append((key, label, re.compile(pattern, re.IGNORECASE), frozenset(covers.split())))
    return tuple(rows)


@cache
def _triggers() -> Triggers:
    return Triggers([pattern for _, _, pattern, _ in _table()])


@cache
def _covered() -> dict[str, frozenset[str]]:
    return {key: covers for key, _, _, covers in _table()}


def find_licences(text: str) -> list[Found[str]]:
    """Find the licences and certificates that a text names, in the text's order.

    Args:
        text: A sentence or a section.

    Returns:
        Keys such as `driving_c` or `nursing_registration`; where two patterns meet, the longer quote is kept.
    """
    table = _table()
    found = [
        Found(value=key, span=Span.of(text, *named.span()))
        for key, _, pattern, _ in (table[place] for place in _triggers().possible(text))
        for named in pattern.finditer(text)
        if named.end() > named.start()
    ]
    found.sort(key=lambda entry: (-(len(entry.span.text) if entry.span else 0), entry.value))
    kept: list[Found[str]] = []
    for entry in found:
        if entry.span and not any(
            other.span and entry.span.start < other.span.end and other.span.start < entry.span.end for other in kept
        ):
            kept.append(entry)
    return sorted(kept, key=lambda entry: entry.span.start if entry.span else 0)


def licence_label(key: str) -> str:
    """Give a licence's name for people; the key itself when it is not known."""
    return next((label for known, label, _, _ in _table() if known == key), key)


def licence_covers(held: str, asked: str) -> bool:
    """Say whether holding one licence satisfies the demand for another: a C+E driver may drive a car."""
    return held == asked or asked in _covered().get(held, frozenset())
