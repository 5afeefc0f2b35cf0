"""`metier train pretrain`."""

import pytest

from metier.cli import train_run
from metier.errors import MissingExtraError

TEXTS = [f"{kind} {name} in shift {number}" for number, kind in enumerate("abcdefghij") for name in ("nurse", "welder")]


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "texts.txt").write_text("\n".join(TEXTS * 2))
    return tmp_path / "texts.txt"


def test_an_unknown_objective_is_wrong_usage(invoke, texts, tmp_path):
    assert invoke("train", "pretrain", texts, "--out", tmp_path / "o", "--objective", "gpt").exit_code == 2


def test_without_the_extra_its_name_is_told(invoke, texts, tmp_path, monkeypatch):
    monkeypatch.setattr(train_run, "find_spec", lambda name: None)
    assert isinstance(invoke("train", "pretrain", texts, "--out", tmp_path / "o").exception, MissingExtraError)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_few_steps_on_what_ships(invoke, texts, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    choices = ("--objective", "mlm", "--epochs", 0, "--steps", 2, "--checks", 1, "--batch-size", 4)
    found = invoke("train", "pretrain", texts, "--out", tmp_path / "o", *choices)
    assert found.exit_code in {0, 3}, found.exception
    assert "nDCG@10 on the held-out queries" in found.output
