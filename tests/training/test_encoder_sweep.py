"""Choices of tuning an encoder, tried on one half of what is held out and measured on the other."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("optuna")
pytestmark = pytest.mark.slow
from metier.training.recipe import recipe_of
from metier.training.run_file import read_run


def test_the_best_recipe_is_measured_on_queries_that_chose_nothing(base, pairs, tmp_path):
    from metier.training.encoder_sweep import EncoderSweep

    recipe = recipe_of("default", steps=6, epochs=0, checks=2, batch_size=12, learning_rate=1e-3)
    sweep = EncoderSweep(base=base, train=pairs, held=pairs, recipe=recipe, folder=tmp_path, trials=2)
    outcome, folder, trials = sweep.run()
    assert [one.number for one in trials] == [0, 1]
    assert trials[0].choice["learning_rate"] == 1e-3
    best = max(trials, key=lambda one: one.ndcg)
    assert folder.name == f"best-{best.number}"
    told = read_run(folder)
    assert told["recipe"]["learning_rate"] == best.choice["learning_rate"]
    chose = read_run(tmp_path / f"trial-{best.number}")
    assert told["pairs"]["held_out"] + chose["pairs"]["held_out"] == len(pairs)
    again, _, same = sweep.run()
    assert same == trials
    assert again.after.value == outcome.after.value
