"""The smallest encoder of random weights and pairs to tune it on; a little world of people, jobs and events."""

import datetime as dt
import random

import pytest

from metier.recommender import Recommender
from metier.records.event import Event
from metier.testing import HashEncoder
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
def decoder(tmp_path_factory):
    """Give the base `hf:FOLDER` of a Llama of random weights, with a tokenizer of bytes that the texts here train."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    texts = [*TRADES, *(name for names in TRADES.values() for name in names), "Text A Text B fit Answer yes or no"]
    special = ["<s>", "</s>", "<pad>"]
    pieces.train_from_iterator(
        texts * 4,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=special,
            show_progress=False,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        ),
    )
    folder = tmp_path_factory.mktemp("decoder")
    marks = dict(zip(("bos_token", "eos_token", "pad_token"), special, strict=True))
    transformers.PreTrainedTokenizerFast(tokenizer_object=pieces, **marks).save_pretrained(str(folder))
    config = transformers.LlamaConfig(
        vocab_size=pieces.get_vocab_size(),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=256,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=2,
    )
    torch.manual_seed(3)
    transformers.LlamaForCausalLM(config).save_pretrained(str(folder))
    return f"hf:{folder}"


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


START = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DUTIES = {"Welder": "TIG welding of stainless pipe", "Nurse": "Care for patients in intensive care"}
TOWNS = ("Sheffield", "Bristol")


@pytest.fixture(scope="session")
def jobs(job_of):
    made = []
    for trade, duty in DUTIES.items():
        for town in TOWNS:
            for number in range(8):
                text = f"Requirements\n- {duty}\n- shift {number}\n"
                fields = {"id": f"{trade}-{town}-{number}", "location": f"{town}, United Kingdom"}
                made.append(job_of(f"{trade} {number}", text, **fields))
    return made


@pytest.fixture(scope="session")
def people(person_of):
    found = []
    for number in range(6):
        for trade, duty in DUTIES.items():
            text = f"Person\n{TOWNS[number % 2]}, United Kingdom\n\nWork experience\n{trade}, Shop {number}, 01/2016 - 12/2025\n- {duty}\n"
            found.append(person_of(text, f"{trade}{number}"))
    return found


def event(key, person, job, hours, kind="click", **fields):
    at = START + dt.timedelta(hours=hours)
    values = {"id": str(key), "kind": kind, "profile_id": person, "job_id": job, "actor": "person", "at": at}
    return Event(**values | fields)


@pytest.fixture(scope="session")
def events(jobs):
    """People, most of them unknown, look at four jobs of one trade in one town each."""
    chance = random.Random(5)
    found = []
    for number in range(140):
        trade, town = chance.choice(list(DUTIES)), chance.choice(TOWNS)
        person = f"{trade}{number % 6}" if number % 3 == 0 else f"somebody{number}"
        for step in range(4):
            job = f"{trade}-{town}-{chance.randrange(8)}"
            found.append(event(f"{number}-{step}", person, job, 5 * number + step))
    return found


@pytest.fixture
def recommender(graph, jobs, people, tmp_path):
    made = Recommender.open(str(tmp_path / "c"), encoder=HashEncoder(), graph=graph)
    made.add([*jobs, *people], with_parts=True)
    yield made
    made.catalog.close()


@pytest.fixture(scope="session")
def event_of():
    return event
