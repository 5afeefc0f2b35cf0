"""Write a tuned encoder as a folder that serves: ONNX in 8 bits, tokenizer, card, each checked before it counts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from metier.errors import ModelError
from metier.models.folder import CARD, FORMAT, TOKENIZER, WEIGHTS, folder_encoder
from metier.models.onnx import OnnxEncoder
from metier.training.export import write_onnx
from metier.training.head import Head
from metier.training.network import Network
from metier.training.token_batch import documents_of, ids_of

ALIKE = 0.99
"""The mean cosine of what is written with what was trained, read as it is served."""
_SERVED = 256
_TEXTS = 64
_SPECIAL = 4


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
) -> float:
    """Give the mean cosine of an encoder that was written with its network, some texts each read alone.

    Raises:
        ModelError: It is below `ALIKE`: the file is not what was trained.
    """
    chosen = list(texts)[:_TEXTS]
    network.serve()
    with torch.no_grad():
        read = documents_of(
            network,
            ids_of(tokenizer, chosen, longest=encoder.max_tokens),
            has_parts=False,
            in_bf16=False,
            tokens=_SPECIAL,
        )
        vectors = (head or Head(network.shape.width)).vectors(*read).cpu().numpy()
    for layer in network.layers:
        layer.rounds = False
    found = float(np.mean((encoder.encode(chosen) * vectors).sum(1)))
    if not found > ALIKE:
        raise ModelError(
            f"the encoder that was written gives other vectors than the one that was trained (cosine {found:.3f})",
            hint="Train at a lower rate, so that its weights stay within 8 bits.",
        )
    return found


def take(tried: Path, folder: Path) -> None:
    """Move an encoder that won to where it serves from."""
    for name in (WEIGHTS, TOKENIZER, CARD):
        (tried / name).replace(folder / name)
    shutil.rmtree(tried)
