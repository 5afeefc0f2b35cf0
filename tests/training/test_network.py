"""The network: dropout, recomputed states, states in 8 bits."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def one(network, **_):
    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    return network(ids, ids != 1)


def network_of(seed=0):
    from metier.training.network import Network, Shape

    torch.manual_seed(seed)
    return Network(Shape(12, layers=2, width=24, heads=2, inner=48, positions=16))


def test_padding_moves_no_vector():
    network = network_of().eval()
    alone = network(torch.tensor([[0, 7, 2]]), torch.ones(1, 3, dtype=torch.bool))
    assert torch.allclose(one(network)[1], alone[0], atol=1e-6)


def test_dropped_states_move_a_vector_only_while_training():
    network = network_of()
    still = one(network.eval())
    network.drop(0.3)
    assert torch.equal(one(network), still)
    assert not torch.equal(one(network.train()), still)


def test_states_that_are_made_again_give_the_same_gradient():
    gradients = []
    for saves in (False, True):
        network = network_of()
        network.saves_memory = saves
        one(network).square()[:, :3].sum().backward()
        gradients.append(network.layers[0].up.weight.grad)
    assert torch.allclose(gradients[0], gradients[1], atol=1e-7)


def test_as_it_serves_states_have_few_values_and_padding_does_not_move_them():
    network = network_of().eval()
    whole = one(network)
    served = one(network.serve())
    assert not torch.equal(whole, served)
    assert torch.nn.functional.cosine_similarity(whole, served).min() > 0.99
    alone = network(torch.tensor([[0, 7, 2]]), torch.ones(1, 3, dtype=torch.bool))
    assert torch.allclose(served[1], alone[0], atol=1e-5)
