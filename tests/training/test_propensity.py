"""What a deed at a rank counts for, and how pairs shown at several ranks tell how often these are looked at."""

import datetime as dt

import numpy as np
import pytest

from metier.errors import InputError
from metier.ranking.score import session_model
from metier.training.example import Group
from metier.training.propensity import LEAST, Propensities, falling, swap_propensities

WIDTH = len(session_model().factors)
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TRUTH = 1 / np.arange(1, 7)


def swapped(people, shows, seed=0):
    """Show each person six jobs several times, neighbours swapped at random; the first ones fit best."""
    chance = np.random.default_rng(seed)
    fits = np.linspace(0.9, 0.1, 6)
    for number in range(people):
        for _ in range(shows):
            pairs = np.arange(6).reshape(3, 2)
            order = np.where(chance.random((3, 1)) < 0.5, pairs, pairs[:, ::-1]).ravel()
            order = order if chance.random() < 0.5 else np.roll(order, 1)
            yield Group(
                profile_id=str(number),
                at=AT,
                job_ids=tuple(map(str, order)),
                rows=np.full((6, WIDTH), 0.5),
                grades=(chance.random(6) < TRUTH * fits[order]).astype(np.int64),
                positions=np.arange(1, 7),
            )


def test_swaps_find_known_propensities_again_without_a_single_factor():
    found = swap_propensities(list(swapped(150, 12)))
    assert found.by_position == pytest.approx(TRUTH, abs=0.06)
    assert list(found.by_position) == sorted(found.by_position, reverse=True)


def test_lists_that_were_never_swapped_say_nothing_and_the_remedy_is_told():
    (group, *_) = swapped(1, 1)
    with pytest.raises(InputError, match="0 deeds on pairs that were shown at more than one rank") as told:
        swap_propensities([group, group])
    assert "Swap neighbours" in told.value.hint


def test_weights_are_one_over_the_propensity_and_clipped():
    (group,) = swapped(1, 1)
    weights = Propensities(by_position=(1.0, 0.5, 0.001)).weights(group)
    assert weights[:3].tolist() == [1.0, 2.0, 1 / LEAST]
    assert set(weights[3:]) == {1 / LEAST}
    assert Propensities().weights(group).tolist() == [1.0] * 6


def test_a_rank_that_is_not_known_is_not_corrected():
    assert Propensities(by_position=(1.0, 0.5)).at(np.array([0, 1, 2, 9])).tolist() == [1.0, 1.0, 0.5, 0.5]


def test_estimates_are_made_to_fall_without_being_drawn_down():
    """Two neighbours in the wrong order become their mean, not the lower of them."""
    found = falling(np.array([1.0, 0.4, 0.6, 0.0, 0.2]), np.array([5.0, 5.0, 5.0, 0.0, 5.0]))
    assert found.by_position == pytest.approx((1.0, 0.5, 0.5, 0.35, 0.2))
