"""For tests and plug-in authors: deterministic fakes, and the contracts that each component keeps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metier.models.base import Encoder, Vectors

__all__ = ["EncoderContract", "HashEncoder"]


@dataclass(frozen=True, kw_only=True)
class HashEncoder:
    """An encoder without weights: the sum of one pseudo-random vector for each word (feature hashing).

    Texts that share words are near; equal texts have equal bits. Needs no model and no time.
    """

    size: int = 64

    @property
    def model_id(self) -> str:
        """Name the fake and its size."""
        return f"hash-{self.size}"

    def reads(self, text: str) -> bool:  # noqa: ARG002 - the protocol's parameter
        """Say that every text can be read."""
        return True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size)."""
        if not texts:
            return np.empty((0, self.size), dtype=np.float32)
        return np.stack([self._encode(text) for text in texts])

    def _encode(self, text: str) -> Vectors:
        total = np.zeros(self.size, dtype=np.float64)
        for word in sorted(re.findall(r"[^\W_]+", text.lower())) or [""]:
            seed = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())
            total += np.random.default_rng(seed).standard_normal(self.size)
        return (total / np.linalg.norm(total)).astype(np.float32)


class EncoderContract:
    """What every encoder must keep; subclass it in a test and give `encoder`."""

    texts = ("Registered nurse", "welder", "", "Java 后端工程师", "a long sentence about routing lorries " * 30)

    def encoder(self) -> Encoder:
        """Give the encoder under test."""
        raise NotImplementedError("a contract test gives its encoder here")

    def test_vectors_have_the_size_and_length_one(self) -> None:
        """Every row has `size` dimensions and length 1."""
        encoder = self.encoder()
        vectors = encoder.encode(self.texts)
        assert vectors.shape == (len(self.texts), encoder.size)  # noqa: S101
        assert vectors.dtype == np.float32  # noqa: S101
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)

    def test_a_batch_equals_its_texts_alone_to_the_bit(self) -> None:
        """A text's vector does not depend on what is encoded beside it, or in which order."""
        encoder = self.encoder()
        together = encoder.encode(self.texts)
        alone = np.concatenate([encoder.encode([text]) for text in self.texts])
        backwards = encoder.encode(self.texts[::-1])[::-1]
        assert together.tobytes() == alone.tobytes() == backwards.tobytes()  # noqa: S101

    def test_no_texts_give_no_rows(self) -> None:
        """An empty list gives an array of shape (0, size)."""
        encoder = self.encoder()
        assert encoder.encode([]).shape == (0, encoder.size)  # noqa: S101
