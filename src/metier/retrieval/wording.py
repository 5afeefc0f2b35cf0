"""How much of their wording texts share: cosines of TF-IDF weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from metier.models.script import han_share

Scores = NDArray[np.float32]
_LOOKED_AT = 500
_HAN = 0.3
"""From this share of Chinese characters on, single characters tell more than stretches of four."""


class Wording:
    """Texts by their character n-grams (short texts) or words (documents), term frequencies dampened by the logarithm.

    The weights are those of Salton and Buckley (1988), by scikit-learn.

    Args:
        texts: The texts to compare with; they decide how rare a term is.
        by_words: Compare words, not stretches of two to four characters.
    """

    def __init__(self, texts: Sequence[str], *, by_words: bool = False) -> None:
        is_han = han_share(" ".join(texts[:_LOOKED_AT])) >= _HAN
        grams = (1, 3) if is_han else (2, 4)
        self._vectorizer = (
            TfidfVectorizer(sublinear_tf=True, dtype=np.float32)
            if by_words and not is_han
            else TfidfVectorizer(analyzer="char_wb", ngram_range=grams, sublinear_tf=True, dtype=np.float32)
        )
        try:
            self.rows: csr_matrix = self._vectorizer.fit_transform(texts)
        except ValueError:  # no text has a term
            self._vectorizer.fit(["-- --"] if not by_words else ["none"])
            self.rows = self._vectorizer.transform(texts)

    def weights(self, texts: Sequence[str]) -> csr_matrix:
        """Give the weights of other texts, one row each, of length 1 where a term is known."""
        if not texts:
            return csr_matrix((0, self.rows.shape[1]), dtype=np.float32)
        rows: csr_matrix = self._vectorizer.transform(texts)
        return rows

    def scores(self, weights: csr_matrix) -> Scores:
        """Give the cosines of rows of weights with the texts, shape (rows, texts)."""
        cosines: Scores = (weights @ self.rows.T).toarray()
        return cosines

    def with_feedback(self, weights: csr_matrix, best: NDArray[np.int64], *, share: float) -> csr_matrix:
        """Add to each row the mean of its best texts times a share; shape of `best`: (rows, texts that count)."""
        if not len(best):
            return weights
        picked = np.repeat(np.arange(len(best)), best.shape[1])
        chosen = csr_matrix(
            (np.full(best.size, share / best.shape[1], np.float32), (picked, best.ravel())),
            shape=(len(best), self.rows.shape[0]),
        )
        return normalize(weights + chosen @ self.rows)
