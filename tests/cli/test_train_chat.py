"""`metier train chat`."""

import pytest

from metier.cli import train_run
from metier.errors import ConfigError, MissingExtraError

ROWS = "text_a,text_b,label\n" + "".join(
    f"{kind} welder,metalwork,1\n{kind} nurse,metalwork,0\n" for kind in "abcdefgh"
)


@pytest.fixture
def pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text(ROWS)
    return tmp_path / "pairs.csv"


def test_without_the_extra_its_name_is_told(invoke, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(train_run, "find_spec", lambda name: None)
    found = invoke("train", "chat", pairs, "--out", tmp_path / "o", "--base", "hf:x")
    assert isinstance(found.exception, MissingExtraError)
    assert not (tmp_path / "o").exists()


def test_a_base_must_be_named_and_has_no_head(invoke, pairs, tmp_path):
    assert invoke("train", "chat", pairs, "--out", tmp_path / "o").exit_code == 2
    found = invoke("train", "chat", pairs, "--out", tmp_path / "o", "--base", "hf:x", "--adaptation", "head")
    assert found.exit_code == 2
    assert "yes and no" in found.output


def test_the_encoder_that_ships_says_no_yes(invoke, pairs, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    found = invoke("train", "chat", pairs, "--out", tmp_path / "o", "--base", "metier")
    assert isinstance(found.exception, ConfigError)
