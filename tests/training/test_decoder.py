"""A decoder of Hugging Face that is tuned like the encoders."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("peft")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
from pathlib import Path

from metier.errors import ConfigError, ModelError
from metier.training.recipe import recipe_of

IDS = [[0, 30, 31, 32], [0, 40, 41], [0, 50, 51, 52, 53, 54]]


@pytest.fixture
def held(decoder):
    from metier.training.decoder import open_decoder

    return open_decoder(decoder)


def test_a_text_is_read_as_if_it_were_alone(held):
    network = held.network.eval()
    with torch.no_grad():
        together = network.last_logits(IDS, in_bf16=False)
        for row, ids in enumerate(IDS):
            plain = network.model(input_ids=torch.tensor([ids])).logits[0, -1]
            torch.testing.assert_close(together[row], plain, atol=1e-4, rtol=1e-4)


def test_each_token_is_asked_of_those_before_it(held):
    network = held.network.eval()
    with torch.no_grad():
        told = network.token_loss(IDS, in_bf16=False)
        logits = network.model(input_ids=torch.tensor([IDS[1]])).logits[0, :-1].log_softmax(-1)
    assert told.shape == (3, 5)
    assert told[1, 2:].eq(0).all()
    assert told[1, 0].item() == pytest.approx(-logits[0, 40].item(), abs=1e-4)
    assert told[1, 1].item() == pytest.approx(-logits[1, 41].item(), abs=1e-4)


def test_lora_stands_beside_all_products_but_the_last_and_is_merged_into_a_folder(held, tmp_path):
    import transformers

    from metier.training.adaptation import adapt

    network = held.network
    assert network.places == ["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"]
    whole = sum(weight.numel() for weight in network.parameters())
    adapted = adapt(network, recipe_of("default", adaptation="lora", rank=2), steps=3)
    assert 0 < adapted.trained() < whole / 5
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if "lora_B" in name:
                weight.fill_(0.05)
        merged = adapted.merged().eval()
        expected = merged.last_logits(IDS, in_bf16=False)
    held.write(merged, tmp_path / "out")
    again = transformers.AutoModelForCausalLM.from_pretrained(str(tmp_path / "out"))
    with torch.no_grad():
        torch.testing.assert_close(
            again(input_ids=torch.tensor([IDS[0]])).logits[0, -1], expected[0], atol=1e-4, rtol=1e-4
        )
    assert transformers.AutoTokenizer.from_pretrained(str(tmp_path / "out"))("TIG welder")["input_ids"]


def test_what_is_no_decoder_is_said(tmp_path, base):
    from metier.training.decoder import open_decoder

    with pytest.raises(ConfigError, match="is no decoder"):
        open_decoder(base)
    with pytest.raises(ModelError, match="cannot be read as a decoder"):
        open_decoder(f"hf:{Path(tmp_path)}")
