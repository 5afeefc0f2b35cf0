"""What is worth a person's minute."""

import numpy as np
import pytest

from metier.training.active import influence, lengthened, propose, uncertainty
from metier.training.few_shot import fit_head


def ring(angles):
    turned = np.array(angles)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def test_uncertain_examples_come_first():
    head = fit_head(ring([0.0, 0.1, 1.5, 1.6]), ["a", "a", "b", "b"])
    found = uncertainty(head, ring([0.0, 0.8, 1.6]))
    assert found[1] > found[0]
    assert found[1] > found[2]


def test_proposals_lie_apart_and_away_from_what_is_labelled():
    vectors = ring([0.0, 0.01, 0.02, 1.5, 1.51, 1.52, 3.0, 3.01, 3.02])
    places = propose(vectors, head=None, labelled=ring([0.0]), n=2)
    assert {place // 3 for place in places} == {1, 2}
    assert sorted(propose(vectors, head=None, labelled=ring([]).reshape(0, 2), n=20)) == list(range(9))


def test_what_is_uncertain_and_far_comes_first_though_it_lies_alone():
    """Nearness to many others decides only before anything is known: by it, active choice was no better than chance."""
    labelled = ring([0.0, 0.1, 1.5, 1.6])
    head = fit_head(labelled, ["a", "a", "b", "b"])
    vectors = ring([0.8, *np.linspace(0.2, 0.22, 30)])
    assert propose(vectors, head=head, labelled=labelled, n=1) == [0]
    gained = uncertainty(head, vectors) * (1 - (vectors @ labelled.T).max(1))
    assert propose(vectors, head=head, labelled=labelled, n=1) == [int(gained.argmax())]


def test_before_anything_is_known_the_typical_come_first():
    vectors = ring([2.5, *np.linspace(0.0, 0.02, 24)])
    assert propose(vectors, head=None, labelled=ring([]).reshape(0, 2), n=1) != [0]


def test_what_lies_alone_has_no_influence():
    found = influence(ring([0.0, 0.01, 0.02, 0.03, *([0.015] * 20), 2.5]))
    assert found[-1] == min(found)
    assert influence(ring([0.0])).tolist() == [1]
    assert influence(ring([1.0] * 5)).tolist() == [1] * 5


def test_features_are_brought_to_length_one():
    found = lengthened([np.array([[3.0, 4.0], [0, 0]], dtype=np.float32)])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0])
