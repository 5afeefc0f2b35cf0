"""Shapley values add up, and a factor that is neutral has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.attribution import EXACT_MOST, UNIT, shapley
from metier.ranking.score import zero_shot_model

MODEL = zero_shot_model()
NEUTRAL = np.array(MODEL.neutral)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=len(MODEL.factors), max_size=len(MODEL.factors)))
def test_base_and_contributions_are_the_score(values):
    row = np.round(np.array(values), 6)
    base, contributions = shapley(MODEL.score, row, NEUTRAL)
    score = MODEL.score(row[None])[0]
    assert round(base / UNIT) + sum(round(one / UNIT) for one in contributions) == round(score / UNIT)
    assert base == pytest.approx(MODEL.score(NEUTRAL[None])[0], abs=len(row) * UNIT)


def test_neutral_factors_contribute_nothing_and_good_ones_do():
    row = NEUTRAL.copy()
    place = MODEL.factors.index("coverage")
    row[place] = 1.0
    base, contributions = shapley(MODEL.score, row, NEUTRAL)
    assert contributions[place] > 0
    assert np.count_nonzero(contributions) == 1
    assert base == pytest.approx(MODEL.score(NEUTRAL[None])[0], abs=1e-6)


def test_factors_that_do_the_same_get_the_same():
    base, contributions = shapley(lambda rows: rows[:, 0] * rows[:, 1] + rows[:, 2], np.ones(3), np.zeros(3))
    assert (base, *contributions) == pytest.approx((0.0, 0.5, 0.5, 1.0))


def test_without_factors_the_base_is_the_score():
    base, contributions = shapley(lambda rows: np.full(len(rows), 0.25), np.zeros(0), np.zeros(0))
    assert (base, len(contributions)) == (0.25, 0)


def test_many_factors_are_split_by_sampled_orders_that_add_up_too():
    weights = np.linspace(0.1, 1.0, EXACT_MOST + 5)

    def score_of(rows):
        return 1 / (1 + np.exp(-(rows @ weights - 3)))

    row, neutral = np.ones(len(weights)), np.zeros(len(weights))
    base, contributions = shapley(score_of, row, neutral)
    assert round(base / UNIT) + sum(round(one / UNIT) for one in contributions) == round(score_of(row[None])[0] / UNIT)
    assert base == pytest.approx(score_of(neutral[None])[0], abs=len(row) * UNIT)
    assert (np.diff(contributions) > -0.005).all()
    assert shapley(score_of, row, neutral)[1].tobytes() == contributions.tobytes()
