"""A decoder learns yes and no, serves from a folder of Hugging Face, and goes on to the same bits."""

import json

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("peft")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
from metier.training.pairs import Pair
from metier.training.recipe import recipe_of
from metier.training.run_file import read_run

CHOICES = {"form": "cross-encoder", "loss": "bce", "adaptation": "full", "steps": 60, "epochs": 0, "checks": 2}


@pytest.fixture
def pairs(pairs):
    """What fits is told by the right text alone: as much as a decoder of random weights learns in seconds."""
    fits = {"care": 0.0, "education": 0.0, "transport": 0.0, "bakery": 1.0, "metalwork": 1.0, "administration": 1.0}
    names = sorted({pair.left for pair in pairs})[::2]
    return [Pair(left=name, right=trade, label=label) for name in names for trade, label in fits.items()]


@pytest.fixture
def run_of(decoder, pairs, tmp_path, monkeypatch):
    from metier.testing import HashEncoder
    from metier.training import chat_run

    monkeypatch.setattr(chat_run, "metier_encoder", lambda: HashEncoder(size=16))

    def make(name="run", **choices):
        recipe = recipe_of(
            "default", **{**CHOICES, "batch_size": 16, "learning_rate": 5e-3, "max_tokens": 16, **choices}
        )
        return chat_run.ChatRun(base=decoder, train=pairs, held_out=pairs, recipe=recipe, folder=tmp_path / name)

    return make


def test_it_learns_what_fits_and_serves_from_its_folder(run_of, pairs, tmp_path):
    import transformers

    from metier.training.yes_no import read_yes_no

    run = run_of()
    outcome = run.run()
    told = read_run(tmp_path / "run")
    assert outcome.is_promoted, told["after"]
    assert told["kind"] == "chat"
    assert told["after"]["accuracy"]["mean"] > max(0.7, told["before"]["accuracy"]["mean"])
    assert told["after"]["rows"]["mean"] > told["before"]["rows"]["mean"]
    assert told["trained_weights"] == told["weights"]
    assert run.serves_as().startswith("metier train score")
    scorer = read_yes_no(tmp_path / "run", search=None)
    good = [pair for pair in pairs if pair.label]
    bad = [pair for pair in pairs if not pair.label]
    means = [scorer.score([p.left for p in some], [p.right for p in some]).mean() for some in (good, bad)]
    assert means[0] > means[1]
    assert transformers.AutoModelForCausalLM.from_pretrained(str(tmp_path / "run")).config.model_type == "llama"
    assert "test_" not in json.dumps(told)


def test_after_a_kill_it_goes_on_to_the_same_bits(run_of):
    from metier.training.tuning import Tuner

    choices = {"steps": 6, "checks": 3, "adaptation": "lora"}
    whole = run_of("whole", **choices).run()
    step = Tuner._step

    def killed(tuner, number):
        if number == 4:
            raise KeyboardInterrupt
        return step(tuner, number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tuner, "_step", killed)
        with pytest.raises(KeyboardInterrupt):
            run_of("part", **choices).run()
    again = run_of("part", **choices).run(resumes=True)
    assert again.tuned.history == whole.tuned.history
    assert again.after == whole.after
