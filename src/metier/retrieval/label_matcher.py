"""Titles, skills and sentences to labels: by meaning, by what the graph calls the labels, by wording, by links."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from metier.graph.label_lookup import LabelLookup
from metier.models.base import Encoder, Vectors
from metier.retrieval.wording import Scores, Wording

WORDING = 0.3
LINKED = 0.25
"""What shared wording and a link count beside the cosine of two vectors; chosen on the development folders."""
_BEST, _FEEDBACK, _ONE_IN = 5, 0.5, 20
"""Feedback: so many of the best texts, never more than one in twenty, move the query by so much of their mean."""


class LabelMatcher:
    """Scores short texts for short queries.

    A text's score is the cosine of the vectors, where the text is a label of the graph the mean of that and of the best
    cosine among the label's names; plus a share of the cosine of character n-grams; plus a share of the certainty with
    which the linker finds the label in the query.

    Args:
        texts: The labels to choose from.
        encoder: Texts to vectors; what it does not read is matched by wording alone.
        lookup: What the graph knows of labels; nothing if None.
        has_many: Many texts answer a query, as with titles that are alike: then the best ones say more of what is
            meant (Rocchio 1971, with pseudo-relevance feedback).
        wording: What shared wording counts.
        linked: What a link counts.
    """

    def __init__(
        self,
        texts: Sequence[str],
        *,
        encoder: Encoder,
        lookup: LabelLookup | None = None,
        has_many: bool = False,
        wording: float = WORDING,
        linked: float = LINKED,
    ) -> None:
        self._shares = wording, linked
        self._encoder = encoder
        self._lookup = lookup
        self._vectors = vectors_of(encoder, texts)
        self._wording = Wording(texts)
        self._best = min(_BEST, len(texts) // _ONE_IN) if has_many else 0
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            self._places.setdefault(text.casefold(), []).append(place)
        named = [(place, lookup.names(text)) for place, text in enumerate(texts)] if lookup else []
        self._named = [(place, names) for place, names in named if names]
        self._name_vectors = vectors_of(encoder, [name for _, names in self._named for name in names])

    def scores(self, queries: Sequence[str]) -> Scores:
        """Score every text for every query, shape (queries, texts)."""
        vectors = vectors_of(self._encoder, queries)
        wording, linked = self._shares
        others = wording * self._wording.scores(self._wording.weights(queries)) + linked * self._linked(queries)
        scores = self._meant(vectors) + others
        if not self._best:
            return scores
        vectors = moved(vectors, self._vectors, best_of(scores, self._best), share=_FEEDBACK)
        return self._meant(vectors) + others

    def _meant(self, vectors: Vectors) -> Scores:
        """Give the cosine, for labels with other names the mean with the best of all names."""
        cosines = vectors @ self._vectors.T
        if self._named:
            known = [place for place, _ in self._named]
            firsts = np.cumsum([0, *(len(names) for _, names in self._named[:-1])])
            by_name = np.maximum.reduceat(vectors @ self._name_vectors.T, firsts, axis=1)
            cosines[:, known] = (cosines[:, known] + np.maximum(cosines[:, known], by_name)) / 2
        return cosines

    def _linked(self, queries: Sequence[str]) -> Scores:
        certain = np.zeros((len(queries), len(self._vectors)), dtype=np.float32)
        for row, query in enumerate(queries if self._lookup else ()):
            for label, score in self._lookup.linked(query).items() if self._lookup else ():
                certain[row, self._places.get(label, [])] = score
        return certain


def vectors_of(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Encode each text once; one in a script that the encoder does not read gets zeros."""
    wanted = list(dict.fromkeys(filter(encoder.reads, texts)))
    vectors = np.zeros((len(wanted) + 1, encoder.size), dtype=np.float32)
    if wanted:
        vectors[:-1] = encoder.encode(wanted)
    row_of = {text: row for row, text in enumerate(wanted)}
    return vectors[[row_of.get(text, -1) for text in texts]]


def best_of(scores: Scores, count: int) -> NDArray[np.int64]:
    """Give the places of the best texts of each row, ties by place; shape (rows, count)."""
    return np.argsort(-scores, axis=1, kind="stable")[:, :count]


def moved(vectors: Vectors, texts: Vectors, best: NDArray[np.int64], *, share: float) -> Vectors:
    """Move vectors towards the mean of their best texts, back to length 1."""
    summed = vectors + share * texts[best].mean(axis=1)
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.maximum(lengths, np.float32(1e-12)), dtype=np.float32)
