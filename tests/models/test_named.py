"""Encoders by name: what is built in, what Hugging Face and servers have, cached where that pays."""

import pytest

from metier.config import Settings
from metier.errors import ConfigError, UnknownComponentError
from metier.models.cached import CachedEncoder
from metier.models.endpoint import EndpointEncoder
from metier.models.hugging_face import HuggingFaceEncoder
from metier.models.named import open_encoder
from metier.models.options import EncoderOptions
from metier.plugins import BUILT_IN


def test_a_built_in_name_is_made_without_a_cache(monkeypatch):
    monkeypatch.setitem(BUILT_IN["encoder"], "hash", "metier.testing:HashEncoder")
    assert open_encoder("hash").model_id == "hash-64"


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UnknownComponentError) as told:
        open_encoder("maxilm")
    assert "metier" in told.value.hint


def test_an_address_is_a_server_with_its_settings(tmp_path):
    settings = Settings(
        encoder_key_variable="OTHER_KEY",
        encoder_batch=7,
        encoder_timeout_s=3,
        encoder_retries=1,
        encoder_prompt="query: ",
        encoder_dimensions=256,
        encoder_max_tokens=512,
        encoder_reads="latin",
        vector_cache=str(tmp_path),
        vector_cache_mb=5,
    )
    cached = open_encoder("https://api.example.com/v1#m", settings)
    assert isinstance(cached, CachedEncoder)
    inner = cached.inner
    assert isinstance(inner, EndpointEncoder)
    assert (inner.model, inner.batch) == ("m", 7)
    assert (inner.poster.key_variable, inner.poster.timeout_s, inner.poster.retries) == ("OTHER_KEY", 3, 1)
    assert inner.options == EncoderOptions(prompt="query: ", dimensions=256, max_tokens=512, reads_han=False)
    assert (cached.store.path, cached.store.max_bytes) == (tmp_path / "vectors.sqlite", 5_000_000)


def test_a_name_of_hugging_face_is_not_loaded_before_it_is_needed(tmp_path):
    settings = Settings(encoder_device="cuda", vector_cache=str(tmp_path))
    cached = open_encoder("hf:BAAI/bge-m3@main", settings)
    assert isinstance(cached, CachedEncoder)
    inner = cached.inner
    assert isinstance(inner, HuggingFaceEncoder)
    assert (inner.name, inner.device, inner.options) == ("BAAI/bge-m3@main", "cuda", EncoderOptions())


def test_the_cache_is_in_the_users_folder_unless_another_is_set_or_none():
    found = open_encoder("https://api.example.com/v1#m")
    assert isinstance(found, CachedEncoder)
    assert found.store.path.name == "vectors.sqlite"
    assert "metier" in str(found.store.path)
    assert isinstance(open_encoder("https://api.example.com/v1#m", Settings(vector_cache="off")), EndpointEncoder)


@pytest.mark.parametrize("name", ["hf:", "hf: ", "https://api.example.com/v1", "http://"])
def test_a_name_that_is_not_whole_says_how_one_is(name):
    with pytest.raises(ConfigError) as told:
        open_encoder(name)
    assert "Write it as" in told.value.hint
