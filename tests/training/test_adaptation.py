"""Adaptations: what moves, and what is left once it is merged."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow
from metier.training.recipe import recipe_of


@pytest.fixture
def network(base):
    from metier.training.restore import open_network

    return open_network(base)[0]


@pytest.mark.parametrize(("name", "most"), [("lora", 0.5), ("adalora", 0.8)])
@pytest.mark.filterwarnings("ignore")
def test_low_rank_additions_move_and_merge(network, name, most):
    from metier.training.adaptation import adapt

    whole = sum(weight.numel() for weight in network.parameters())
    adapted = adapt(network, recipe_of("default", adaptation=name, rank=2), steps=12)
    assert 0 < adapted.trained() < most * whole
    moving = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(moving, lr=0.02)
    ids = torch.tensor([[0, 5, 6, 2]])
    for step in range(12):
        (network(ids, ids >= 0)[:, 0].sum() + adapted.penalty()).backward()
        optimizer.step()
        adapted.allocate(step)
        optimizer.zero_grad()
    network.eval()
    moved = network(ids, ids >= 0)
    assert (name == "adalora") == bool(adapted.state())
    assert torch.allclose(adapted.merged()(ids, ids >= 0), moved, atol=1e-4)
    assert not any("lora" in key for key in adapted.merged().state_dict())


def test_all_moves_or_nothing(network):
    from metier.training.adaptation import adapt

    assert adapt(network, recipe_of("default"), steps=1).trained() == sum(w.numel() for w in network.parameters())
    frozen = adapt(network, recipe_of("default", adaptation="head", head="linear"), steps=1)
    assert frozen.trained() == 0
    assert frozen.merged() is network
