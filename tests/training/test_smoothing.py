"""Smoothing moves outliers from states to weights: the vectors in full precision stay, those in 8 bits come nearer."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow
pytest.importorskip("onnx")


def test_rounded_vectors_come_nearer_and_full_ones_stay(base):
    from metier.training.restore import open_network
    from metier.training.smoothing import smooth

    network, tokenizer = open_network(base)
    with torch.no_grad():
        for layer in network.layers:
            layer.up.weight[0] *= 200  # an outlier before the second product
    ids = [tokenizer.encode(text).ids for text in ("tig welder", "staff nurse", "bus driver", "bank clerk")]
    rows = [torch.tensor([one]) for one in ids]

    def vectors():
        with torch.no_grad():
            return torch.cat([network(row, torch.ones_like(row, dtype=torch.bool)) for row in rows])

    full = vectors()
    rough = (network.serve() and vectors() * full).sum(1)
    for layer in network.layers:
        layer.rounds = False
    smooth(network, ids)
    assert torch.allclose(vectors(), full, atol=1e-5)
    fine = (network.serve() and vectors() * full).sum(1)
    assert fine.mean() > rough.mean()
    assert all((layer.down_factors != 1).any() for layer in network.layers)
