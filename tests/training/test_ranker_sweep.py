"""Trials that go on where they stopped, to the same bits."""

from dataclasses import replace

import pytest

from metier.errors import InputError, MissingExtraError
from metier.training import ranker_sweep
from metier.training.lambdamart import LambdaMart
from metier.training.ranker import RankerTraining
from metier.training.ranker_sweep import RankerSweep, Trial

pytest.importorskip("optuna")
TRAINING = RankerTraining(learner=LambdaMart(rounds=10), most=24)


@pytest.fixture
def filled(recommender, events):
    recommender.catalog.events.append(events)
    return recommender


def test_the_best_of_the_stopping_part_is_measured_as_any_other(filled, tmp_path):
    told: list[Trial] = []
    swept = RankerSweep(folder=tmp_path, trials=4, training=TRAINING).run(filled, tell=told.append)
    assert [one.number for one in swept.trials] == [0, 1, 2, 3]
    assert list(swept.trials) == told
    assert swept.trials[0].choice == {"learning_rate": 0.1, "least_in_step": 20, "l2": 5.0, "prior": 1.0}
    best = max(swept.trials, key=lambda one: one.ndcg)
    same = replace(TRAINING, learner=replace(TRAINING.learner, **best.choice)).train(filled)
    assert swept.trained.run() == same.run()


def test_a_stopped_sweep_goes_on_to_the_same_bits(filled, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(trial):
        if trial.number == 1:
            raise StoppedError

    whole = RankerSweep(folder=tmp_path / "whole", trials=4, training=TRAINING).run(filled)
    halved = RankerSweep(folder=tmp_path / "halved", trials=4, training=TRAINING)
    with pytest.raises(StoppedError):
        halved.run(filled, tell=stop)
    gone_on = halved.run(filled)
    assert gone_on.trials == whole.trials
    assert gone_on.trained.run() == whole.trained.run()


def test_a_sweep_of_other_events_or_choices_is_refused(filled, tmp_path):
    RankerSweep(folder=tmp_path, trials=1, training=TRAINING).run(filled)
    with pytest.raises(InputError, match="holds a sweep of other events or choices"):
        RankerSweep(folder=tmp_path, trials=1, training=replace(TRAINING, seed=1)).run(filled)


def test_the_extra_names_itself(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(ranker_sweep, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as told:
        RankerSweep(folder=tmp_path, trials=1, training=TRAINING).run(filled)
    assert "metier[sweep]" in told.value.hint
