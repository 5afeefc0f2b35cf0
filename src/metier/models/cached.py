"""An encoder that makes no vector twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metier.errors import ModelError
from metier.models.base import Cutter, Encoder, Vectors
from metier.models.store import Kept, VectorStore

_WITNESS = "A registered nurse, a welder and 会计 look for work."
"""Encoded once more in each process that makes vectors, and held against the kept one."""
_ALIKE = 0.99
"""Cosine of two vectors of one text from one model, however it rounds."""
_AT_ONCE = 256
"""Vectors are kept after so many, so that little is made again when a process is killed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CachedEncoder:
    """Gives the vectors of another encoder, made at the first time and kept for all later ones.

    The first answer stays the answer: the bits of a kept vector depend on no batch, even where those of a server do.

    Attributes:
        inner: Makes the vectors that are not there.
        store: Keeps them.
    """

    inner: Encoder
    store: VectorStore

    @property
    def model_id(self) -> str:
        """Name the weights."""
        return self.inner.model_id

    @cached_property
    def size(self) -> int:
        """Give the number of dimensions; the model is not asked where the store knows."""
        return self.store.size_of(self.model_id) or self.inner.size

    def reads(self, text: str) -> bool:
        """Say whether the model knows the script of a text."""
        return self.inner.reads(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size)."""
        kept = self._kept(texts)
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = kept[text].vector
        return vectors

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text, encoded before, whether it was longer than the model reads."""
        kept = self._kept(texts)
        return [kept[text].is_cut for text in texts]

    def _kept(self, texts: Sequence[str]) -> dict[str, Kept]:
        wanted = list(dict.fromkeys(texts))
        kept = self.store.find(self.model_id, wanted, self.size)
        missing = [text for text in wanted if text not in kept]
        if missing and not self._is_same_model:
            raise self._other_weights("they give one text another vector")
        for first in range(0, len(missing), _AT_ONCE):
            kept |= self.store.keep(self.model_id, self._make(missing[first : first + _AT_ONCE]))
        return kept

    def _make(self, texts: Sequence[str]) -> dict[str, Kept]:
        vectors = self.inner.encode(texts)
        if vectors.shape[1] != self.size:
            raise self._other_weights(f"its vectors have {vectors.shape[1]} dimensions, the kept ones {self.size}")
        cut = self.inner.cut(texts) if isinstance(self.inner, Cutter) else [False] * len(texts)
        return {text: Kept(vector, is_cut) for text, vector, is_cut in zip(texts, vectors, cut, strict=True)}

    @cached_property
    def _is_same_model(self) -> bool:
        """Hold one text's vector against the kept one, so that weights that go by one name never mix."""
        now = self._make([_WITNESS])
        kept = self.store.find(self.model_id, [_WITNESS], self.size) or self.store.keep(self.model_id, now)
        return float(kept[_WITNESS].vector @ now[_WITNESS].vector) > _ALIKE

    def _other_weights(self, why: str) -> ModelError:
        return ModelError(
            f"{self.model_id} has other weights than those that made its kept vectors: {why}",
            hint=f"Give the model its own name, or delete {self.store.path} and re-encode the catalogs made with it.",
        )
