"""A sentence-transformers model of random weights on disk: the contract, its id, its cuts, and what is broken.

Needs the extra `torch`: `make test-full` installs it.
"""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from metier.errors import MissingExtraError, ModelError
from metier.models import hugging_face
from metier.models.hugging_face import HuggingFaceEncoder, fingerprint
from metier.models.options import EncoderOptions
from metier.testing import EncoderContract

needs_torch = pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="the extra torch is not installed")
heavy = [
    pytest.mark.slow,
    needs_torch,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] welder nurse registered senior java developer query : . 护 士".split()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Make the smallest BERT that encodes sentences, and save it."""
    transformers = pytest.importorskip("transformers")
    sentences = pytest.importorskip("sentence_transformers")
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    base = tmp_path_factory.mktemp("bert")
    (base / "vocab.txt").write_text("\n".join(WORDS))
    pytest.importorskip("torch").manual_seed(0)
    shape = {"num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 64}
    config = transformers.BertConfig(vocab_size=len(WORDS), hidden_size=32, intermediate_size=64, **shape)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(base)
    transformers.BertTokenizerFast(vocab_file=str(base / "vocab.txt")).save_pretrained(base)
    layers = [modules.Transformer(str(base), max_seq_length=16), modules.Pooling(32, "mean")]
    prompts = {"query": "query : "}
    made = tmp_path_factory.mktemp("model")
    sentences.SentenceTransformer(modules=layers, prompts=prompts, device="cpu").save(
        str(made), create_model_card=False
    )
    return made


@pytest.fixture
def copy(folder, tmp_path):
    return Path(shutil.copytree(folder, tmp_path / "copy"))


class TestHuggingFaceEncoder(EncoderContract):
    pytestmark = heavy

    @pytest.fixture(autouse=True)
    def _made(self, folder):
        self.made = HuggingFaceEncoder(name=str(folder))

    def encoder(self):
        return self.made

    def test_a_broken_character_is_no_fault(self):
        assert self.made.encode(["welder \ud800"]).shape == (1, 32)


@pytest.mark.usefixtures("folder")
class TestModel:
    pytestmark = heavy

    def test_the_prompt_is_the_models_own_by_name_or_any_text(self, folder):
        def vector(text, **options):
            return HuggingFaceEncoder(name=str(folder), options=EncoderOptions(**options)).encode([text]).tobytes()

        plain = vector("welder")
        assert vector("welder", prompt="query") == vector("welder", prompt="query : ") == vector("query : welder")
        assert vector("welder", prompt="query") != plain
        assert vector("welder", prompt="senior ") == vector("senior welder")

    def test_the_models_default_prompt_is_heeded(self, copy):
        plain = HuggingFaceEncoder(name=str(copy)).encode(["query : welder"]).tobytes()
        file = copy / "config_sentence_transformers.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | {"default_prompt_name": "query"}))
        assert HuggingFaceEncoder(name=str(copy)).encode(["welder"]).tobytes() == plain

    def test_what_is_longer_than_the_model_reads_is_told(self, folder):
        texts = ["welder " * 14, "welder " * 15, "", "nurse"]
        assert HuggingFaceEncoder(name=str(folder)).cut(texts) == [False, True, False, False]
        assert HuggingFaceEncoder(name=str(folder)).cut([]) == []
        shorter = HuggingFaceEncoder(name=str(folder), options=EncoderOptions(max_tokens=8))
        assert shorter.cut(["welder " * 6, "welder " * 7]) == [False, True]
        longer = HuggingFaceEncoder(name=str(folder), options=EncoderOptions(max_tokens=999))
        assert longer.cut(texts) == [False, True, False, False]

    def test_the_prompt_counts_too(self, folder):
        prompted = HuggingFaceEncoder(name=str(folder), options=EncoderOptions(prompt="query"))
        assert prompted.cut(["welder " * 12, "welder " * 13]) == [False, True]

    def test_vectors_can_be_shortened(self, folder):
        short = HuggingFaceEncoder(name=str(folder), options=EncoderOptions(dimensions=8))
        whole = HuggingFaceEncoder(name=str(folder)).encode(["welder"])[0][:8]
        assert short.size == 8
        np.testing.assert_allclose(short.encode(["welder"])[0], whole / np.linalg.norm(whole), rtol=1e-5)

    def test_weights_that_are_not_there_are_not_made_up(self, copy):
        files = pytest.importorskip("safetensors.torch")
        weights = files.load_file(copy / "model.safetensors")
        del weights["encoder.layer.1.attention.self.query.weight"]
        files.save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
        with pytest.raises(ModelError, match=r"1 of its weights are not there, such as 'encoder\.layer\.1") as told:
            HuggingFaceEncoder(name=str(copy)).encode(["welder"])
        assert "another model" in told.value.hint

    def test_weights_of_another_model_are_refused(self, copy):
        torch, files = pytest.importorskip("torch"), pytest.importorskip("safetensors.torch")
        weights = {name: torch.zeros(5, 5) for name in files.load_file(copy / "model.safetensors")}
        files.save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
        with pytest.raises(ModelError, match="cannot be loaded"):
            HuggingFaceEncoder(name=str(copy)).encode(["welder"])

    @pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json", "modules.json"])
    def test_a_broken_file_is_an_error_that_names_the_model(self, copy, file):
        (copy / file).write_bytes(b"{broken")
        with pytest.raises(ModelError, match="cannot be loaded") as told:
            HuggingFaceEncoder(name=str(copy)).encode(["welder"])
        assert str(copy) in str(told.value)


def test_the_id_is_what_the_files_hold_wherever_they_are(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name / "1_Pooling").mkdir(parents=True)
        (tmp_path / name / "model.safetensors").write_bytes(b"weights" if name != "c" else b"others")
        (tmp_path / name / "1_Pooling" / "config.json").write_text("{}")
    (tmp_path / "b" / "README.md").write_text("a card")
    (tmp_path / "b" / "onnx").mkdir()
    (tmp_path / "b" / "onnx" / "model.onnx").write_bytes(b"the same for another engine")
    first, same, other = (HuggingFaceEncoder(name=str(tmp_path / name)).model_id for name in ("a", "b", "c"))
    assert first == same != other
    assert first == f"hf:sha256-{fingerprint(tmp_path / 'a')}"
    (tmp_path / "b" / "1_Pooling" / "config.json").write_text('{"pooling_mode": "cls"}')
    assert fingerprint(tmp_path / "b") != fingerprint(tmp_path / "a")
    short = HuggingFaceEncoder(name=str(tmp_path / "a"), options=EncoderOptions(dimensions=8))
    assert short.model_id == f"{first}+dimensions=8"


class Hub:
    """Stands for huggingface_hub."""

    def __init__(self, folder=None):
        self.folder = folder
        self.asked = {}

    def snapshot_download(self, name, **options):
        self.asked = {"name": name, **options}
        if self.folder is None:
            raise OSError("We couldn't connect to the hub\nsecond line")
        return str(self.folder)


@pytest.fixture
def with_hub(monkeypatch):
    """Put a hub in the place of the real one, as if the extra were installed."""

    def put(hub):
        monkeypatch.setattr(hugging_face, "find_spec", lambda _: True)
        monkeypatch.setattr(hugging_face, "import_module", lambda _: hub)
        return hub

    return put


def test_the_id_of_a_name_on_the_hub_is_its_commit(with_hub, tmp_path):
    commit = "5617a9f61b028005a4858fdac845db406aefb181"
    hub = with_hub(Hub(tmp_path / "snapshots" / commit))
    assert HuggingFaceEncoder(name="BAAI/bge-m3").model_id == f"hf:BAAI/bge-m3@{commit[:12]}"
    assert (hub.asked["name"], hub.asked["revision"]) == ("BAAI/bge-m3", None)
    assert HuggingFaceEncoder(name=f"BAAI/bge-m3@{commit}").model_id == f"hf:BAAI/bge-m3@{commit[:12]}"
    assert hub.asked["revision"] == commit


def test_a_name_that_is_nowhere_is_an_error(with_hub):
    with_hub(Hub())
    with pytest.raises(ModelError, match="neither a folder nor to be had from the hub: We couldn't connect") as told:
        _ = HuggingFaceEncoder(name="no/such").model_id
    assert "second line" not in str(told.value)
    assert told.value.hint


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setattr(hugging_face, "find_spec", lambda _: None)
    for name in ("BAAI/bge-m3", str(tmp_path)):
        with pytest.raises(MissingExtraError) as told:
            HuggingFaceEncoder(name=name).encode(["welder"])
        assert "metier[torch]" in told.value.hint


def test_which_scripts_are_read_is_as_said():
    assert HuggingFaceEncoder(name="x").reads("高级护士")
    assert not HuggingFaceEncoder(name="x", options=EncoderOptions(reads_han=False)).reads("高级护士")
