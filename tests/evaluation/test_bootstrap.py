from metier.evaluation.bootstrap import bootstrap_interval


def test_the_interval_holds_the_mean_and_repeats_with_its_seed():
    values = [0.0, 1.0, 1.0, 0.0, 1.0] * 20
    low, high = bootstrap_interval(values, seed=1)
    assert low < 0.6 < high
    assert (low, high) == bootstrap_interval(values, seed=1)
    assert bootstrap_interval([0.5], seed=0) == (0.5, 0.5)
