"""Pre-training: each objective learns, goes on after a stop, and a run is measured by halves."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def trainer_of(scorer_of, tmp_path):
    from metier.training.pretraining import Pretrainer

    def make(objective, name="run", **choices):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        fields = {"batch_size": 8, "steps": 16, "epochs": 0, "checks": 4, "patience": 0, "learning_rate": 3e-3}
        scorer = scorer_of(**{**fields, **choices})
        return Pretrainer(scorer, TEXTS, scorer.recipe, objective=objective, folder=folder, check=lambda _: 0.0)

    return make


NAMES = ["welder", "nurse", "baker", "driver", "clerk", "teacher"]
KINDS = ["staff", "night", "junior", "bank", "truck", "school", "art", "pipe"]
TEXTS = [f"{kind} {name} {kind} {name}" for kind in KINDS for name in NAMES]


@pytest.mark.parametrize("objective", ["mlm", "simcse", "tsdae"])
def test_the_loss_falls(trainer_of, objective):
    history = trainer_of(objective, steps=60).run().history
    assert history[-1]["loss"] < history[0]["loss"]


@pytest.mark.parametrize("objective", ["mlm", "simcse", "tsdae"])
def test_a_stopped_run_goes_on_to_the_same_bits(trainer_of, objective):
    whole = trainer_of(objective, "whole").run()
    trainer = trainer_of(objective, "part")
    step = trainer._step

    def killed(number):
        if number == 8:
            raise KeyboardInterrupt
        return step(number)

    trainer._step = killed
    with pytest.raises(KeyboardInterrupt):
        trainer.run()
    again = trainer_of(objective, "part").run()
    assert again.history == whole.history
    for name, weight in whole.scorer.state_dict().items():
        assert torch.equal(weight, again.scorer.state_dict()[name]), name


def test_halves_of_texts_are_pairs():
    from metier.training.pretraining import halves

    found = halves(["weld pipes to drawing", "nurse", "高级护士招聘", "a", "same same"])
    assert [(pair.left, pair.right) for pair in found] == [
        ("weld pipes", "to drawing"),
        ("nu", "rse"),
        ("高级护", "士招聘"),
    ]
