"""`metier train encoder`: wrong pairs and choices are said before anything is loaded; a whole run is slow."""

import json

import pytest

from metier.cli import train_run
from metier.errors import ConfigError, InputError, MissingExtraError
from metier.models.named import open_encoder

KINDS = ["staff", "night", "junior", "senior"]
TRADES = {"welder": "metalwork", "nurse": "care", "baker": "food", "driver": "transport", "clerk": "office"}


@pytest.fixture
def pairs(tmp_path):
    rows = [{"text_a": f"{kind} {name}", "text_b": trade} for name, trade in TRADES.items() for kind in KINDS]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path / "pairs.jsonl"


def test_without_the_extra_its_name_is_told(invoke, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(train_run, "find_spec", lambda name: None)
    found = invoke("train", "encoder", pairs, "--out", tmp_path / "out")
    assert isinstance(found.exception, MissingExtraError)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("choices", [("--loss", "hinge"), ("--preset", "fast"), ("--adaptation", "head")])
def test_wrong_choices_are_said_first(invoke, pairs, tmp_path, choices):
    found = invoke("train", "encoder", pairs, "--out", tmp_path / "out", *choices)
    assert isinstance(found.exception, ConfigError)


def test_leaked_and_odd_rows_are_told(invoke, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(train_run, "find_spec", lambda name: None)
    lines = pairs.read_text().splitlines()
    validation = tmp_path / "held.jsonl"
    validation.write_text("\n".join([lines[0], lines[0], '{"text_a": "cook", "text_b": "food"}']))
    told = invoke("train", "encoder", pairs, "--validation", validation, "--out", tmp_path / "out").output
    assert "held.jsonl: 1 of 3 rows say what an earlier row says" in told
    assert "1 held-out pairs are in the training too; they are left out of the training" in told
    found = invoke("train", "encoder", pairs, "--validation", pairs, "--out", tmp_path / "out")
    assert isinstance(found.exception, InputError)


def test_only_contradictions_leave_nothing(invoke, tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("text_a,text_b,label\na,b,1\na,b,0\n")
    found = invoke("train", "encoder", path, "--out", tmp_path / "out")
    assert isinstance(found.exception, InputError)
    assert "no pair is left" in str(found.exception)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_what_ships_is_tuned_with_lora_and_serves(run, invoke, pairs, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("peft")
    pytest.importorskip("onnx")
    out = tmp_path / "out"
    choices = (
        "--adaptation",
        "lora",
        "--steps",
        3,
        "--epochs",
        0,
        "--checks",
        1,
        "--batch-size",
        8,
        "--threads",
        1,
        "--keep",
    )
    found = invoke("train", "encoder", pairs, "--validation", pairs_of(tmp_path), "--out", out, *choices, "--json")
    assert found.exit_code == 0, found.exception
    told = json.loads(next(line for line in found.output.splitlines() if line.startswith("{")))
    assert told["promoted"]
    assert told["parity"] > 0.99
    assert told["trained_weights"] < 400_000
    assert "s a step, peak" in found.output
    assert open_encoder(f"onnx:{out}").size == 384
    pytest.importorskip("matplotlib")
    assert run("train", "report", out, "--json")[0]["written"].endswith("report.html")


def pairs_of(tmp_path):
    rows = [{"text_a": f"{name} wanted", "text_b": trade} for name, trade in TRADES.items()]
    (tmp_path / "held.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path / "held.jsonl"
