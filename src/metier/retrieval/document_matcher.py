"""Whole documents to whole documents: by the meaning of their parts and by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from metier.models.base import Encoder, Vectors
from metier.retrieval.label_matcher import best_of, moved, vectors_of
from metier.retrieval.wording import Scores, Wording

_PART = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n+")
_LEAST, _MOST = 3, 200
"""Characters of a part: shorter ones say nothing, and longer ones count no more than this."""
_BEST, _FEEDBACK, _ONE_IN = 5, 1.0, 20
"""Feedback: so many of the best documents, never more than one in twenty, move the query by so much of their mean."""


class DocumentMatcher:
    """Scores documents for documents.

    A document is read sentence by sentence and line by line; its vector is the mean direction of these parts, longer
    ones counting more, against that of all documents. The score adds the cosines of the vectors and of the words
    (TF-IDF), each as standard scores of the query's list, after one round of pseudo-relevance feedback (Rocchio 1971).

    Args:
        texts: The documents to choose from.
        encoder: Texts to vectors.
    """

    def __init__(self, texts: Sequence[str], *, encoder: Encoder) -> None:
        self._encoder = encoder
        self._wording = Wording(texts, by_words=True)
        parts, weights, owners = self._parts(texts)
        self._mean = parts.mean(axis=0) if len(parts) else np.zeros(encoder.size, dtype=np.float32)
        self._vectors = self._direction(parts, weights, owners, len(texts))
        self._best = min(_BEST, len(texts) // _ONE_IN)

    def scores(self, queries: Sequence[str]) -> Scores:
        """Score every document for every query, shape (queries, documents)."""
        weights = self._wording.weights(queries)
        vectors = self._direction(*self._parts(queries), len(queries))
        scores = self._together(weights, vectors)
        if not self._best:
            return scores
        best = best_of(scores, self._best)
        weights = self._wording.with_feedback(weights, best, share=_FEEDBACK)
        return self._together(weights, moved(vectors, self._vectors, best, share=_FEEDBACK))

    def _together(self, weights: csr_matrix, vectors: Vectors) -> Scores:
        return _standard(self._wording.scores(weights)) + _standard(vectors @ self._vectors.T)

    def _parts(self, texts: Sequence[str]) -> tuple[Vectors, NDArray[np.float32], NDArray[np.int64]]:
        """Give the vectors of all parts, what each counts, and whose it is."""
        found = [
            (owner, part.strip())
            for owner, text in enumerate(texts)
            for part in _PART.split(text)
            if len(part.strip()) >= _LEAST
        ]
        counts = np.array([min(len(part), _MOST) for _, part in found], dtype=np.float32)
        return vectors_of(self._encoder, [part for _, part in found]), counts, np.array([one for one, _ in found], int)

    def _direction(
        self, parts: Vectors, weights: NDArray[np.float32], owners: NDArray[np.int64], count: int
    ) -> Vectors:
        apart = parts - self._mean
        apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), np.float32(1e-12))
        summed = np.zeros((count, self._encoder.size), dtype=np.float32)
        np.add.at(summed, owners, apart * weights[:, None])
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        return np.asarray(summed / np.maximum(lengths, np.float32(1e-12)), dtype=np.float32)


def _standard(scores: Scores) -> Scores:
    apart = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(apart / np.maximum(scores.std(axis=1, keepdims=True), np.float32(1e-9)), dtype=np.float32)
