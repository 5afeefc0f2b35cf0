"""Any Hugging Face sentence encoder, run by sentence-transformers (extra `torch`)."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pickle import UnpicklingError
from threading import Lock
from typing import Any

import numpy as np

from metier.errors import MissingExtraError, ModelError
from metier.models.base import Vectors
from metier.models.options import EncoderOptions
from metier.models.unit import plain, unit

_UNUSED = ("*.onnx", "onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.tflite", "*.gguf", "*.md", ".*")
"""Files of a model's folder that are not read here, so that they are neither fetched nor part of its id."""
_MISSING = re.compile(r"^(.+?)\s*\|.*\bMISSING\b", re.MULTILINE)
_LOADER = "transformers"
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, RuntimeError, ImportError, AttributeError, UnpicklingError)
_BLOCK = 1 << 20


@dataclass(frozen=True, kw_only=True, eq=False)
class HuggingFaceEncoder:
    """Vectors of length 1 of a sentence-transformers model; one text a call, so that no other changes its bits.

    Nothing is loaded, or fetched from the hub, before it is needed.

    Attributes:
        name: A folder's path, or a name on the hub, where `@REVISION` may follow.
        options: Prompt, dimensions, length.
        device: Such as `cpu` or `cuda`.
    """

    name: str
    options: EncoderOptions = field(default_factory=EncoderOptions)
    device: str = "cpu"
    _one_at_a_time: Any = field(default_factory=Lock)

    @cached_property
    def model_id(self) -> str:
        """Name the weights: those of a folder by what its files hold, those of the hub by their commit."""
        folder = self._folder
        weights = f"{self._hub_name}@{folder.name[:12]}" if self._hub_name else f"sha256-{fingerprint(folder)}"
        return f"hf:{weights}{self.options.suffix()}"

    @cached_property
    def size(self) -> int:
        """Give the number of dimensions."""
        return len(self._raw(["size"])[0])

    def reads(self, text: str) -> bool:
        """Say whether the model is said to know the script of a text."""
        return self.options.reads(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to an array of shape (number of texts, size).

        Raises:
            MissingExtraError: sentence-transformers is not installed.
            ModelError: The model cannot be loaded.
        """
        vectors = np.empty((len(texts), self.size), dtype=np.float32)
        for row, raw in enumerate(self._raw([plain(text) for text in texts]) if texts else ()):
            vectors[row] = unit(raw, self.model_id)
        return vectors

    def cut(self, texts: Sequence[str]) -> list[bool]:
        """Say for each text whether it has more tokens than the model reads."""
        limit = self._model.max_seq_length
        if not texts or not isinstance(limit, int):
            return [False] * len(texts)
        prompted = [self._prompt + plain(text) for text in texts]
        with self._one_at_a_time:
            tokens = self._model.tokenizer(prompted, truncation=False, padding=False, verbose=False)["input_ids"]
        return [len(ids) > limit for ids in tokens]

    def _raw(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - an array of the model's own kind
        with self._one_at_a_time:
            return self._model.encode(list(texts), prompt=self._prompt, batch_size=1, show_progress_bar=False)

    @property
    def _prompt(self) -> str:
        known: dict[str, str] = self._model.prompts
        return known.get(self.options.prompt or self._model.default_prompt_name or "", self.options.prompt)

    @property
    def _hub_name(self) -> str:
        """Give the name on the hub, empty for a folder."""
        return "" if Path(self.name).expanduser().is_dir() else self.name.partition("@")[0]

    @cached_property
    def _folder(self) -> Path:
        """Give the folder of the weights, fetched from the hub where it is not on this machine."""
        if not self._hub_name:
            return Path(self.name).expanduser()
        self._need_extra()
        revision = self.name.partition("@")[2] or None
        try:
            hub = import_module("huggingface_hub")
            return Path(hub.snapshot_download(self._hub_name, revision=revision, ignore_patterns=list(_UNUSED)))
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the encoder {self.name!r} is neither a folder nor to be had from the hub: {_first_line(error)}",
                hint="Check the name and the network, or give the path of a folder that was saved before.",
            ) from error

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - of a library that is not there in the base install
        self._need_extra()
        folder = self._folder
        try:
            import_module("transformers.utils.logging").disable_progress_bar()
            with _missing_weights() as missing:
                model = import_module("sentence_transformers").SentenceTransformer(
                    str(folder), device=self.device, truncate_dim=self.options.dimensions or None, local_files_only=True
                )
        except (*_UNREADABLE, import_module("safetensors").SafetensorError) as error:
            raise self._broken(_first_line(error)) from error
        if missing:
            raise self._broken(f"{len(missing)} of its weights are not there, such as {missing[0]!r}")
        if self.options.max_tokens:
            own = model.max_seq_length
            model.max_seq_length = (
                min(own, self.options.max_tokens) if isinstance(own, int) else self.options.max_tokens
            )
        return model

    def _broken(self, why: str) -> ModelError:
        return ModelError(
            f"the encoder {self.name!r} cannot be loaded: {why}",
            hint="Its files are not whole, or are weights of another model: save or fetch it again.",
        )

    def _need_extra(self) -> None:
        if find_spec("sentence_transformers") is None:
            raise MissingExtraError(f"the encoder 'hf:{self.name}'", "torch")


def fingerprint(folder: Path) -> str:
    """Hash what the files of a model's folder hold: weights, settings and vocabulary, whatever the folder's name."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not any(inside.match(pattern) for pattern in _UNUSED):
            content = hashlib.sha256()
            with file.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    content.update(block)
            total.update(f"{inside.as_posix()}\n{content.hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


@contextmanager
def _missing_weights() -> Iterator[list[str]]:
    """Catch the names of weights that a file lacks, which Transformers only warns about and fills at random.

    What else it says while it loads, such as how it would share the layers among machines, is left out.

    A pooler is no fault: sentence encoders pool by themselves.
    """
    missing: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            names = _MISSING.findall(record.getMessage())
            missing.extend(name for name in names if "pooler" not in name and not name.startswith("-"))

    loader = logging.getLogger(_LOADER)
    before = loader.handlers, loader.level, loader.propagate
    loader.handlers, loader.propagate = [Listener()], False
    loader.setLevel(logging.WARNING)
    try:
        yield missing
    finally:
        loader.handlers, loader.propagate = before[0], before[2]
        loader.setLevel(before[1])
