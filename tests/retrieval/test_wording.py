"""Shared wording is a cosine in [0, 1], in either script, whatever the texts hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.retrieval.wording import Wording


@pytest.mark.parametrize("by_words", [False, True])
def test_the_same_words_come_first(by_words):
    wording = Wording(["truck driver", "nurse", "bus driver"], by_words=by_words)
    scores = wording.scores(wording.weights(["driver of a bus"]))[0]
    assert scores.argmax() == 2
    assert scores[1] == 0


def test_chinese_texts_share_characters():
    wording = Wording(["护士长", "电焊工"])
    assert wording.scores(wording.weights(["护士"]))[0].argmax() == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.booleans())
def test_any_texts_give_cosines(texts, by_words):
    wording = Wording(texts, by_words=by_words)
    scores = wording.scores(wording.weights(texts))
    assert scores.shape == (len(texts), len(texts))
    assert np.isfinite(scores).all()
    assert scores.max(initial=0) <= 1 + 1e-5


def test_feedback_moves_a_query_towards_its_best_texts():
    wording = Wording(["bus driver", "bus chauffeur", "nurse"], by_words=True)
    weights = wording.weights(["bus driver"])
    before = wording.scores(weights)[0, 1]
    after = wording.scores(wording.with_feedback(weights, np.array([[1]]), share=1.0))[0, 1]
    assert after > before
