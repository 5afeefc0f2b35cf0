"""Rare words tell more than frequent ones."""

import pytest

from metier.models.lexicon import information, lexicon


@pytest.mark.parametrize(
    ("frequent", "rare"), [("the", "nurse"), ("work", "welding"), ("and", "kubernetes"), ("with", "phlebotomy")]
)
def test_a_rare_word_tells_more(frequent, rare):
    assert 0 < information(frequent) < information(rare)


def test_a_word_that_the_vocabulary_lacks_tells_as_much_as_its_pieces():
    pieces = lexicon().tokenizer.encode("kubernetes", add_special_tokens=False).tokens
    assert len(pieces) > 1
    assert information("kubernetes") > max(information(piece.lstrip("#")) for piece in pieces)


def test_nothing_tells_nothing():
    assert information("") == 0
    assert information("焊") > 0
