"""Curves are learned that order pairs, keep their direction, and start from the score that ships."""

import datetime as dt

import numpy as np
import pytest

from metier.errors import MissingExtraError
from metier.ranking.score import session_model
from metier.training import lambdamart
from metier.training.example import Group
from metier.training.lambdamart import LambdaMart, Pairs, prior_slopes

MODEL = session_model()
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def groups(count, seed, told="salary", size=12):
    """Make groups in which one factor decides, although it weighs little in the score that ships."""
    chance = np.random.default_rng(seed)
    place = MODEL.factors.index(told)
    for number in range(count):
        rows = np.round(chance.random((size, len(MODEL.factors))), 6)
        grades = np.zeros(size, dtype=np.int64)
        grades[np.argmax(rows[:, place] + chance.normal(0, 0.05, size))] = 1
        yield Group(
            profile_id=str(number),
            at=AT,
            job_ids=tuple(map(str, range(size))),
            rows=rows,
            grades=grades,
            positions=np.zeros(size, dtype=np.int64),
        )


@pytest.fixture(scope="module")
def learned():
    return LambdaMart(rounds=60).learn(list(groups(150, 0)), list(groups(60, 1)), name="mine")


def test_what_decides_is_learned_and_shown(learned):
    model, trees = learned.model, learned.trees
    test = Pairs.of(list(groups(60, 2)), None)
    assert test.mean_ndcg(model.score(test.rows)) > test.mean_ndcg(MODEL.score(test.rows)) + 0.2
    assert 0 < trees <= len(learned.history) <= 60
    assert max(learned.history) == learned.history[trees - 1] > learned.history[0]
    curve = model.curves[model.factors.index("salary")]
    assert curve.steps[-1] - curve.steps[0] == max(one.steps[-1] - one.steps[0] for one in model.curves)


def test_every_curve_keeps_its_direction(learned):
    values = np.linspace(0, 1, 500)
    for curve in learned.model.curves:
        gains = np.diff(curve.at(values))
        assert (gains <= 1e-9).all() if curve.name == "dismissed" else (gains >= -1e-9).all()


def test_curves_are_those_of_the_trees_on_every_row(learned):
    """The model orders pairs as the sum of its curves, which all fits and scores keep."""
    model = learned.model
    rows = Pairs.of(list(groups(5, 3)), None).rows
    sums = sum(curve.at(rows[:, place]) for place, curve in enumerate(model.curves))
    assert np.array_equal(np.argsort(sums, kind="stable"), np.argsort(model.score(rows), kind="stable"))
    assert (model.score(rows) > 0).all()
    assert (model.score(rows) <= 1).all()


def test_the_same_groups_and_seed_give_the_same_bits():
    fit = list(groups(40, 0)), list(groups(20, 1))
    first, second = (LambdaMart(rounds=20).learn(*fit, name="a").model.to_json() for _ in range(2))
    assert first == second


def test_weights_decide_whose_pairs_count():
    salary, location = list(groups(80, 0)), list(groups(80, 1, "location"))
    both = [*salary, *location]
    weights = [np.full(12, 10.0)] * 80 + [np.full(12, 0.1)] * 80
    model = LambdaMart(rounds=40).learn(both, both, name="a", weights=weights).model
    rise = {curve.name: curve.steps[-1] - curve.steps[0] for curve in model.curves}
    assert rise["salary"] > 2 * rise["location"]


def test_lambdas_pull_better_rows_up_and_cancel_out():
    pairs = Pairs.of(list(groups(3, 0)), None)
    gradient, hessian = pairs.gradients(np.zeros(len(pairs.grades)))
    assert (gradient[pairs.grades > 0] < 0).all()
    assert gradient.sum() == pytest.approx(0)
    assert (hessian >= 0).all()
    assert pairs.ranks(np.arange(len(pairs.grades), dtype=float)).max() == 12


def test_the_line_that_curves_start_from_orders_as_the_shipped_score_nearly_does():
    rows = np.random.default_rng(0).random((300, len(MODEL.factors)))
    assert np.corrcoef(rows @ prior_slopes(MODEL), np.log(MODEL.score(rows)))[0, 1] > 0.9


def test_the_extra_names_itself_when_it_is_missing(monkeypatch):
    monkeypatch.setattr(lambdamart, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="learning a ranker needs an extra") as told:
        LambdaMart().learn(list(groups(2, 0)), list(groups(2, 1)), name="a")
    assert "metier[rank]" in told.value.hint


def test_a_group_counts_for_stopping_by_the_mean_weight_of_what_was_chosen():
    right, wrong = next(groups(1, 0)), next(groups(1, 1))
    scores = np.concatenate([right.grades.astype(float), -wrong.grades.astype(float)])
    even = Pairs.of([right, wrong], None).mean_ndcg(scores)
    light, heavy = np.full(12, 0.5), np.full(12, 1.5)
    assert (
        Pairs.of([right, wrong], [heavy, light]).mean_ndcg(scores)
        > even
        > Pairs.of([right, wrong], [light, heavy]).mean_ndcg(scores)
    )
    assert Pairs.of([right], [heavy]).mean_ndcg(right.grades.astype(float)) == pytest.approx(1.0)
