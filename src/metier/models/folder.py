"""An encoder that lies in a folder, as `metier train encoder` writes it; needs no PyTorch."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from metier.errors import ModelError
from metier.models.onnx import OnnxEncoder

WEIGHTS, TOKENIZER, CARD = "encoder.onnx", "tokenizer.json", "encoder.json"
FORMAT = 1


def folder_encoder(folder: Path) -> OnnxEncoder:
    """Open the encoder of a folder; its id is the hash of its weights and tokenizer, wherever the folder lies.

    Raises:
        ModelError: One of its three files is missing, or the folder is of another format.
    """
    missing = [name for name in (WEIGHTS, TOKENIZER, CARD) if not (folder / name).is_file()]
    if missing:
        raise ModelError(
            f"the encoder {str(folder)!r} cannot be loaded: there is no {missing[0]}",
            hint="Give the --out folder of a `metier train` run that was better than before.",
        )
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        size, max_tokens, written = int(card["size"]), int(card["max_tokens"]), int(card["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / CARD} is broken: {error}", hint="Train the encoder again.") from error
    if written != FORMAT:
        raise ModelError(f"{folder} has format {written}, not {FORMAT}", hint="Use the Metier that wrote it.")
    return OnnxEncoder(
        model_id=f"onnx:{_digest(folder)}",
        model_path=folder / WEIGHTS,
        tokenizer_path=folder / TOKENIZER,
        size=size,
        max_tokens=max_tokens,
    )


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for name in (WEIGHTS, TOKENIZER, CARD):
        with (folder / name).open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return f"sha256-{total.hexdigest()[:16]}"
