"""Active learning: which examples are worth a person's minute, by uncertainty and diversity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from metier.models.base import Vectors
from metier.training.few_shot import FewShotHead

_FLOOR = 0.05
_NEIGHBOURS = 20
_BLOCK = 1024


def propose(vectors: Vectors, *, head: FewShotHead | None, labelled: Vectors, n: int) -> list[int]:
    """Give the places of the examples to label next, the most telling first.

    Each is the one whose uncertainty (little between its two likeliest classes) times its distance from all that is
    labelled or proposed is greatest; before there is a head, influence (how near others lie) stands for uncertainty.

    Args:
        vectors: Of what may be labelled; for pairs, their features.
        head: What is known so far; None before there are labels of two classes.
        labelled: Vectors of what has labels, maybe none.
        n: How many.
    """
    worth = influence(vectors) if head is None else uncertainty(head, vectors)
    near = np.full(len(vectors), -1.0)
    for row in labelled:
        near = np.maximum(near, vectors @ row)
    chosen: list[int] = []
    for _ in range(min(n, len(vectors))):
        gained = worth * (1 - near + 1e-6)
        gained[chosen] = -np.inf
        best = int(gained.argmax())
        chosen.append(best)
        near = np.maximum(near, vectors @ vectors[best])
    return chosen


def uncertainty(head: FewShotHead, vectors: Vectors) -> NDArray[np.float64]:
    """Give 1 where the two likeliest classes are as likely, 0 where one is sure."""
    ordered = np.sort(head.shares(vectors), axis=1)
    margin: NDArray[np.float64] = 1 - (ordered[:, -1] - ordered[:, -2])
    return margin


def influence(vectors: Vectors) -> NDArray[np.float64]:
    """Give how near the nearest others lie, from 0 to 1: a label of what lies alone tells of nothing else."""
    count = min(_NEIGHBOURS, len(vectors) - 1)
    if count < 1:
        return np.ones(len(vectors))
    means = np.empty(len(vectors))
    for first in range(0, len(vectors), _BLOCK):
        likeness = vectors[first : first + _BLOCK] @ vectors.T
        top = np.partition(likeness, likeness.shape[1] - count - 1, axis=1)[:, -count - 1 :]
        means[first : first + _BLOCK] = (top.sum(1) - top.max(1)) / count
    low, high = float(means.min()), float(means.max())
    return np.ones(len(vectors)) if high - low < 1e-9 else _FLOOR + (1 - _FLOOR) * (means - low) / (high - low)


def lengthened(features: Sequence[Vectors]) -> Vectors:
    """Bring features to length 1, so that their product is a likeness."""
    stacked = np.concatenate(list(features))
    scaled: Vectors = (stacked / np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return scaled
