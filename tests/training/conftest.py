"""The smallest encoder of random weights, in a folder as a run writes it, and pairs to tune it on."""

import pytest

from metier.training.pairs import Pair

TRADES = {
    "metalwork": ["TIG welder", "pipe welder", "MIG welder", "arc welder"],
    "care": ["staff nurse", "ward nurse", "registered nurse", "night nurse"],
    "bakery": ["pastry baker", "bread baker", "cake baker", "junior baker"],
    "transport": ["bus driver", "truck driver", "van driver", "taxi driver"],
    "administration": ["office clerk", "bank clerk", "mail clerk", "desk clerk"],
    "education": ["maths teacher", "art teacher", "school teacher", "music teacher"],
}
WORDS = sorted({word for trade, names in TRADES.items() for text in [trade, *names] for word in text.lower().split()})


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """Give the base `onnx:FOLDER` of a network of 2 layers and 24 dimensions."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    from metier.training.encoder_folder import write_encoder
    from metier.training.network import Network, Shape

    pieces = ["<s>", "<pad>", "</s>", "<unk>", *WORDS]
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(pieces)}, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    torch.manual_seed(1)
    network = Network(Shape(len(pieces), layers=2, width=24, heads=2, inner=48, positions=64))
    folder = tmp_path_factory.mktemp("tiny")
    write_encoder(network.eval(), tokenizer, folder)
    return f"onnx:{folder}"


@pytest.fixture(scope="session")
def pairs():
    """Give pairs of a name and its trade, each fitting, and as many that do not fit."""
    trades = list(TRADES)
    good = [Pair(left=name, right=trade) for trade, names in TRADES.items() for name in names]
    bad = [
        Pair(left=name, right=trades[(place + 1) % len(trades)], label=0.0)
        for place, names in enumerate(TRADES.values())
        for name in names
    ]
    return [*good, *bad]


@pytest.fixture
def scorer_of(base):
    """Make a scorer of the tiny network by choices of a recipe."""
    from metier.training.recipe import recipe_of
    from metier.training.restore import open_network
    from metier.training.scorer import PairScorer

    torch = pytest.importorskip("torch")

    def make(**choices):
        network, tokenizer = open_network(base)
        torch.manual_seed(0)
        return PairScorer(network, tokenizer, recipe_of("default", **choices))

    return make
