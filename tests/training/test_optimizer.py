"""Rates: lower layers move less, words apart, gains do not decay."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def test_each_layer_down_moves_less(scorer_of):
    from metier.training.optimizer import tuned_optimizers

    scorer = scorer_of(layer_decay=0.5, learning_rate=1e-3, word_rate=0.5)
    layers, words = tuned_optimizers(scorer, scorer.recipe)
    rates = {id(weight): group["lr"] for group in layers.param_groups for weight in group["params"]}
    network = scorer.network
    assert rates[id(network.layers[1].up.weight)] == pytest.approx(5e-4)
    assert rates[id(network.layers[0].up.weight)] == pytest.approx(2.5e-4)
    assert rates[id(scorer.head.steepness)] == 1e-3
    assert words.param_groups[0]["lr"] == 5e-4
    decays = {id(weight): group["weight_decay"] for group in layers.param_groups for weight in group["params"]}
    assert decays[id(network.layers[0].norm.weight)] == 0
    assert decays[id(network.layers[0].up.weight)] > 0


def test_rates_rise_then_fall(base):
    from metier.training.optimizer import optimizers_of, set_rates
    from metier.training.restore import open_network

    optimizers = optimizers_of(open_network(base)[0], rate=1.0, word_rate=0.5)
    shares = [set_rates(optimizers, step=step, steps=100, warmup=10) for step in range(100)]
    assert shares[:10] == sorted(shares[:10])
    assert shares[10:] == sorted(shares[10:], reverse=True)
    assert optimizers[1].param_groups[0]["lr"] == pytest.approx(0.5 * shares[-1])
