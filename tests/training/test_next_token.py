"""A decoder reads on: held-out texts become likelier, to the same bits after a kill."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
from metier.errors import InputError
from metier.training.recipe import recipe_of
from metier.training.run_file import read_run

NAMES = ["welder", "nurse", "baker", "driver", "clerk", "teacher"]
TEXTS = [f"A {name} for shift {number} in the town is wanted" for number in range(20) for name in NAMES]


@pytest.fixture
def run_of(decoder, tmp_path):
    from metier.training.next_token import NextTokenRun

    def make(name="run", *, texts=TEXTS, **choices):
        wished = {"epochs": 0, "steps": 30, "checks": 2, "batch_size": 8, "learning_rate": 5e-3, **choices}
        return NextTokenRun(base=decoder, texts=texts, recipe=recipe_of("default", **wished), folder=tmp_path / name)

    return make


def test_held_out_texts_become_likelier_and_the_folder_is_a_base(run_of, tmp_path, decoder):
    from metier.training.decoder import open_decoder
    from metier.training.next_token import TokenReader

    run = run_of()
    outcome = run.run()
    assert outcome.is_promoted
    assert outcome.gain.mean > 1
    assert "nats a token" in outcome.gain.sentence()
    told = read_run(tmp_path / "run")
    assert told["objective"] == "clm"
    assert told["after"]["log_likelihood"]["mean"] > told["before"]["log_likelihood"]["mean"]
    assert told["texts"]["train"] + told["texts"]["held_out"] == len(TEXTS)
    again = TokenReader(open_decoder(run.serves_as().removeprefix("--base ")), run.recipe)
    assert (
        again.likelihoods(["A welder is wanted"])[0]
        > TokenReader(open_decoder(decoder), run.recipe).likelihoods(["A welder is wanted"])[0]
    )


def test_the_end_of_a_text_is_learnt_and_its_length_heeded(run_of, decoder):
    from metier.training.decoder import open_decoder
    from metier.training.next_token import TokenReader

    reader = TokenReader(open_decoder(decoder), recipe_of("default", max_tokens=6))
    short, long = reader.ids_of(["nurse", "A </s> nurse " * 40])
    end = reader.held.pieces.eos_token_id
    assert short[-1] == end
    assert len(long) == 6
    assert long.count(end) == 1


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


def test_few_texts_are_said(run_of):
    with pytest.raises(InputError, match="too few"):
        run_of(texts=["one text"]).run()
