import pytest

from metier.evaluation.bootstrap import bootstrap_interval


def test_the_interval_holds_the_mean_and_repeats_with_its_seed():
    values = [0.0, 1.0, 1.0, 0.0, 1.0] * 20
    low, high = bootstrap_interval(values, seed=1)
    assert low < 0.6 < high
    assert (low, high) == bootstrap_interval(values, seed=1)
    assert bootstrap_interval([0.5], seed=0) == (0.5, 0.5)


def test_what_counts_more_moves_the_mean_and_its_interval():
    values = [0.0, 1.0] * 50
    low, high = bootstrap_interval(values, seed=1, weights=[1.0, 3.0] * 50)
    assert 0.6 < low < 0.75 < high < 0.9
    assert bootstrap_interval(values, seed=1, weights=[1.0, 1.0] * 50) == pytest.approx(
        bootstrap_interval(values, seed=1)
    )
