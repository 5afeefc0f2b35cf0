import numpy as np

from metier.graph.word_index import WordIndex, telling_words

INDEX = WordIndex({"b": "TIG welding, welding", "a": "cook meals", "c": ""})


def test_words_are_folded_and_counted():
    assert telling_words("Managing staff; manage Staff!") == {"manag": 2, "staff": 2}


def test_cosines_are_by_key_and_highest_for_the_same_words():
    assert INDEX.keys == ["a", "b", "c"]
    cosines = INDEX.cosines("welding welding TIG")
    assert cosines.argmax() == 1
    assert np.isclose(cosines[1], 1.0)
    assert cosines[0] == cosines[2] == 0.0


def test_covered_is_the_share_of_the_words_that_stand_in_a_text():
    assert np.isclose(INDEX.covered("I cook good meals")[0], 1.0)
    assert 0 < INDEX.covered("a cook")[0] < 1


def test_empty_and_strange_texts_give_nothing():
    for text in ("", "🙂", "qwertz"):
        assert not INDEX.cosines(text).any()
    assert len(WordIndex({}).cosines("x")) == 0
