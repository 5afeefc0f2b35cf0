"""An encoder in a folder: its parts, its id, and what is missing. That it encodes is tested where one is written."""

import json
import shutil

import pytest

from metier.errors import ModelError
from metier.models.folder import CARD, TOKENIZER, WEIGHTS, folder_encoder
from metier.models.named import open_encoder
from metier.models.own import metier_encoder


@pytest.fixture
def folder(tmp_path):
    """Make a folder of what ships."""
    own = metier_encoder()
    made = tmp_path / "mine"
    made.mkdir()
    shutil.copy(own.model_path, made / WEIGHTS)
    shutil.copy(own.tokenizer_path, made / TOKENIZER)
    (made / CARD).write_text('{"format": 1, "size": 384, "max_tokens": 256}')
    return made


def test_it_encodes_as_the_same_weights_do_and_is_named_by_them(folder, tmp_path):
    encoder = open_encoder(f"onnx:{folder}")
    assert encoder.encode(["staff nurse"]).tolist() == metier_encoder().encode(["staff nurse"]).tolist()
    moved = folder.rename(tmp_path / "other")
    assert folder_encoder(moved).model_id == encoder.model_id
    (moved / CARD).write_text('{"format": 1, "size": 384, "max_tokens": 128}')
    assert folder_encoder(moved).model_id != encoder.model_id


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, CARD])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        folder_encoder(folder)


@pytest.mark.parametrize("card", ["{", "[]", "{}", json.dumps({"format": 9, "size": 1, "max_tokens": 1})])
def test_a_broken_card_says_what_to_do(folder, card):
    (folder / CARD).write_text(card)
    with pytest.raises(ModelError) as told:
        folder_encoder(folder)
    assert told.value.hint
