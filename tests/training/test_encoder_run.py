"""A whole run: what wins serves, what does not is not promoted, and both are told."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow
import json

from metier.errors import InputError, ModelError
from metier.models.named import open_encoder
from metier.training.recipe import recipe_of

CHOICES = {"steps": 30, "epochs": 0, "checks": 2, "batch_size": 12, "learning_rate": 3e-3, "twin_weight": 0.1}


@pytest.fixture
def run_of(base, pairs, tmp_path):
    from metier.training.encoder_run import EncoderRun

    def make(name="run", *, train=None, keeps=False, **choices):
        (tmp_path / "pairs.csv").write_text("text_a,text_b\n")
        return EncoderRun(
            base=base,
            train=pairs if train is None else train,
            held_out=pairs,
            recipe=recipe_of("default", **{**CHOICES, **choices}),
            folder=tmp_path / name,
            files=[tmp_path / "pairs.csv"],
            keeps=keeps,
        )

    return make


def test_a_better_encoder_serves_from_its_folder(run_of, tmp_path):
    from metier.training.run_file import read_run

    outcome = run_of().run()
    assert outcome.is_promoted
    assert outcome.gain.is_win
    assert outcome.parity.graph > 0.99
    encoder = open_encoder(f"onnx:{tmp_path / 'run'}")
    welder, trade, baker = encoder.encode(["TIG welder", "metalwork", "bakery"])
    assert welder @ trade > welder @ baker
    told = read_run(tmp_path / "run")
    assert told["promoted"]
    assert told["after"]["ndcg@10"]["mean"] > told["before"]["ndcg@10"]["mean"]
    assert set(told["twin_gap"]) == {"before", "after"}
    assert told["warnings"] == []
    noise = told["robustness"]["after"]["typos"]
    assert noise["queries"] > 0
    assert noise["noisy"] < noise["clean"]
    assert told["data"][0]["hash"].startswith("sha256-")
    assert str(tmp_path) not in json.dumps(told)


def test_what_is_not_better_is_not_promoted_unless_one_insists(run_of, tmp_path):
    outcome = run_of(learning_rate=1e-9, steps=1).run()
    assert not outcome.is_promoted
    with pytest.raises(ModelError, match=r"no encoder\.onnx"):
        open_encoder(f"onnx:{tmp_path / 'run'}")
    assert run_of("kept", learning_rate=1e-9, steps=1, keeps=True).run().is_promoted
    assert open_encoder(f"onnx:{tmp_path / 'kept'}").size == 24


def test_a_scorer_of_pairs_is_kept_beside_its_encoder(run_of, tmp_path):
    from metier.training.saved_scorer import read_scorer

    run_of(loss="bce", form="cross-encoder", keeps=True, steps=4).run()
    assert read_scorer(tmp_path / "run").is_one_text


def test_a_folder_that_holds_a_run_is_not_run_over(run_of):
    run_of(steps=2).run()
    with pytest.raises(InputError, match="holds a run"):
        run_of(steps=2).run()
    assert run_of(steps=2).run(resumes=True).tuned.steps == 2


def test_one_class_has_nothing_to_tell_apart(run_of, pairs):
    good = [pair for pair in pairs if pair.label]
    with pytest.raises(InputError, match="nothing to tell apart") as told:
        run_of(train=good, loss="bce").run()
    assert "--negatives" in told.value.hint
    with pytest.raises(InputError, match="every label is 0"):
        run_of(train=[pair for pair in pairs if not pair.label], loss="mnrl").run()
    with pytest.raises(InputError, match="no row has a text_c"):
        run_of(loss="triplet").run()
