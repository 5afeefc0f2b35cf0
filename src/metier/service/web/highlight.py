"""A text cut where quotes begin and end, so that a page can light them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from metier.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text, and the names of the quotes that it is part of, parted by spaces; empty for none."""

    text: str
    names: str = ""


def cut(text: str, quotes: Iterable[tuple[str, Span]]) -> list[Piece]:
    """Cut a text into pieces; those of a quote bear its name, and quotes may overlap.

    Args:
        text: The document's text; quotes that do not stand in it are left out.
        quotes: Name and place.
    """
    held = [(name, span) for name, span in quotes if 0 <= span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(edge for _, span in held for edge in (span.start, span.end))})
    pieces = []
    for start, end in pairwise(edges):
        names = dict.fromkeys(name for name, span in held if span.start <= start and end <= span.end)
        pieces.append(Piece(text=text[start:end], names=" ".join(names)))
    return pieces
