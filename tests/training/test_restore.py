"""Networks brought back: what ships, folders, BERT."""

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.slow
pytest.importorskip("onnx")


def test_the_encoder_that_ships_comes_back_with_its_vectors():
    from metier.models.own import metier_encoder
    from metier.training.encoder_folder import parity
    from metier.training.restore import open_network

    network, tokenizer = open_network("metier")
    assert network.shape.layers == 6
    texts = ["registered nurse", "TIG welder", "高级护士", "Krankenschwester", "build services in Java"]
    assert parity(metier_encoder(), network, tokenizer, texts).graph > 0.99


def test_written_and_read_again_it_has_the_same_numbers(base, tmp_path):
    from metier.training.export import write_onnx
    from metier.training.restore import open_network, read_onnx

    network, _ = open_network(base)
    write_onnx(network, tmp_path / "again.onnx")
    again = read_onnx(tmp_path / "again.onnx")
    for name, weight in network.state_dict().items():
        assert torch.allclose(weight, again.state_dict()[name], atol=1e-6), name


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_bert_gives_the_states_that_transformers_gives(tmp_path):
    from metier.training.restore import read_bert

    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    shape = {"num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 16}
    bert = transformers.BertModel(transformers.BertConfig(vocab_size=20, hidden_size=24, intermediate_size=48, **shape))
    bert.eval().save_pretrained(tmp_path)
    network = read_bert(tmp_path).eval()
    ids = torch.tensor([[3, 5, 7, 9]])
    theirs = bert(ids).last_hidden_state
    assert torch.allclose(network.states(ids, torch.ones(1, 4, dtype=torch.bool)), theirs, atol=1e-5)


def test_what_cannot_be_read_says_what_can(tmp_path, base):
    from metier.errors import ModelError
    from metier.training.restore import open_network, read_bert

    with pytest.raises(ModelError, match="cannot be read"):
        open_network(f"onnx:{tmp_path}")
    with pytest.raises(ModelError, match="cannot be read"):
        open_network(f"hf:{tmp_path}")
    (tmp_path / "encoder.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="no encoder of Metier"):
        open_network(f"onnx:{tmp_path}")
    (tmp_path / "config.json").write_text('{"model_type": "gpt2"}')
    from safetensors.torch import save_file

    save_file({"a": torch.zeros(1)}, str(tmp_path / "model.safetensors"))
    with pytest.raises(ModelError, match="not a BERT"):
        read_bert(tmp_path)
