"""Probabilities against outcomes."""

import numpy as np
import pytest

from metier.evaluation.reliability import reliability


def test_what_is_said_and_comes_true_as_often_has_no_error():
    said = np.repeat([0.1, 0.9], 100)
    seen = np.concatenate([np.arange(100) < 10, np.arange(100) < 90]).astype(float)
    found = reliability(said, seen)
    assert found.brier == pytest.approx(0.09)
    assert sum(one.count for one in found.bins) == 200
    halves = [found.bins[:5], found.bins[5:]]
    assert [np.mean([one.seen for one in half]) for half in halves] == pytest.approx([0.1, 0.9])


def test_overstating_is_seen_in_both():
    seen = (np.arange(1000) % 10 == 0).astype(float)
    right, wrong = (reliability(np.full(1000, said), seen) for said in (0.1, 0.6))
    assert right.ece == pytest.approx(0.0)
    assert wrong.ece == pytest.approx(0.5)
    assert wrong.brier - right.brier == pytest.approx(0.25)


def test_few_outcomes_have_few_bins():
    assert [one.count for one in reliability(np.array([0.2, 0.4]), np.array([0.0, 1.0])).bins] == [1, 1]
