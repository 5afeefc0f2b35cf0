"""Agreement of judges: known values and bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.evaluation.agreement import weighted_kappa


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
