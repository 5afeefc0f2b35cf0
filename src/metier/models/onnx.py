"""A sentence encoder run by ONNX Runtime on the CPU, one text a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from metier.errors import ModelError
from metier.models.base import Vectors
from metier.models.script import known_share

Progress = Callable[[int], None]
_MOSTLY = 0.7
_TEXTS_PER_TASK = 16


@dataclass(frozen=True, kw_only=True)
class OnnxEncoder:
    """Vectors of length 1 of an ONNX model that takes the token ids of one text and gives its vector.

    The weights are kept in 8 bits, and the states of a text are brought to 8 bits by their own range (dynamic
    quantisation). Each text is run alone and on one thread, so that this range, and with it every bit of the vector,
    is the text's own: alone, in any batch and in any order.

    Attributes:
        model_id: Names the weights.
        model_path: The `.onnx` file; takes `input_ids` of shape (1, tokens), gives shape (1, size).
        tokenizer_path: The `tokenizer.json` file.
        size: Dimensions of a vector.
        max_tokens: Longer texts are cut here, see `cut`.
        threads: Texts that are run at once.
    """

    model_id: str
    model_path: Path
    tokenizer_path: Path
    size: int
    max_tokens: int = 256
    threads: int = 2

    def reads(self, text: str) -> bool:
        """Say whether the model knows the script of most of a text's letters: Latin, Greek or Chinese."""
        return known_share(text) >= _MOSTLY

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Encode texts to an array of shape (number of texts, size).

        Args:
            texts: Any texts; an empty one gets the vector of the empty text.
            progress: Called with the number of texts that were just finished.
        """
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        longest_first = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))

        def encode_some(places: Sequence[int]) -> int:
            for place in places:
                vectors[place] = self._vector(tokens[place])
            return len(places)

        self._session.get_providers()  # opened once, before the threads ask for it
        with ThreadPoolExecutor(self.threads) as pool:
            for finished in pool.map(encode_some, _tasks(longest_first)):
                if progress is not None:
                    progress(finished)
        return vectors

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text whether it is longer than the model reads."""
        return [bool(encoding.overflowing) for encoding in self._tokenizer.encode_batch(list(texts))]

    def _vector(self, tokens: Sequence[int]) -> Vectors:
        (vector,) = self._session.run(None, {"input_ids": np.array([tokens], dtype=np.int64)})
        row: Vectors = vector[0]
        return row

    @cached_property
    def _session(self) -> ort.InferenceSession:
        if not self.model_path.is_file():
            raise ModelError(
                f"the weights {str(self.model_path)!r} are not there", hint="Install metier again: pip install metier"
            )
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # more would fuse the sums into the normalisations, whose fused kernel is seven times as slow
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
        return ort.InferenceSession(str(self.model_path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self.tokenizer_path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer


def _tasks(places: Sequence[int]) -> list[Sequence[int]]:
    return [places[first : first + _TEXTS_PER_TASK] for first in range(0, len(places), _TEXTS_PER_TASK)]
