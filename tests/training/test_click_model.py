"""How often a rank is looked at is told apart from how well what stands there fits."""

import datetime as dt

import numpy as np
import pytest

from metier.ranking.score import session_model
from metier.training.click_model import ClickModel, learn_click_model
from metier.training.example import Group
from metier.training.propensity import Propensities

WIDTH = len(session_model().factors)
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def shown(lists, truth, seed=0, least=0.1, most=0.9):
    """Show ten jobs in the order of a noisy guess; a deed needs a look and a fit."""
    chance = np.random.default_rng(seed)
    for number in range(lists):
        rows = np.full((10, WIDTH), 0.5)
        rows[:, 0] = np.round(chance.random(10), 3)
        rows = rows[np.argsort(-(rows[:, 0] + chance.normal(0, 0.6, 10)))]
        did = (chance.random(10) < truth) & (chance.random(10) < least + (most - least) * rows[:, 0])
        yield Group(
            profile_id=str(number),
            at=AT,
            job_ids=tuple(map(str, range(10))),
            rows=rows,
            grades=did.astype(np.int64),
            positions=np.arange(1, 11),
        )


def test_known_propensities_and_fits_are_found_again():
    truth = 1 / np.arange(1, 11) ** 0.8
    found = learn_click_model(list(shown(1500, truth)))
    assert found.looked_at.by_position == pytest.approx(truth, abs=0.06)
    assert found.looked_at.by_position[0] == 1.0
    rows = np.full((3, WIDTH), 0.5)
    rows[:, 0] = 0.2, 0.5, 0.8
    assert found.fits(rows) == pytest.approx([0.26, 0.5, 0.74], abs=0.06)


def test_where_choices_are_rare_too():
    """What EM needs thousands of rounds for: a non-choice says next to nothing about whether there was a look."""
    truth = 1.0 / np.arange(1, 11)
    found = learn_click_model(list(shown(6000, truth, least=0.01, most=0.09)))
    assert found.looked_at.by_position[1:4] == pytest.approx(truth[1:4], abs=0.12)


def test_propensities_that_are_known_are_kept_and_the_fits_learned():
    known = Propensities(by_position=tuple(1 / np.arange(1, 11) ** 0.8))
    found = learn_click_model(list(shown(800, np.array(known.by_position))), looked_at=known)
    assert found.looked_at == known
    assert found.fits(np.full((1, WIDTH), 0.5)) == pytest.approx([0.5], abs=0.06)


def test_the_same_lists_give_the_same_model():
    groups = list(shown(100, np.ones(10)))
    assert learn_click_model(groups) == learn_click_model(groups)


def test_without_ranks_or_with_one_outcome_nothing_is_learned():
    (group,) = shown(1, np.zeros(10))
    assert learn_click_model([]) == learn_click_model([group]) == ClickModel()
