"""A student learns a teacher's scores."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

from metier.training.measure import Served
from metier.training.pairs import Pair
from metier.training.recipe import recipe_of
from metier.training.run_file import read_run


def test_after_it_the_two_agree_more(base, pairs, tmp_path):
    from metier.training.distil_run import DistilRun, agreement

    recipe = recipe_of("default", loss="mse", steps=40, epochs=0, checks=2, batch_size=12, learning_rate=3e-3)
    run = DistilRun(
        base=base,
        train=pairs,
        held_out=pairs,
        judged=pairs,
        recipe=recipe,
        folder=tmp_path,
        keeps=True,
        facts={"teacher": "scores.csv"},
    )
    run.run()
    told = read_run(tmp_path)
    assert told["kind"] == "distillation"
    assert told["teacher"] == "scores.csv"
    assert told["agreement"]["after"] > max(0.5, told["agreement"]["before"])
    assert agreement([Pair(left="a", right="b")], Served(encode=None)) is None
