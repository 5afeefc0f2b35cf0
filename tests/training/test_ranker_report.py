"""Significance, and what speaks against a promotion."""

import pytest

from metier.training.ranker_report import GAP_BOUND, Measured, objections, paired_p_value

FINE = {"wins": True, "gain": {"mean": 0.1, "low": 0.05, "high": 0.2}, "widened": GAP_BOUND, "against": "zero"}


def test_a_gain_that_is_always_there_is_significant_and_one_that_is_not_is_not():
    assert paired_p_value([0.1] * 30, seed=0) < 0.01
    assert paired_p_value([0.1, -0.1] * 15, seed=0) > 0.5
    assert paired_p_value([0.0] * 5, seed=0) == 1.0
    assert paired_p_value([0.2, 0.1, -0.1] * 9, seed=1) == paired_p_value([0.2, 0.1, -0.1] * 9, seed=1)


def test_a_mean_lies_in_its_interval():
    found = Measured.of([0.0, 1.0, 0.5], seed=0)
    assert found.low <= found.mean == 0.5 <= found.high
    weighed = Measured.of([0.0, 1.0], seed=0, weights=[1.0, 3.0])
    assert (weighed.mean, weighed.low, weighed.high) == (0.75, 0.0, 1.0)


def test_nothing_speaks_against_a_win_within_the_bound_over_the_ranker_in_use():
    assert objections(FINE, measured_on="later questions", in_use="zero", gap_bound=GAP_BOUND) == []
    old = {name: value for name, value in FINE.items() if name in ("wins", "gain")}
    assert objections(old, measured_on="later questions", in_use="any", gap_bound=GAP_BOUND) == []
    assert objections(FINE | {"widened": None}, measured_on="later questions", in_use="zero", gap_bound=0.0) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"wins": False}, "does not win: its gain in nDCG@10 on later questions is +0.1000"),
        ({"widened": 0.031}, "widens the gap between groups by 0.0310, more than 0.02"),
        ({"against": "ranker-1"}, "was compared with ranker-1, but zero is in use"),
    ],
)
def test_each_reason_is_told(changed, told):
    (found,) = objections(FINE | changed, measured_on="later questions", in_use="zero", gap_bound=GAP_BOUND)
    assert told in found
