"""The fakes keep the contracts that they stand in for."""

from metier.testing import EncoderContract, HashEncoder


class TestHashEncoder(EncoderContract):
    def encoder(self):
        return HashEncoder()


def test_shared_words_make_texts_near():
    a, b, c = HashEncoder().encode(["java developer berlin", "java developer", "night nurse"])
    assert a @ b > 0.5 > a @ c
