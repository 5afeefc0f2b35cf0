"""Two sides of one form, and their product's root."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.behaviour import EVENT_FACTORS
from metier.ranking.score import SideModel, TwoSidedModel, session_model, zero_shot_model

MODEL = zero_shot_model()
ROWS = st.lists(st.floats(0, 1), min_size=len(MODEL.factors), max_size=len(MODEL.factors)).map(np.array)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_score_is_the_root_of_both_fits(row):
    employer, person = MODEL.employer.fit(row[None])[0], MODEL.person.fit(row[None])[0]
    assert 0 < employer < 1
    assert 0 < person < 1
    assert MODEL.score(row[None])[0] == pytest.approx(np.sqrt(employer * person))


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, len(MODEL.factors) - 1))
def test_a_better_factor_never_lowers_the_score(row, place):
    better = row.copy()
    better[place] = 1.0
    assert MODEL.score(better[None])[0] >= MODEL.score(row[None])[0]


def test_a_row_has_the_same_score_alone_and_among_others():
    rows = np.random.default_rng(0).random((50, len(MODEL.factors)))
    alone = np.array([MODEL.score(row[None])[0] for row in rows])
    assert MODEL.score(rows).tobytes() == alone.tobytes()


def test_every_factor_counts_on_a_side_and_neutral_values_are_factors():
    weights = np.array(MODEL.employer.weights) + np.array(MODEL.person.weights)
    assert (weights > 0).all()
    assert all(0 <= value <= 1 for value in MODEL.neutral)
    assert sum(MODEL.employer.weights) == pytest.approx(1)
    assert sum(MODEL.person.weights) == pytest.approx(1)


def test_the_fit_is_a_half_at_the_midpoint():
    side = SideModel(weights=(1.0,), slope=8.0, midpoint=0.45)
    assert side.fit(np.array([[0.45]]))[0] == pytest.approx(0.5)


def test_a_model_is_made_of_a_table_whose_weights_need_not_sum_to_one():
    shape = {"slope": 4.0, "midpoint": 0.5}
    model = TwoSidedModel.from_table(
        "mine",
        {
            "neutral": {"values": {"coverage": 0.3, "pay": 0.5}},
            "employer": {"weights": {"coverage": 3.0}, "shape": shape},
            "person": {"weights": {"pay": 2.0, "coverage": 2.0}, "shape": shape},
        },
    )
    assert (model.name, model.factors, model.neutral) == ("mine", ("coverage", "pay"), (0.3, 0.5))
    assert (model.employer.weights, model.person.weights) == ((1.0, 0.0), (0.5, 0.5))


def test_the_score_with_events_is_the_shipped_one_where_no_event_is_known():
    model = session_model()
    rows = np.random.default_rng(0).random((20, len(MODEL.factors)))
    none = np.tile(model.neutral[len(MODEL.factors) :], (20, 1))
    assert model.score(np.hstack([rows, none])) == pytest.approx(MODEL.score(rows), abs=1e-12)
    assert model.factors == (*MODEL.factors, *EVENT_FACTORS)


def test_what_was_dismissed_speaks_against_a_pair():
    model = session_model()
    row = np.array(model.neutral)
    row[model.factors.index("dismissed")] = 1.0
    base, contributions = model.attribute(row)
    assert contributions[model.factors.index("dismissed")] < 0
    assert base == pytest.approx(model.score(np.array(model.neutral)[None])[0], abs=1e-5)
