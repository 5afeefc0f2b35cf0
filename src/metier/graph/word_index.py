"""Texts by their words: which of many texts share the telling words of another one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from metier.graph.fold import BOUNDARY, fold


def telling_words(text: str) -> Counter[str]:
    """Count the folded words of a text."""
    return Counter(token.stem for token in fold(text) if token.stem != BOUNDARY)


class WordIndex:
    """Cosines of TF-IDF between a text and each of many, and how much of each one's words the text holds.

    Args:
        texts: By key.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.keys = sorted(texts)
        counts = [telling_words(texts[key]) for key in self.keys]
        held = Counter(word for count in counts for word in count)
        self._idf = {word: math.log(1 + len(self.keys) / number) for word, number in held.items()}
        self._postings = _postings(counts, self._idf)
        self._lengths = np.array([self._length(count) for count in counts])
        self._mass = np.array([sum(self._idf[word] for word in count) for count in counts])

    def cosines(self, text: str) -> NDArray[np.float64]:
        """Give the cosine with each text, by the place of its key."""
        words = telling_words(text)
        scores = np.zeros(len(self.keys))
        for word, number in words.items():
            if word in self._postings:
                places, weights = self._postings[word]
                scores[places] += weights * (1 + math.log(number)) * self._idf[word]
        length = self._length(words)
        scores /= np.maximum(self._lengths, 1e-9) * max(length, 1e-9)
        return scores

    def covered(self, text: str) -> NDArray[np.float64]:
        """Give the share of the words of each text, weighed by how telling they are, that stand in this one."""
        scores = np.zeros(len(self.keys))
        for word in telling_words(text):
            if word in self._postings:
                scores[self._postings[word][0]] += self._idf[word]
        scores /= np.maximum(self._mass, 1e-9)
        return scores

    def _length(self, count: Counter[str]) -> float:
        return math.sqrt(
            sum(((1 + math.log(number)) * self._idf.get(word, 0.0)) ** 2 for word, number in count.items())
        )


def _postings(
    counts: list[Counter[str]], idf: Mapping[str, float]
) -> dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]]:
    found: dict[str, tuple[list[int], list[float]]] = {}
    for place, count in enumerate(counts):
        for word, number in count.items():
            places, weights = found.setdefault(word, ([], []))
            places.append(place)
            weights.append((1 + math.log(number)) * idf[word])
    return {word: (np.array(places), np.array(weights)) for word, (places, weights) in found.items()}
