"""A sentence encoder behind an OpenAI-style `/v1/embeddings` endpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from metier.errors import ModelError
from metier.models.address import ModelAddress
from metier.models.base import Vectors
from metier.models.options import EncoderOptions
from metier.models.post import Poster, TooLongError
from metier.models.unit import plain, unit

_CHARACTERS_PER_CALL = 100_000
_SHORTEST = 64


@dataclass(frozen=True, kw_only=True, eq=False)
class EndpointEncoder:
    """Vectors of length 1 from a server; wrap it in a `CachedEncoder`, since servers change bits from batch to batch.

    Attributes:
        base_url: Such as `https://api.openai.com/v1`.
        model: The model's name at the server.
        poster: How the server is asked.
        batch: Texts of one request at most.
        options: Prompt, dimensions, length.
    """

    base_url: str
    model: str
    poster: Poster = field(default_factory=Poster)
    batch: int = 64
    options: EncoderOptions = field(default_factory=EncoderOptions)
    _cut: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, address: str, *, poster: Poster | None = None, batch: int = 64, options: EncoderOptions | None = None
    ) -> EndpointEncoder:
        """Make one of an address with the model's name behind a `#`.

        Raises:
            ConfigError: The address has no host or no model, or holds a password.
        """
        where = ModelAddress.of(address, what="encoder", route="/embeddings")
        return cls(
            base_url=where.base_url,
            model=where.model,
            poster=poster or Poster(),
            batch=batch,
            options=options or EncoderOptions(),
        )

    @property
    def model_id(self) -> str:
        """Name the server's host and path, the model, and the options."""
        return ModelAddress(base_url=self.base_url, model=self.model).name + self.options.suffix()

    @cached_property
    def size(self) -> int:
        """Give the number of dimensions: as wished, else as a first answer has."""
        return self.options.dimensions or len(self._ask(["size"])[0])

    def reads(self, text: str) -> bool:
        """Say whether the model is said to know the script of a text; which it does, no server tells."""
        return self.options.reads(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size).

        Raises:
            ModelError: The server cannot be reached, refuses, or gives no vectors of this size.
        """
        rows = [row for group in self._groups(texts) for row in self._encode(group)]
        vectors = np.array([unit(row, self.model_id) for row in rows], dtype=np.float32)
        return vectors.reshape(len(texts), self.size)

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text, encoded before by this object, whether it was cut."""
        return [_key(text) in self._cut for text in texts]

    def _groups(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """Give the texts of each request; one that may be too long goes alone, so that the server tells its tokens."""
        group: list[str] = []
        characters = 0
        for text in texts:
            alone = 0 < self.options.max_tokens < len(text)
            if group and (alone or len(group) == self.batch or characters + len(text) > _CHARACTERS_PER_CALL):
                yield group
                group, characters = [], 0
            group.append(text)
            characters += len(text)
            if alone:
                yield group
                group, characters = [], 0
        if group:
            yield group

    def _encode(self, texts: list[str]) -> list[list[float]]:
        """Ask for some texts; where they are too long together, for half of them, and a single one shortened."""
        try:
            return self._checked(self._ask(texts))
        except TooLongError as error:
            if len(texts) == 1:
                return self._encode_shortened(texts[0], error)
        middle = len(texts) // 2
        return self._encode(texts[:middle]) + self._encode(texts[middle:])

    def _encode_shortened(self, text: str, told: TooLongError) -> list[list[float]]:
        shorter = text
        while len(shorter) > _SHORTEST:
            shorter = shorter[: len(shorter) * 3 // 4]
            try:
                rows = self._checked(self._ask([shorter]))
            except TooLongError:
                continue
            self._cut.add(_key(text))
            return rows
        raise told

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        wished = {"dimensions": self.options.dimensions} if self.options.dimensions else {}
        question = {
            "model": self.model,
            "input": [self.options.prompt + plain(text) for text in texts],
            "encoding_format": "float",
            **wished,
        }
        answer = self.poster.post(f"{self.base_url}/embeddings", question)
        rows = _rows(answer, len(texts))
        if rows is None:
            raise ModelError(
                f"{self.base_url} gave no {len(texts)} vectors for {len(texts)} texts",
                hint="See that the address is that of an OpenAI-style API, such as https://HOST/v1, and try again.",
            )
        if len(texts) == 1 and 0 < self.options.max_tokens < len(texts[0]) and self._is_full(answer):
            self._cut.add(_key(texts[0]))
        return rows

    def _is_full(self, answer: object) -> bool:
        """Say whether a text filled what the model reads; it counts as full where the server does not tell."""
        usage = answer.get("usage") if isinstance(answer, dict) else None
        tokens = usage.get("prompt_tokens") if isinstance(usage, dict) else None
        return not isinstance(tokens, int) or tokens >= self.options.max_tokens

    def _checked(self, rows: list[list[float]]) -> list[list[float]]:
        for row in rows:
            if len(row) != self.size:
                raise ModelError(
                    f"{self.model_id} gave a vector of {len(row)} dimensions, not {self.size}",
                    hint="The server has other weights than before, or cannot shorten: set encoder_dimensions to 0.",
                )
        return rows


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(answer: object, count: int) -> list[list[float]] | None:
    """Give the vectors in the order of their index, or None where these are not as many as there were texts."""
    data = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(data, list) or len(data) != count or not all(isinstance(one, dict) for one in data):
        return None
    by_index = {one.get("index", place): one.get("embedding") for place, one in enumerate(data)}
    if set(by_index) != set(range(count)):
        return None
    rows = [by_index[place] for place in range(count)]
    return rows if all(map(_is_vector, rows)) else None


def _is_vector(row: object) -> bool:
    return isinstance(row, list) and bool(row) and all(type(value) in {float, int} for value in row)
