"""The encoder that ships: Metier's own, trained for work by `runs/encoder.sh`."""

from __future__ import annotations

from pathlib import Path

from metier.models.onnx import OnnxEncoder

_DATA = Path(__file__).parent / "data"
TOKENIZER = _DATA / "metier-encoder.tokenizer.json"
MODEL_ID = "metier-encoder-1"


def metier_encoder(*, threads: int = 2) -> OnnxEncoder:
    """Give Metier's encoder: 6 layers, 384 dimensions, English, Chinese and eleven more languages of Europe.

    Its model card is `docs/model-card.md`.

    Args:
        threads: Texts that are run at once.
    """
    return OnnxEncoder(
        model_id=MODEL_ID, model_path=_DATA / "metier-encoder.onnx", tokenizer_path=TOKENIZER, size=384, threads=threads
    )
