"""Shapley values add up, are what Shapley defined, and a factor that is neutral has none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.attribution import UNIT, Term, shapley
from metier.ranking.score import session_model, zero_shot_model

MODEL = zero_shot_model()
NEUTRAL = np.array(MODEL.neutral)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=len(MODEL.factors), max_size=len(MODEL.factors)))
def test_base_and_contributions_are_the_score(values):
    row = np.round(np.array(values), 6)
    base, contributions = MODEL.attribute(row)
    score = MODEL.score(row[None])[0]
    assert round(base / UNIT) + sum(round(one / UNIT) for one in contributions) == round(score / UNIT)
    assert base == pytest.approx(MODEL.score(NEUTRAL[None])[0], abs=len(row) * UNIT)


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.integers(0, len(MODEL.factors) - 1), st.floats(0, 1), max_size=7))
def test_contributions_are_what_shapley_defined(shapley_by_definition, moved):
    row = NEUTRAL.copy()
    for place, value in moved.items():
        row[place] = round(value, 6)
    defined = shapley_by_definition(MODEL.score, row, NEUTRAL)
    assert MODEL.attribute(row)[1] == pytest.approx(defined, abs=2 * UNIT)


def test_neutral_factors_contribute_nothing_and_good_ones_do():
    row = NEUTRAL.copy()
    place = MODEL.factors.index("coverage")
    row[place] = 1.0
    base, contributions = MODEL.attribute(row)
    assert contributions[place] > 0
    assert np.count_nonzero(contributions) == 1
    assert base == pytest.approx(MODEL.score(NEUTRAL[None])[0], abs=1e-6)


def test_factors_that_do_the_same_get_the_same():
    left = Term(score_of=lambda rows: rows[:, 0] + rows[:, 2], heeds=np.array([True, False, True]))
    right = Term(score_of=lambda rows: rows[:, 1] + rows[:, 2], heeds=np.array([False, True, True]))
    base, contributions = shapley(left, right, np.ones(3), np.zeros(3))
    assert (base, contributions[0]) == (0.0, contributions[1])
    assert contributions.sum() == pytest.approx(4.0)


def test_without_factors_the_base_is_the_score():
    half = Term(score_of=lambda rows: np.full(len(rows), 0.5), heeds=np.zeros(0, dtype=bool))
    base, contributions = shapley(half, half, np.zeros(0), np.zeros(0))
    assert (base, len(contributions)) == (0.25, 0)


def test_a_person_of_whom_all_is_known_is_split_exactly_too():
    model = session_model()
    row = np.linspace(0.01, 0.99, len(model.factors)).round(6)
    base, contributions = model.attribute(row)
    assert round(base / UNIT) + sum(round(one / UNIT) for one in contributions) == round(
        model.score(row[None])[0] / UNIT
    )
    assert base == pytest.approx(model.score(np.array(model.neutral)[None])[0], abs=len(row) * UNIT)
