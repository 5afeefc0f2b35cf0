"""Scores become probabilities of being chosen where looked at."""

import datetime as dt

import numpy as np
import pytest

from metier.ranking.score import session_model
from metier.training.calibration import calibrate
from metier.training.example import Group
from metier.training.propensity import Propensities

MODEL = session_model()
LOOKS = 1 / np.arange(1, 9)
KNOWN = Propensities(by_position=tuple(LOOKS))
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def shown(lists, seed):
    """Show eight jobs, the best first; a third of the score is how often each is chosen where it is looked at."""
    chance = np.random.default_rng(seed)
    for number in range(lists):
        rows = np.round(chance.random((8, len(MODEL.factors))), 6)
        rows = rows[np.argsort(-MODEL.score(rows))]
        did = chance.random(8) < LOOKS * MODEL.score(rows) / 3
        yield Group(
            profile_id=str(number),
            at=AT,
            job_ids=tuple("abcdefgh"),
            rows=rows,
            grades=did.astype(np.int64),
            positions=np.arange(1, 9),
        )


@pytest.mark.parametrize(("lists", "method"), [(3000, "isotonic"), (110, "platt")])
def test_calibrated_scores_are_the_probabilities_that_are_true(lists, method):
    found = calibrate(MODEL, list(shown(lists, 0)), list(shown(2000, 1)), KNOWN)
    assert found.method == method
    assert found.after.ece < found.before.ece / 3
    assert found.after.brier < found.before.brier
    assert found.after.brier <= found.of_rate + 0.001
    middle = np.array([0.4, 0.5, 0.6])
    assert found.curve.at(middle) == pytest.approx(middle / 3, abs=0.05)
    assert list(found.curve.probabilities) == sorted(found.curve.probabilities)


def test_ranks_that_few_look_at_do_not_make_a_job_fit_less():
    corrected = calibrate(MODEL, list(shown(2000, 0)), list(shown(2000, 1)), KNOWN)
    naive = calibrate(MODEL, list(shown(2000, 0)), list(shown(2000, 1)), Propensities())
    assert corrected.curve.at(np.array([0.45]))[0] > 1.5 * naive.curve.at(np.array([0.45]))[0]


def test_without_lists_or_with_one_outcome_there_is_no_probability():
    lists = list(shown(200, 0))
    deeds = [Group(profile_id="p", at=AT, job_ids=one.job_ids, rows=one.rows, grades=one.grades, positions=0 * one.positions) for one in lists]  # fmt: skip
    assert calibrate(MODEL, lists, [], KNOWN) is None
    assert calibrate(MODEL, deeds, lists, KNOWN) is None
    assert calibrate(MODEL, lists, lists[:1], KNOWN) is None
