"""A head that teaches itself."""

import numpy as np

from metier.training.few_shot import fit_head
from metier.training.self_training import self_train


def moons(count, seed):
    """Make two long clouds that are told apart by their first number alone, and spread in the others."""
    chance = np.random.default_rng(seed)
    sides = np.array([1.0 if row % 2 else -1.0 for row in range(count)])
    vectors = np.concatenate([sides[:, None] * 0.6, chance.normal(scale=0.25, size=(count, 15))], axis=1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), [str(side) for side in sides]


def test_unlabelled_examples_help_where_classes_are_clouds():
    gains = []
    for seed in range(6):
        vectors, labels = moons(6, seed)
        unlabelled, _ = moons(400, seed + 100)
        fresh, truth = moons(400, seed + 200)
        taught = self_train(vectors, labels, unlabelled)
        assert taught.added[0] > 0

        def right(head, fresh=fresh, truth=truth):
            return np.mean([one == other for one, other in zip(head.label(fresh), truth, strict=True)])

        gains.append(right(taught.head) - right(fit_head(vectors, labels)))
    assert np.mean(gains) > 0


def test_what_nothing_is_sure_of_is_not_taken():
    vectors, labels = moons(6, 0)
    odd = np.zeros((5, 16), dtype=np.float32)
    odd[:, -1] = 1
    assert self_train(vectors, labels, odd).added[0] <= 5
