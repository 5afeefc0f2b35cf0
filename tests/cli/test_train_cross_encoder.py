"""`metier train cross-encoder`: a recipe of the encoder's command, nothing of its own."""

import pytest

from metier.cli import train_cross_encoder
from metier.errors import ConfigError


@pytest.fixture
def pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text("text_a,text_b,label\na,b,1\nc,d,0\n")
    return tmp_path / "pairs.csv"


def test_it_is_the_common_run_with_the_form_of_a_cross_encoder(invoke, pairs, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(train_cross_encoder, "tune", lambda wishes, recipe: asked.append((wishes, recipe)))
    found = invoke("train", "cross-encoder", pairs, "--out", tmp_path / "o", "--head", "mlp", "--negatives", 2)
    assert found.exit_code == 0, found.exception
    ((wishes, recipe),) = asked
    assert (recipe.form, recipe.loss, recipe.head, recipe.negatives) == ("cross-encoder", "bce", "mlp", 2)
    assert wishes.pairs == pairs


@pytest.mark.parametrize("choices", [("--loss", "mnrl"), ("--head", "late")])
def test_what_reads_two_texts_apart_is_refused(invoke, pairs, tmp_path, choices):
    found = invoke("train", "cross-encoder", pairs, "--out", tmp_path / "o", *choices)
    assert isinstance(found.exception, ConfigError)
