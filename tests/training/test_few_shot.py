"""Heads from few labels."""

import numpy as np
import pytest

from metier.errors import InputError, ModelError
from metier.training.few_shot import cross_validated, fit_head, load_head, pair_features


def clouds(count, *, classes=3, seed=0):
    """Make vectors of length 1 in clouds, one a class."""
    chance = np.random.default_rng(seed)
    centres = np.eye(classes, 12)
    labels = [f"class {row % classes}" for row in range(count)]
    vectors = np.array([centres[row % classes] for row in range(count)]) + chance.normal(scale=0.2, size=(count, 12))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), labels


@pytest.mark.parametrize("classes", [2, 3])
def test_eight_examples_tell_clouds_apart(classes):
    vectors, labels = clouds(8, classes=classes)
    head = fit_head(vectors, labels)
    fresh, truth = clouds(60, classes=classes, seed=1)
    assert np.mean([one == other for one, other in zip(head.label(fresh), truth, strict=True)]) > 0.9
    assert head.shares(fresh).sum(1) == pytest.approx(np.ones(60))


def test_it_is_saved_and_refuses_vectors_of_another_encoder(tmp_path):
    vectors, labels = clouds(9)
    head = fit_head(vectors, labels, encoder="mine")
    head.save(tmp_path)
    assert load_head(tmp_path, encoder="mine").shares(vectors) == pytest.approx(head.shares(vectors))
    with pytest.raises(ModelError, match="not of other"):
        load_head(tmp_path, encoder="other")
    with pytest.raises(ModelError, match="holds no head"):
        load_head(tmp_path / "none", encoder="mine")


def test_one_class_has_nothing_to_tell_apart():
    with pytest.raises(InputError, match="every label is 'a'"):
        fit_head(np.eye(2, dtype=np.float32), ["a", "a"])


def test_cross_validation_is_right_about_clouds_and_about_noise():
    vectors, labels = clouds(30)
    assert sum(cross_validated(vectors, labels, seed=0) or []) > 27
    shuffled = np.random.default_rng(0).permutation(labels).tolist()
    assert sum(cross_validated(vectors, shuffled, seed=0) or []) < 20
    assert cross_validated(vectors[:3], labels[:3], seed=0) is None


def test_features_of_a_pair_do_not_heed_its_order():
    one, other = clouds(4)[0], clouds(4, seed=1)[0]
    assert pair_features(one, other).tolist() == pair_features(other, one).tolist()
    assert pair_features(one, one)[:, -1] == pytest.approx(np.ones(4))
