"""A record's parts with their vectors, and the nearness of two records' parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from metier.models.base import Encoder
from metier.models.wording import NO_WORDS, Wording, character_pairs
from metier.retrieval.part import Part, PartKind

Nearness = NDArray[np.float32]

_FAR, _SAME = 0.38, 0.8
"""Cosines of unrelated and of equal statements; between them nearness grows evenly (read off the shipped encoder)."""
_HAN_FAR, _HAN_SAME = 0.06, 0.50
"""The same for the share of common character pairs, where the encoder does not read the script."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoded:
    """Parts of one record.

    Attributes:
        vectors: Shape (parts, size), in half precision as the catalog keeps it.
        is_read: Which parts are in a script that the encoder reads, shape (parts,).
        is_evidence: Which parts show something: they stand in the text and are no wish, shape (parts,).
        of_kind: The places of the parts of each kind.
        bigrams: Character pairs of the parts that it does not read.
        wording: The words of the record's text, as far as scores may see it.
        centre: Mean direction of the parts, shape (size,), length 1; None where most of them are not read.
    """

    parts: tuple[Part, ...]
    vectors: NDArray[np.float16]
    is_read: NDArray[np.bool_]
    is_evidence: NDArray[np.bool_]
    of_kind: Mapping[PartKind, tuple[int, ...]]
    bigrams: tuple[frozenset[str], ...]
    wording: Wording
    centre: NDArray[np.float32] | None


def encode_parts(
    parts: Sequence[Part], encoder: Encoder, vectors: NDArray[np.float16], *, wording: Wording = NO_WORDS
) -> Encoded:
    """Put parts together with their vectors, shape (parts, size), and the wording of the record's text."""
    is_read = np.array([encoder.reads(part.text) for part in parts], dtype=np.bool_)
    bigrams = tuple(
        frozenset() if read else character_pairs(part.text) for part, read in zip(parts, is_read, strict=True)
    )
    of_kind: dict[PartKind, tuple[int, ...]] = {}
    for place, part in enumerate(parts):
        of_kind[part.kind] = (*of_kind.get(part.kind, ()), place)
    return Encoded(
        parts=tuple(parts),
        vectors=vectors,
        is_read=is_read,
        is_evidence=np.array([part.span is not None and part.kind != "wish" for part in parts], dtype=np.bool_),
        of_kind=of_kind,
        bigrams=bigrams,
        wording=wording,
        centre=_centre(vectors, is_read),
    )


def _centre(vectors: NDArray[np.float16], is_read: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    if 2 * int(is_read.sum()) < max(len(is_read), 1):
        return None
    total = (vectors if is_read.all() else vectors[is_read]).astype(np.float32).sum(axis=0)
    length = float(np.linalg.norm(total))
    return (total / length).astype(np.float32) if length else None


def nearness(left: Encoded, right: Encoded) -> Nearness:
    """Say how near each part of one record is to each part of another.

    Two parts that the encoder reads are compared by cosine, two that it does not read by common character
    pairs (Dice), and a part of each kind not at all.

    Returns:
        Array of shape (left parts, right parts), values in [0, 1].
    """
    near: Nearness = _single(left) @ _single(right).T
    near -= _FAR
    near /= _SAME - _FAR
    np.minimum(np.maximum(near, 0, out=near), 1, out=near)
    if left.is_read.all() and right.is_read.all():
        return near
    near[left.is_read[:, None] != right.is_read[None, :]] = 0
    for row in np.flatnonzero(~left.is_read):
        for column in np.flatnonzero(~right.is_read):
            share = _dice(left.bigrams[row], right.bigrams[column])
            near[row, column] = min(max((share - _HAN_FAR) / (_HAN_SAME - _HAN_FAR), 0.0), 1.0)
    return near


@lru_cache(maxsize=8)
def _single(encoded: Encoded) -> NDArray[np.float32]:
    """Give the vectors in single precision; the record that a whole list is compared with is not turned each time."""
    return encoded.vectors.astype(np.float32)


def first_nearness(left: Encoded, right: Encoded) -> float:
    """Say how near the first part of one record, a job's title, is to that of another, as `nearness` does."""
    if left.is_read[0] != right.is_read[0]:
        return 0.0
    if left.is_read[0]:
        cosine = float(left.vectors[0].astype(np.float32) @ right.vectors[0].astype(np.float32))
        return min(max((cosine - _FAR) / (_SAME - _FAR), 0.0), 1.0)
    return min(max((_dice(left.bigrams[0], right.bigrams[0]) - _HAN_FAR) / (_HAN_SAME - _HAN_FAR), 0.0), 1.0)


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    total = len(left) + len(right)
    return 2 * len(left & right) / total if total else 0.0
