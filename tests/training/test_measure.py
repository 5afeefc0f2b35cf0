"""Held-out pairs as queries, and whether one model beats another."""

import numpy as np
import pytest

from metier.testing import HashEncoder
from metier.training.measure import Measured, Served, gain, measure, trial_of
from metier.training.pairs import Pair


def test_a_perfect_scorer_has_a_perfect_value(pairs):
    trial = trial_of(pairs[::2], pairs[1::2], seed=0)
    assert len(trial.queries) == 12
    assert len(trial.corpus) == 6
    fits = {(pair.left, pair.right) for pair in pairs if pair.label}

    def score(left, right):
        return np.array([(one, other) in fits for one, other in zip(left, right, strict=True)], dtype=np.float32)

    found = measure(trial, Served(encode=HashEncoder(size=8).encode, score=score))
    assert found.value == 1
    assert found.accuracy is None
    assert found.rows == 1
    told = found.fields(seed=0)
    assert told["mrr"]["interval"] == [1, 1]


def test_grades_keep_their_order_and_the_training_adds_to_the_corpus():
    held = [
        Pair(left="q", right="best", label=4),
        Pair(left="q", right="good", label=1),
        Pair(left="q", right="no", label=0),
    ]
    trial = trial_of(held, [Pair(left="x", right="more")], seed=0)
    assert sorted(trial.corpus) == ["best", "good", "more", "no"]
    grades = {trial.corpus[int(place)]: grade for place, grade in trial.grades[0].items()}
    assert grades == {"best": 4, "good": 1}
    assert measure(trial, Served(encode=HashEncoder(size=8).encode)).rows is not None


def test_a_gain_within_chance_is_no_win():
    before = Measured(per_query={"ndcg@10": [0.5] * 40, "mrr": [0.5] * 40}, rows=None)
    noise = [0.5 + (0.3 if number % 2 else -0.29) for number in range(40)]
    assert not gain(before, Measured(per_query={"ndcg@10": noise}, rows=None), seed=0).is_win
    better = gain(before, Measured(per_query={"ndcg@10": [0.6] * 40}, rows=None), seed=0)
    assert better.is_win
    assert better.mean == pytest.approx(0.1)
    assert "+0.1000" in better.sentence()


def test_log_odds_have_an_accuracy(pairs):
    trial = trial_of(pairs, [], seed=0)
    good = {(pair.left, pair.right) for pair in pairs if pair.label}

    def score(left, right):
        found = [1.0 if (one, other) in good else -1.0 for one, other in zip(left, right, strict=True)]
        return np.array([*found[:-1], 1.0], dtype=np.float32)  # one mistake

    served = Served(encode=HashEncoder(size=8).encode, score=score, has_log_odds=True)
    assert measure(trial, served).accuracy == pytest.approx(47 / 48)
