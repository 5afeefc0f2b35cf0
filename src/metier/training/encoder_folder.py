"""Write a tuned encoder as a folder that serves: ONNX in 8 bits, tokenizer, card, each checked before it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from metier.errors import ModelError
from metier.models.folder import CARD, FORMAT, TOKENIZER, WEIGHTS, folder_encoder
from metier.models.onnx import OnnxEncoder
from metier.training.export import write_onnx
from metier.training.head import Head
from metier.training.network import Network
from metier.training.restore import read_onnx
from metier.training.token_batch import documents_of, ids_of

ALIKE, NEAR = 0.99, 0.95
"""The least mean cosines of what is written: with its own weights, and with those before they had 8 bits."""
_SERVED = 256
_TEXTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How like an encoder that was written is to what was trained.

    Attributes:
        graph: Its mean cosine with PyTorch's reading of the same 8-bit weights, states in 8 bits too.
        trained: Its mean cosine with the network that was trained, before anything had 8 bits.
    """

    graph: float
    trained: float


def write_encoder(network: Network, tokenizer: Tokenizer, folder: Path, head: Head | None = None) -> OnnxEncoder:
    """Write the three files of an encoder and open it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_onnx(network, folder / WEIGHTS, head)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    card = {"format": FORMAT, "size": network.shape.width, "max_tokens": min(_SERVED, network.shape.positions)}
    (folder / CARD).write_text(json.dumps(card) + "\n", encoding="utf-8")
    return folder_encoder(folder)


def parity(
    encoder: OnnxEncoder, network: Network, tokenizer: Tokenizer, texts: Sequence[str], head: Head | None = None
) -> Parity:
    """Hold an encoder that was written against its network, some texts each read alone.

    Raises:
        ModelError: The graph computes something else, or the 8 bits cost too much.
    """
    chosen = list(texts)[:_TEXTS]
    ids = ids_of(tokenizer, chosen, longest=encoder.max_tokens)
    written = encoder.encode(chosen)
    read_back = read_onnx(encoder.model_path).serve()
    found = Parity(
        graph=float(np.mean((written * _vectors(read_back, ids, head)).sum(1))),
        trained=float(np.mean((written * _vectors(network.eval(), ids, head)).sum(1))),
    )
    if not (found.graph > ALIKE and found.trained > NEAR):
        raise ModelError(
            f"the encoder that was written gives other vectors than the one that was trained "
            f"(cosine {found.graph:.3f} to its own weights, {found.trained:.3f} to those before 8 bits)",
            hint="Train at a lower rate, so that its weights stay within 8 bits.",
        )
    return found


def _vectors(network: Network, ids: Sequence[Sequence[int]], head: Head | None) -> NDArray[np.float32]:
    """Read each text alone, in full precision."""
    with torch.no_grad():
        read = documents_of(network, ids, has_parts=False, in_bf16=False, tokens=1)
        vectors: NDArray[np.float32] = (head or Head(network.shape.width)).vectors(*read).cpu().numpy()
    return vectors


def take(tried: Path, folder: Path) -> None:
    """Move what was tried and won to where it serves from."""
    for file in sorted(tried.iterdir()):
        file.replace(folder / file.name)
    tried.rmdir()
