"""Trials that go on where they stopped, to the same bits."""

import pytest

from metier.errors import InputError, MissingExtraError
from metier.training import sweep
from metier.training.sweep import Range, Sweep, Trial, best_of

pytest.importorskip("optuna")
SPACE = {"x": Range(low=0.0, high=4.0), "n": Range(low=1, high=64, by_logarithm=True, is_whole=True)}


@pytest.fixture
def made(tmp_path):
    def make(name="a", **fields):
        values = {"data": "d", "space": SPACE, "first": {"x": 0.0, "n": 8.0}, "trials": 8, "seed": 3}
        return Sweep(folder=tmp_path / name, **(values | fields))

    return make


def worth(_number, choice):
    return -((choice["x"] - 3) ** 2) - abs(choice["n"] - 8) / 64


def test_the_first_trial_is_the_first_choice_and_the_best_is_found_nearby(made):
    told: list[Trial] = []
    trials = made(trials=25).run(worth, tell=told.append)
    assert list(trials) == told
    assert trials[0].choice == {"x": 0.0, "n": 8.0}
    assert [one.number for one in trials] == list(range(25))
    assert abs(best_of(trials).choice["x"] - 3) < 0.5
    assert all(one.choice["n"] == int(one.choice["n"]) for one in trials)


@pytest.mark.parametrize("at", [0, 6])
def test_a_sweep_that_was_stopped_midway_goes_on_to_the_same_bits(made, at):
    class StoppedError(Exception):
        pass

    def stopped(number, choice):
        if number == at:
            raise StoppedError
        return worth(number, choice)

    with pytest.raises(StoppedError):
        made("halved").run(stopped)
    assert made("halved").run(worth) == made("whole").run(worth)


def test_more_trials_go_on_too(made):
    assert made(trials=4).run(worth) == made("whole").run(worth)[:4]
    assert made().run(worth) == made("whole").run(worth)


def test_other_data_are_refused(made):
    made(trials=1).run(worth)
    with pytest.raises(InputError, match="holds a sweep of other data or choices"):
        made(trials=1, data="e").run(worth)


def test_the_first_of_equally_good_ones_is_the_best():
    trials = tuple(Trial(number=number, choice={}, ndcg=0.5) for number in range(3))
    assert best_of(trials).number == 0


def test_the_extra_names_itself(made, monkeypatch):
    monkeypatch.setattr(sweep, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as told:
        made().run(worth)
    assert "metier[sweep]" in told.value.hint
