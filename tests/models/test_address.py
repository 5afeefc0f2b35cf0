"""An address names a server and a model, and holds no password."""

import pytest

from metier.errors import ConfigError
from metier.models.address import ModelAddress


def read(address):
    return ModelAddress.of(address, what="chat model", route="/chat/completions")


def test_a_server_and_a_model_are_told_apart():
    found = read("http://LocalHost:11434/v1/chat/completions#qwen3:8b")
    assert (found.base_url, found.model) == ("http://LocalHost:11434/v1", "qwen3:8b")
    assert found.name == "localhost:11434/v1#qwen3:8b"


@pytest.mark.parametrize("wrong", ["", "qwen3", "http://#m", "ftp://h/v1#m", "http://h/v1", "http://h:x/v1#m"])
def test_what_is_no_address_is_named(wrong):
    with pytest.raises(ConfigError, match="chat model"):
        read(wrong)


def test_a_password_is_refused_and_not_told():
    with pytest.raises(ConfigError, match="password") as told:
        read("https://me:hunter2@host/v1#m")
    assert "hunter2" not in str(told.value)
