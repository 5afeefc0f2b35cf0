"""`metier train score` of folders that hold nothing to score with; heads are in test_train_head.py."""

import pytest

from metier.cli import train_score
from metier.errors import MissingExtraError, ModelError


@pytest.fixture
def pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text("text_a,text_b\nTIG welder,metalwork\nnurse,bakery\n")
    return tmp_path / "pairs.csv"


def test_without_pytorch_the_extra_is_named(invoke, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(train_score, "find_spec", lambda name: None)
    assert isinstance(invoke("train", "score", tmp_path, pairs).exception, MissingExtraError)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_empty_folder_says_how_one_is_made(invoke, pairs, tmp_path):
    pytest.importorskip("torch")
    found = invoke("train", "score", tmp_path, pairs)
    assert isinstance(found.exception, ModelError)
    assert "cross-encoder" in found.exception.hint
