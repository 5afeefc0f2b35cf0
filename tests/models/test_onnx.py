"""The ONNX encoder keeps the contract, to the bit, on texts of every length."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import ModelError
from metier.models.onnx import OnnxEncoder
from metier.models.own import metier_encoder
from metier.testing import EncoderContract

ENCODER = metier_encoder()


class TestOnnxEncoder(EncoderContract):
    def encoder(self):
        return ENCODER


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=2, max_size=24))
def test_bits_do_not_depend_on_the_batch(texts):
    together = ENCODER.encode(texts)
    assert together[0].tobytes() == ENCODER.encode(texts[:1])[0].tobytes()
    assert together[::-1].tobytes() == ENCODER.encode(texts[::-1]).tobytes()


def test_progress_counts_every_text():
    finished: list[int] = []
    ENCODER.encode(["one", "two words", "three words here"], progress=finished.append)
    assert sum(finished) == 3


def test_what_is_longer_than_the_model_reads_is_told():
    assert ENCODER.cut(["nurse", "word " * 254, "word " * 255, ""]) == [False, False, True, False]


def test_missing_weights_are_named():
    encoder = OnnxEncoder(model_id="x", model_path=Path("gone.onnx"), tokenizer_path=ENCODER.tokenizer_path, size=384)
    with pytest.raises(ModelError, match=r"gone\.onnx"):
        encoder.encode(["text"])
