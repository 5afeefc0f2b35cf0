"""A sum of curves: both sides shown, contributions that add up, nothing lost in JSON."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.attribution import UNIT
from metier.ranking.calibration import Calibration

MODEL = AdditiveModel(
    name="mine",
    curves=(
        Curve(
            name="coverage", neutral=0.35, employer_share=1.0, slope=2.0, thresholds=(0.2, 0.6), steps=(-1.0, 0.0, 0.5)
        ),
        Curve(name="location", neutral=0.5, employer_share=0.0, slope=1.0, thresholds=(0.9,), steps=(0.0, 2.0)),
        Curve(name="lexical", neutral=0.3, employer_share=0.4, slope=0.5),
        Curve(name="dismissed", neutral=0.0, employer_share=0.0, slope=-2.0, thresholds=(0.5,), steps=(0.0, -1.0)),
    ),
    scale=0.7,
)
ROWS = st.lists(st.floats(0, 1), min_size=4, max_size=4).map(lambda values: np.round(np.array(values), 6))


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_base_and_contributions_are_the_score_and_as_shapley_defines_them(shapley_by_definition, row):
    base, contributions = MODEL.attribute(row)
    score = MODEL.score(row[None])[0]
    assert round(base / UNIT) + sum(round(one / UNIT) for one in contributions) == round(score / UNIT)
    defined = shapley_by_definition(MODEL.score, row, np.array(MODEL.neutral))
    assert contributions == pytest.approx(defined, abs=2 * UNIT)


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_fits_are_in_0_to_1_and_their_products_root_is_the_score(row):
    employer, person = MODEL.fits(row[None])
    assert 0 < employer[0] <= 1
    assert 0 < person[0] <= 1
    assert MODEL.score(row[None])[0] == pytest.approx(np.sqrt(employer[0] * person[0]))


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 2))
def test_more_of_a_rising_factor_never_lowers_the_score(row, place):
    better = row.copy()
    better[place] = 1.0
    assert MODEL.score(better[None])[0] >= MODEL.score(row[None])[0] - 1e-12


def test_a_row_has_the_same_score_alone_and_among_others():
    rows = np.random.default_rng(0).random((50, 4))
    alone = np.array([MODEL.score(row[None])[0] for row in rows])
    assert MODEL.score(rows).tobytes() == alone.tobytes()


def test_a_curve_steps_beyond_its_thresholds_and_knows_its_top():
    curve = MODEL.curves[0]
    assert curve.at(np.array([0.2, 0.2000001])).tolist() == pytest.approx([-0.6, 0.4], abs=1e-5)
    assert curve.top == pytest.approx(2.5)
    assert MODEL.curves[3].top == 0.0


def test_a_model_goes_to_json_and_back_with_the_same_bits():
    again = AdditiveModel.from_json(MODEL.to_json())
    rows = np.random.default_rng(1).random((20, 4))
    assert again.score(rows).tobytes() == MODEL.score(rows).tobytes()
    assert again.name == "mine"
    assert again.to_json() == MODEL.to_json()


def test_json_that_is_no_model_is_refused():
    with pytest.raises(ValueError, match="validation error"):
        AdditiveModel.from_json('{"name": 1}')


def test_a_calibration_gives_a_probability_beside_the_score_and_moves_nothing():
    known = replace(MODEL, calibration=Calibration(scores=(0.0, 1.0), probabilities=(0.0, 0.5)))
    row = np.full((1, 4), 0.5)
    assert MODEL.probability(0.4) is None
    assert known.probability(0.4) == pytest.approx(0.2)
    assert known.score(row) == MODEL.score(row)
    assert known.attribute(row[0])[0] == MODEL.attribute(row[0])[0]
    assert AdditiveModel.from_json(known.to_json()) == known
