"""Shapley values add up, and a factor that is neutral has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.attribution import shapley
from metier.ranking.score import zero_shot_model

MODEL = zero_shot_model()
NEUTRAL = np.array(MODEL.neutral)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=len(MODEL.factors), max_size=len(MODEL.factors)))
def test_base_and_contributions_are_the_score(values):
    row = np.round(np.array(values), 6)
    base, contributions = shapley(MODEL.score, row, NEUTRAL)
    assert base + contributions.sum() == pytest.approx(MODEL.score(row[None])[0], abs=2e-6)


def test_neutral_factors_contribute_nothing_and_good_ones_do():
    row = NEUTRAL.copy()
    place = MODEL.factors.index("coverage")
    row[place] = 1.0
    base, contributions = shapley(MODEL.score, row, NEUTRAL)
    assert contributions[place] > 0
    assert np.count_nonzero(contributions) == 1
    assert base == pytest.approx(MODEL.score(NEUTRAL[None])[0], abs=1e-6)
