"""What belongs together: groups of texts, any left one of which should lie near any right one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Text = str
Side = tuple[tuple[Text, ...], ...]
"""Texts in sets, such as one set a language: a set is drawn first, then a text of it."""


@dataclass(frozen=True)
class Group:
    """Texts of one concept.

    Attributes:
        key: The concept. Two groups of one key are never negatives of one another.
        left: Texts that stand for queries.
        right: Texts that stand for documents; the same as `left` where there is no difference.
    """

    key: str
    left: Side
    right: Side

    def texts(self) -> Iterator[Text]:
        """Give every text of both sides."""
        for side in (self.left, self.right):
            for texts in side:
                yield from texts


@dataclass(frozen=True)
class Family:
    """Groups of one kind; a batch is drawn from one family, so that its negatives are of the same kind.

    Attributes:
        name: As the configuration names it.
        groups: The groups, in an order that does not change.
        weight: How often a batch is of this family, against the others.
        noise: The share of left texts that get the noise of postings, such as `(m/w/d)`.
        mixed: The share of left texts that another group's left text is put behind: a sentence asks for several skills.
        pairs: Pairs of a batch.
    """

    name: str
    groups: tuple[Group, ...]
    weight: float = 1.0
    noise: float = 0.0
    mixed: float = 0.0
    pairs: int = 192


def clean(text: str) -> str:
    """Bring white space to single blanks."""
    return " ".join(text.split())


def texts_of(values: Iterable[str]) -> tuple[Text, ...]:
    """Give the distinct cleaned texts, without empty ones, in their order."""
    return tuple(dict.fromkeys(filter(None, map(clean, values))))


def alike(key: str, sets: Sequence[Sequence[str]]) -> Group | None:
    """Make a group whose texts all mean the same; None where it has fewer than two."""
    side = tuple(kept for kept in map(texts_of, sets) if kept)
    return Group(key, side, side) if len({text for texts in side for text in texts}) > 1 else None


def pair(key: str, left: Iterable[str], right: Iterable[str]) -> Group | None:
    """Make a group of two sides; None where one is empty."""
    one, other = texts_of(left), texts_of(right)
    return Group(key, (one,), (other,)) if one and other else None


def present(groups: Iterable[Group | None]) -> tuple[Group, ...]:
    """Drop the groups that could not be made."""
    return tuple(group for group in groups if group is not None)
