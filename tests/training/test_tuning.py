"""The loop: gains, ends early, goes on after a kill to the same bits, and stops where the loss is no number."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
from metier.errors import ModelError
from metier.training.recipe import recipe_of

SMALL = {"batch_size": 8, "steps": 12, "epochs": 0, "checks": 4, "patience": 0}
WAYS = [
    {},
    {"is_cached": True, "dropout": 0.1},
    {"saves_memory": True},
    {"adaptation": "lora", "rank": 2},
    {"adaptation": "adalora", "rank": 2},
    {"adaptation": "head", "head": "mlp"},
    {"loss": "bce", "form": "cross-encoder"},
]
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def tuner_of(scorer_of, pairs, tmp_path):
    from metier.training.tuning import Tuner

    def make(name="run", *, check=None, data=pairs, **choices):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        scorer = scorer_of(**{**SMALL, **choices})
        return Tuner(scorer, data, scorer.recipe, folder=folder, check=check or value_of(pairs), digest="data")

    return make


def value_of(pairs):
    good = [pair for pair in pairs if pair.label]
    bad = [pair for pair in pairs if not pair.label]

    def value(scorer):
        means = [scorer.score([p.left for p in some], [p.right for p in some]).mean() for some in (good, bad)]
        return float(means[0] - means[1])

    return value


@pytest.mark.parametrize("choices", WAYS, ids=lambda choices: "-".join(map(str, choices)) or "full")
def test_a_run_that_was_stopped_goes_on_to_the_same_bits(tuner_of, choices):
    whole = tuner_of("whole", **choices).run()
    tuner = tuner_of("part", **choices)
    step = tuner._step

    def killed(number):
        if number == 8:
            raise KeyboardInterrupt
        return step(number)

    tuner._step = killed
    with pytest.raises(KeyboardInterrupt):
        tuner.run()
    again = tuner_of("part", **choices).run()
    assert again.history == whole.history
    for name, weight in whole.scorer.state_dict().items():
        assert torch.equal(weight, again.scorer.state_dict()[name]), name


@pytest.mark.parametrize("choices", WAYS[:1] + WAYS[3:6], ids=lambda choices: "-".join(map(str, choices)) or "full")
def test_what_fits_comes_nearer_than_what_does_not(tuner_of, pairs, choices):
    tuner = tuner_of(**choices, steps=40, learning_rate=5e-3)
    before = value_of(pairs)(tuner.scorer)
    tuned = tuner.run()
    assert value_of(pairs)(tuned.scorer) > before
    assert 0 < tuned.trained <= tuned.weights + 20_000
    assert tuned.peak_mb > 0
    assert tuned.seconds_a_step > 0


def test_cached_gradients_are_those_of_the_whole_batch(tuner_of):
    plain, cached = tuner_of("a", in_bf16=False, tokens=20), tuner_of("b", in_bf16=False, tokens=20, is_cached=True)
    losses = [tuner._backward(tuner.sampler.at(0), 0) for tuner in (plain, cached)]
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)
    for one, other in zip(
        plain.scorer.network.layers.parameters(), cached.scorer.network.layers.parameters(), strict=True
    ):
        assert torch.allclose(one.grad, other.grad, atol=1e-5)


def test_it_ends_when_nothing_is_gained_and_keeps_the_best(tuner_of):
    values = iter([0.5, 0.9, 0.4, 0.3, 0.2])
    told: list[dict[str, float]] = []
    tuned = tuner_of(check=lambda scorer: next(values), patience=2).run(tell=told.append)
    assert tuned.steps == 12
    assert "nothing gained" in tuned.stopped
    assert [entry["value"] for entry in tuned.history] == [0.5, 0.9, 0.4, 0.3]
    assert told[0]["steps"] == 12


def test_a_loss_that_is_no_number_stops_and_loses_nothing(tuner_of):
    tuner = tuner_of()
    step = tuner._backward

    def broken(batch, number):
        return float("nan") if number == 7 else step(batch, number)

    tuner._backward = broken
    with pytest.raises(ModelError, match="step 8 is no number"):
        tuner.run()
    assert tuner_of().run().steps == 12


def test_other_data_do_not_go_on_from_a_run(tuner_of):
    tuner_of().run()
    other = tuner_of()
    other.digest = "other"
    with pytest.raises(ModelError, match="other data or settings"):
        other.run()
    with pytest.raises(ModelError, match="other data or settings"):
        tuner_of(learning_rate=1.0).run()


def test_without_memory_the_slices_are_halved_then_it_stops(tuner_of):
    tuner = tuner_of(tokens=1024)
    seen = []
    whole = tuner._backward

    def hungry(batch, number):
        seen.append(tuner.tokens)
        if tuner.tokens > 512:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate")
        return whole(batch, number)

    tuner._backward = hungry
    assert tuner.run().steps == 12
    assert seen[:2] == [1024, 512]
    poor = tuner_of("poor")

    def never(batch, number):
        raise MemoryError

    poor._backward = never
    with pytest.raises(ModelError, match="memory does not suffice"):
        poor.run()
    faulty = tuner_of("faulty")

    def wrong(batch, number):
        raise RuntimeError("shapes differ")

    faulty._backward = wrong
    with pytest.raises(RuntimeError, match="shapes differ"):
        faulty.run()


def test_steps_are_the_fewer_of_epochs_and_steps(tuner_of):
    assert tuner_of(epochs=2, steps=0).steps == 6
    assert tuner_of(epochs=2, steps=4).steps == 4
    assert recipe_of("default", epochs=0, steps=9).steps == 9


def test_curves_that_part_ways_are_told():
    from metier.training.tuning import warnings_of

    def history(*rows):
        return [{"step": float(step), "loss": loss, "value": value} for step, (loss, value) in enumerate(rows, start=1)]

    apart = history((1.0, 0.5), (0.8, 0.6), (0.5, 0.55), (0.3, 0.4))
    (told,) = warnings_of(apart)
    assert "after step 2" in told
    assert "0.6000 to 0.4000" in told
    assert warnings_of(history((1.0, 0.5), (0.8, 0.6), (0.5, 0.55))) == []
    assert warnings_of(history((1.0, 0.6), (1.1, 0.5), (1.2, 0.4))) == []
    assert warnings_of([]) == []
