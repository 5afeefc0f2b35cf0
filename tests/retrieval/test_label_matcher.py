"""Short texts are matched by meaning, wording, and what the graph knows of labels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.label_lookup import LabelLookup
from metier.models.own import metier_encoder
from metier.retrieval.label_matcher import LabelMatcher, best_of, moved, vectors_of
from metier.testing import HashEncoder


@pytest.fixture(scope="module")
def encoder():
    return metier_encoder()


def test_a_title_of_another_language_finds_its_like(encoder):
    matcher = LabelMatcher(["Krankenschwester", "Schweißer", "Busfahrer"], encoder=encoder)
    assert matcher.scores(["护士", "welder", "conductor de autobús"]).argmax(axis=1).tolist() == [0, 1, 2]


def test_other_names_of_a_label_and_links_raise_it(encoder):
    texts, query = ["technical director", "art director"], "technical and operations director"
    plain = LabelMatcher(texts, encoder=encoder).scores([query])[0]
    known = LabelMatcher(texts, encoder=encoder, lookup=LabelLookup()).scores([query])[0]
    assert known[0] > plain[0] + 0.2


def test_feedback_leaves_the_shape_and_is_left_out_of_small_lists(encoder):
    texts = [f"{kind} {number}" for kind in ("driver", "nurse", "cook") for number in range(10)]
    one = LabelMatcher(texts, encoder=encoder, has_many=True).scores(["bus driver"])
    assert one.shape == (1, 30)
    few = LabelMatcher(texts[:5], encoder=encoder, has_many=True).scores(["bus driver"])
    assert np.array_equal(few, LabelMatcher(texts[:5], encoder=encoder).scores(["bus driver"]))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.lists(st.text(max_size=20), max_size=4))
def test_any_texts_get_scores(texts, queries):
    scores = LabelMatcher(texts, encoder=HashEncoder(), has_many=True).scores(queries)
    assert scores.shape == (len(queries), len(texts))
    assert np.isfinite(scores).all()


def test_a_script_that_is_not_read_gets_zeros(encoder):
    assert not vectors_of(encoder, ["медсестра", "nurse"])[0].any()


def test_the_best_come_first_and_ties_by_place():
    assert best_of(np.array([[0.1, 0.5, 0.5]], dtype=np.float32), 2).tolist() == [[1, 2]]


def test_a_moved_vector_has_length_one():
    vectors = np.eye(2, dtype=np.float32)
    out = moved(vectors[:1], vectors, np.array([[1]]), share=1.0)
    assert out == pytest.approx(np.array([[0.5**0.5, 0.5**0.5]]))
