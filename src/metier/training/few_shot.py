"""A head from few labels: a linear classifier over vectors of a frozen encoder; needs no PyTorch."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from metier.errors import InputError, ModelError
from metier.models.base import Vectors

HEAD = "head.json"
FOLDS = 5
_PENALTY = 10.0
_ROUNDS = 1000

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FewShotHead:
    """A linear classifier of vectors (the second step of SetFit, Tunstall et al. 2022).

    Attributes:
        classes: Their names.
        weights: A row a class.
        shift: A number a class.
        encoder: The id of the encoder whose vectors it reads.
        reads_pairs: Whether it reads the features of two vectors.
    """

    classes: tuple[str, ...]
    weights: Numbers
    shift: Numbers
    encoder: str = ""
    reads_pairs: bool = False

    def shares(self, vectors: Vectors) -> Numbers:
        """Give the probability of each class for each vector."""
        raw = vectors @ self.weights.T + self.shift
        grown = np.exp(raw - raw.max(1, keepdims=True))
        shares: Numbers = grown / grown.sum(1, keepdims=True)
        return shares

    def label(self, vectors: Vectors) -> list[str]:
        """Give the likeliest class of each vector."""
        return [self.classes[place] for place in self.shares(vectors).argmax(1)]

    def save(self, folder: Path) -> None:
        """Write it as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        fields = {
            "classes": self.classes,
            "weights": self.weights.tolist(),
            "shift": self.shift.tolist(),
            "encoder": self.encoder,
            "reads_pairs": self.reads_pairs,
        }
        (folder / HEAD).write_text(json.dumps(fields) + "\n", encoding="utf-8")


def load_head(folder: Path, *, encoder: str) -> FewShotHead:
    """Open a head that was saved.

    Raises:
        ModelError: The folder holds none, or one over the vectors of another encoder.
    """
    try:
        fields = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        head = FewShotHead(
            classes=tuple(fields["classes"]),
            weights=np.array(fields["weights"], dtype=np.float64),
            shift=np.array(fields["shift"], dtype=np.float64),
            encoder=fields["encoder"],
            reads_pairs=fields["reads_pairs"],
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder} holds no head", hint="Train one: metier train head LABELS --out DIR.") from error
    if head.encoder != encoder:
        raise ModelError(
            f"the head of {folder} reads vectors of {head.encoder}, not of {encoder}",
            hint="Set METIER_ENCODER to the encoder that it was trained with.",
        )
    return head


def pair_features(left: Vectors, right: Vectors) -> Vectors:
    """Give what tells whether two texts fit: where their vectors agree, where they differ, and their cosine."""
    products = left * right
    return np.concatenate([products, np.abs(left - right), products.sum(1, keepdims=True)], axis=1)


def fit_head(
    vectors: Vectors, labels: Sequence[str], *, weights: Sequence[float] | None = None, encoder: str = ""
) -> FewShotHead:
    """Fit a head; the classes count alike, however many examples each has.

    Args:
        vectors: One a label.
        labels: The class of each.
        weights: How much each counts; all alike when left out.
        encoder: The id of the encoder.

    Raises:
        InputError: All have one class.
    """
    if len(set(labels)) < 2:
        raise InputError(
            f"every label is {next(iter(labels), None)!r}: there is nothing to tell apart",
            hint="Give examples of at least two classes.",
        )
    model = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=_ROUNDS)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)  # few labels are the point
        model.fit(vectors, list(labels), sample_weight=weights)
    rows, shift = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        rows, shift = np.concatenate([-rows, rows]) / 2, np.concatenate([-shift, shift]) / 2
    return FewShotHead(classes=tuple(map(str, model.classes_)), weights=rows, shift=shift, encoder=encoder)


def cross_validated(vectors: Vectors, labels: Sequence[str], *, seed: int) -> list[bool] | None:
    """Say for each example whether a head fitted without it labels it rightly; None where a class has one example."""
    if min(Counter(labels).values()) < 2:
        return None
    chance = np.random.default_rng(seed)
    fold_of = np.empty(len(labels), dtype=np.int64)
    for label in sorted(set(labels)):
        own = np.array([place for place, each in enumerate(labels) if each == label])
        fold_of[chance.permutation(own)] = np.arange(len(own)) % min(FOLDS, len(own))
    right = np.zeros(len(labels), dtype=bool)
    for fold in range(int(fold_of.max()) + 1):
        inside, out = np.flatnonzero(fold_of != fold).tolist(), np.flatnonzero(fold_of == fold).tolist()
        kept = [labels[place] for place in inside]
        if len(set(kept)) < 2:
            return None
        found = fit_head(vectors[inside], kept).label(vectors[out])
        right[out] = [one == labels[place] for one, place in zip(found, out, strict=True)]
    return [bool(each) for each in right]
