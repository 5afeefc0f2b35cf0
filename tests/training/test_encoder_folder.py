"""Encoders in folders: written, checked, taken."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow
from metier.errors import ModelError
from metier.models.folder import folder_encoder


def test_it_is_moved_whole_and_serves(scorer_of, tmp_path):
    from metier.training.encoder_folder import parity, take, write_encoder

    scorer = scorer_of()
    tried = write_encoder(scorer.network, scorer.tokenizer, tmp_path / "tried")
    assert parity(tried, scorer.network, scorer.tokenizer, ["nurse", "TIG welder"]).graph > 0.99
    name = tried.model_id
    take(tmp_path / "tried", tmp_path)
    assert folder_encoder(tmp_path).model_id == name
    assert not (tmp_path / "tried").exists()


def test_a_file_of_other_weights_is_refused(scorer_of, tmp_path):
    from metier.training.encoder_folder import parity, write_encoder

    scorer = scorer_of()
    tried = write_encoder(scorer.network, scorer.tokenizer, tmp_path)
    with torch.no_grad():
        for weight in scorer.network.parameters():
            weight.add_(torch.randn_like(weight))
    with pytest.raises(ModelError, match="other vectors"):
        parity(tried, scorer.network, scorer.tokenizer, ["nurse", "TIG welder"])
