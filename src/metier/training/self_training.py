"""Semi-supervised heads: what a head is sure of, and its neighbours agree on, teaches it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metier.models.base import Vectors
from metier.training.few_shot import FewShotHead, fit_head

ROUNDS, KEPT, CONFIDENCE = 3, 0.2, 0.5
"""Rounds of teaching; the share of the unlabelled that a round adds at most; the least probability of its own label."""
_NEIGHBOURS = 5
_WEIGHT = 0.3
"""A taught label counts this much of one that a person gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTrained:
    """A head that was taught by itself.

    Attributes:
        head: The head.
        added: How many unlabelled examples each round took.
    """

    head: FewShotHead
    added: list[int]


def self_train(vectors: Vectors, labels: Sequence[str], unlabelled: Vectors, *, encoder: str = "") -> SelfTrained:
    """Fit a head with labels and with what is surest without (Yarowsky 1995; classes in the shares of the labels).

    An unlabelled text is taken only where the head and most of its nearest labelled texts agree.
    """
    head = fit_head(vectors, labels, encoder=encoder)
    added = []
    votes = _votes(vectors, labels, unlabelled, head)
    for turn in range(ROUNDS):
        shares = head.shares(unlabelled)
        best, sure = shares.argmax(1), shares.max(1)
        quota = max(1, round(KEPT * (turn + 1) / ROUNDS * len(unlabelled) / len(head.classes)))
        taken: list[int] = []
        for place in range(len(head.classes)):
            own = np.flatnonzero((best == place) & (votes == place) & (sure >= CONFIDENCE))
            taken += own[np.argsort(-sure[own], kind="stable")][:quota].tolist()
        added.append(len(taken))
        if not taken:
            break
        head = fit_head(
            np.concatenate([vectors, unlabelled[taken]]),
            [*labels, *(head.classes[best[place]] for place in taken)],
            weights=[1.0] * len(labels) + [_WEIGHT] * len(taken),
            encoder=encoder,
        )
    return SelfTrained(head=head, added=added)


def _votes(vectors: Vectors, labels: Sequence[str], unlabelled: Vectors, head: FewShotHead) -> np.ndarray:
    """Give the class that most of the nearest labelled texts have, by likeness."""
    near = unlabelled @ vectors.T
    count = min(_NEIGHBOURS, max(1, len(labels) // len(head.classes)))
    own = np.array([head.classes.index(label) for label in labels])
    nearest = np.argsort(-near, axis=1, kind="stable")[:, :count]
    counted = np.zeros((len(unlabelled), len(head.classes)))
    for column in range(count):
        place = nearest[:, column]
        np.add.at(counted, (np.arange(len(unlabelled)), own[place]), np.take_along_axis(near, place[:, None], 1)[:, 0])
    return counted.argmax(1)
