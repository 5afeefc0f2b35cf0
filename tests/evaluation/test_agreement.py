"""Agreement of judges: known values and bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.evaluation.agreement import krippendorff_alpha, weighted_kappa


@pytest.mark.parametrize(
    ("grades", "kappa"),
    [
        ([(0, 0), (1, 1), (2, 2)], 1.0),
        ([(0, 2), (2, 0)], -1.0),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0.0),
        ([(1, 1), (1, 1)], 1.0),
        ([(1, 1), (2, 2), (3, 3), (1, 2)], 1 - 1 / (20 / 4)),
    ],
)
def test_known_values(grades, kappa):
    assert weighted_kappa(grades) == pytest.approx(kappa)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_it_is_symmetric_and_at_most_one(grades):
    assert weighted_kappa(grades) <= 1
    assert weighted_kappa(grades) == pytest.approx(weighted_kappa([(second, first) for first, second in grades]))


def test_alpha_of_krippendorffs_own_example():
    """His example of 2011 (nominal, 4 observers, missing values): alpha .743."""
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    ratings = {
        str(unit): {str(judge): str(row[unit]) for judge, row in enumerate(rows) if row[unit] is not None}
        for unit in range(12)
    }
    assert krippendorff_alpha(ratings) == pytest.approx(0.743, abs=0.001)


def test_alpha_where_all_agree_and_where_nothing_can_be_compared():
    assert krippendorff_alpha({"a": {"x": "1", "y": "1"}, "b": {"x": "0", "y": "0"}}) == 1
    assert krippendorff_alpha({"a": {"x": "1", "y": "1"}}) == 1
    assert krippendorff_alpha({"a": {"x": "1"}, "b": {"y": "0"}}) is None
