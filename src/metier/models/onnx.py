"""A sentence encoder run by ONNX Runtime on the CPU."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from metier.errors import ModelError
from metier.models.base import Vectors
from metier.models.script import han_share

Progress = Callable[[int], None]
_MOSTLY = 0.3
_TOKENS_PER_CALL = 512
"""Texts of one length are run together up to this many tokens: twice as fast as one by one on short texts."""


@dataclass(frozen=True, kw_only=True)
class OnnxEncoder:
    """Mean-pooled, length-1 vectors of a BERT-like ONNX model.

    Only texts of exactly one token count share a call, so nothing is ever padded, and each runs on one
    thread: a text's vector has the same bits alone, in any batch and in any order.

    Attributes:
        model_id: Names the weights.
        model_path: The `.onnx` file.
        tokenizer_path: The `tokenizer.json` file.
        size: Dimensions of a vector.
        max_tokens: Longer texts are cut here, see `cut`.
        threads: Calls that run at once.
        reads_han: Whether the model was trained on Chinese characters.
    """

    model_id: str
    model_path: Path
    tokenizer_path: Path
    size: int
    max_tokens: int = 256
    threads: int = 2
    reads_han: bool = False

    def reads(self, text: str) -> bool:
        """Say whether the model knows the script of most of a text's letters."""
        return self.reads_han or han_share(text) < _MOSTLY

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Encode texts to an array of shape (number of texts, size).

        Args:
            texts: Any texts; an empty one gets the vector of the empty text.
            progress: Called with the number of texts that were just finished.
        """
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

        def encode_group(group: list[int]) -> int:
            vectors[group] = self._vectors([tokens[position] for position in group])
            return len(group)

        groups = _groups_of_one_length(tokens)
        self._session.get_providers()  # opened once, before the threads ask for it
        with ThreadPoolExecutor(self.threads) as pool:
            for finished in pool.map(encode_group, groups):
                if progress is not None:
                    progress(finished)
        return vectors

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text whether it is longer than the model reads."""
        return [bool(encoding.overflowing) for encoding in self._tokenizer.encode_batch(list(texts))]

    def _vectors(self, tokens: list[list[int]]) -> Vectors:
        ids = np.array(tokens, dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, {name: inputs[name] for name in self._input_names})
        return np.stack([_unit_mean(state) for state in states])

    @cached_property
    def _input_names(self) -> list[str]:
        return [given.name for given in self._session.get_inputs()]

    @cached_property
    def _session(self) -> ort.InferenceSession:
        if not self.model_path.is_file():
            raise ModelError(
                f"the weights {str(self.model_path)!r} are not there", hint="Install metier again: pip install metier"
            )
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return ort.InferenceSession(str(self.model_path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self.tokenizer_path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer


def _unit_mean(states: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = states.mean(axis=0, dtype=np.float32)
    unit: NDArray[np.float32] = mean / max(float(np.sqrt(np.square(mean).sum())), 1e-12)
    return unit


def _groups_of_one_length(tokens: Sequence[Sequence[int]]) -> list[list[int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for position, ids in enumerate(tokens):
        by_length[len(ids)].append(position)
    groups: list[list[int]] = []
    for length, positions in sorted(by_length.items()):
        step = max(1, _TOKENS_PER_CALL // length)
        groups.extend(positions[first : first + step] for first in range(0, len(positions), step))
    return groups
