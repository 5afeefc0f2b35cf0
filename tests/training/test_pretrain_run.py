"""A whole run of pre-training."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
from metier.errors import InputError, ModelError
from metier.models.named import open_encoder
from metier.training.recipe import recipe_of

NAMES = ["welder", "nurse", "baker", "driver", "clerk", "teacher"]
KINDS = ["staff", "night", "junior", "bank", "truck", "school", "art", "pipe", "bus", "van"]
TEXTS = [f"{kind} {name} {name} {kind}" for kind in KINDS for name in NAMES]


@pytest.fixture
def run_of(base, tmp_path):
    from metier.training.pretrain_run import PretrainRun

    def make(*, texts=TEXTS, name="run", keeps=False, **choices):
        fields = {"batch_size": 8, "steps": 4, "epochs": 0, "checks": 1, "patience": 0, "learning_rate": 1e-3}
        recipe = recipe_of("default", **{**fields, **choices})
        folder = tmp_path / name
        return PretrainRun(base=base, texts=texts, objective="simcse", recipe=recipe, folder=folder, keeps=keeps)

    return make


def test_it_is_measured_told_and_kept_when_one_insists(run_of, tmp_path):
    from metier.training.run_file import read_run

    outcome = run_of(keeps=True).run()
    assert outcome.is_promoted
    assert open_encoder(f"onnx:{tmp_path / 'run'}").size == 24
    told = read_run(tmp_path / "run")
    assert (told["kind"], told["objective"]) == ("pretraining", "simcse")
    assert told["texts"]["train"] + told["texts"]["held_out"] == len(TEXTS)
    with pytest.raises(InputError, match="holds a run"):
        run_of().run()
    assert run_of(keeps=True).run(resumes=True).tuned.steps == 4


def test_what_is_not_better_is_not_promoted(run_of, tmp_path):
    assert not run_of(learning_rate=1e-9, name="same").run().is_promoted
    with pytest.raises(ModelError):
        open_encoder(f"onnx:{tmp_path / 'same'}")


def test_too_few_texts_are_said_so(run_of):
    with pytest.raises(InputError, match="too few"):
        run_of(texts=["one text"]).run()
