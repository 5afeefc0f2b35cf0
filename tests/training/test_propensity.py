"""How often a rank is looked at is told apart from how well what stands there fits."""

import datetime as dt

import numpy as np
import pytest

from metier.ranking.score import session_model
from metier.training.example import Group
from metier.training.propensity import LEAST, Propensities, estimate_propensities

WIDTH = len(session_model().factors)
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def shown(lists, truth, seed=0):
    """Show ten jobs in the order of a noisy guess; a deed needs a look and a fit."""
    chance = np.random.default_rng(seed)
    for number in range(lists):
        rows = np.full((10, WIDTH), 0.5)
        rows[:, 0] = np.round(chance.random(10), 3)
        rows = rows[np.argsort(-(rows[:, 0] + chance.normal(0, 0.6, 10)))]
        did = (chance.random(10) < truth) & (chance.random(10) < 0.1 + 0.8 * rows[:, 0])
        yield Group(
            profile_id=str(number),
            at=AT,
            job_ids=tuple(map(str, range(10))),
            rows=rows,
            grades=did.astype(np.int64),
            positions=np.arange(1, 11),
        )


def test_known_propensities_are_found_again():
    truth = 1 / np.arange(1, 11) ** 0.8
    found = estimate_propensities(list(shown(1500, truth)))
    assert found.by_position == pytest.approx(truth, abs=0.08)
    assert found.by_position[0] == 1.0
    assert list(found.by_position) == sorted(found.by_position, reverse=True)


def test_the_same_lists_give_the_same_propensities():
    groups = list(shown(100, np.ones(10)))
    assert estimate_propensities(groups) == estimate_propensities(groups)


def test_weights_are_one_over_the_propensity_and_clipped():
    (group,) = shown(1, np.ones(10))
    weights = Propensities(by_position=(1.0, 0.5, 0.001)).weights(group)
    assert weights[:3].tolist() == [1.0, 2.0, 1 / LEAST]
    assert set(weights[3:]) == {1 / LEAST}


def test_without_ranks_or_with_one_outcome_nothing_is_corrected():
    (group,) = shown(1, np.zeros(10))
    assert estimate_propensities([]) == estimate_propensities([group]) == Propensities()
    assert Propensities().weights(group).tolist() == [1.0] * 10
