"""The encoder protocol is kept by what ships and by the fake."""

from metier.models import Encoder
from metier.models.own import metier_encoder
from metier.testing import HashEncoder


def size_of(encoder: Encoder) -> int:
    return encoder.size


def test_both_encoders_keep_the_protocol():
    assert size_of(metier_encoder()) == 384
    assert size_of(HashEncoder(size=8)) == 8
