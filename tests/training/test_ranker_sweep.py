"""Choices of learning a ranker; how trials go on is in test_sweep.py."""

from dataclasses import replace

import pytest

from metier.training.lambdamart import LambdaMart
from metier.training.ranker import RankerTraining
from metier.training.ranker_sweep import RankerSweep

pytest.importorskip("optuna")
TRAINING = RankerTraining(learner=LambdaMart(rounds=10), most=24)


def test_the_best_of_the_stopping_part_is_measured_as_any_other(recommender, events, tmp_path):
    recommender.catalog.events.append(events)
    trained, trials = RankerSweep(folder=tmp_path, trials=4, training=TRAINING).run(recommender)
    assert trials[0].choice == {"learning_rate": 0.1, "least_in_step": 20, "l2": 5.0, "prior": 1.0}
    best = max(trials, key=lambda one: one.ndcg)
    learner = replace(TRAINING.learner, **{**best.choice, "least_in_step": int(best.choice["least_in_step"])})
    same = replace(TRAINING, learner=learner).train(recommender)
    assert trained.run() == same.run()
    assert max(same.report.history) == pytest.approx(best.ndcg)
