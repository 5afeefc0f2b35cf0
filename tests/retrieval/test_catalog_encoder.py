"""Encoders that a catalog keeps: found by the id of its vectors, copied whole or not at all."""

import shutil

import pytest

from metier.catalog import MEMORY, Catalog
from metier.errors import CatalogError, ModelError
from metier.models.folder import CARD, TOKENIZER, WEIGHTS, folder_encoder
from metier.models.own import metier_encoder
from metier.retrieval.catalog_encoder import encoder_of, keep_encoder, kept_encoder
from metier.testing import HashEncoder

OTHER = HashEncoder(size=384)


@pytest.fixture
def folder(tmp_path):
    """Give the encoder that ships as the folder of a run."""
    own = metier_encoder()
    (tmp_path / "run").mkdir()
    shutil.copyfile(own.model_path, tmp_path / "run" / WEIGHTS)
    shutil.copyfile(own.tokenizer_path, tmp_path / "run" / TOKENIZER)
    (tmp_path / "run" / CARD).write_text('{"format": 1, "size": 384, "max_tokens": 256}')
    return tmp_path / "run"


def test_the_vectors_say_whose_they_are(folder, tmp_path):
    uri = str(tmp_path / "c")
    assert encoder_of(uri, OTHER) is OTHER
    assert encoder_of(MEMORY, OTHER) is OTHER
    Catalog.open(uri, encoder_id=OTHER.model_id, size=384).close()
    kept = keep_encoder(uri, folder)
    assert encoder_of(uri, OTHER) is OTHER
    assert kept.model_id == folder_encoder(folder).model_id == kept_encoder(uri, kept.model_id).model_id
    shutil.rmtree(tmp_path / "c" / "index", ignore_errors=True)
    with Catalog.open(uri) as opened, opened.reencoding(kept.model_id, 384) as work:
        work.switch()
    shutil.rmtree(folder)
    assert encoder_of(uri, OTHER).model_id == kept.model_id


def test_a_full_disk_leaves_nothing_half(folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(CatalogError, match="No space left"):
            keep_encoder(str(tmp_path / "c"), folder)
    assert list((tmp_path / "c" / "encoders").iterdir()) == []
    with pytest.raises(ModelError):
        kept_encoder(str(tmp_path / "c"), "onnx:sha256-1")
    assert keep_encoder(str(tmp_path / "c"), folder).size == 384
    assert keep_encoder(str(tmp_path / "c"), folder).size == 384
