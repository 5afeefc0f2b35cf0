"""`metier train distil`: a teacher's scores, from a file or an encoder."""

import json

import pytest

from metier.cli import train_distil, train_run
from metier.cli.train_run import Wishes
from metier.errors import InputError, MissingExtraError
from metier.models.named import open_encoder
from metier.training.recipe import recipe_of

KINDS = ["staff", "night", "junior", "senior"]
TRADES = {"welder": "metalwork", "nurse": "care", "baker": "food", "driver": "transport", "clerk": "office"}
ROWS = [(f"{kind} {name}", trade) for name, trade in TRADES.items() for kind in KINDS]
RECIPE = recipe_of("default", loss="mse")


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps({"text_a": one, "text_b": other}) for one, other in ROWS))
    return path


def wishes(path, tmp_path):
    return Wishes(pairs=path, out=tmp_path / "o", base="metier")


def test_without_the_extra_its_name_is_told(invoke, pairs, tmp_path, monkeypatch):
    monkeypatch.setattr(train_run, "find_spec", lambda name: None)
    found = invoke("train", "distil", pairs, "--out", tmp_path / "o", "--teacher", "metier")
    assert isinstance(found.exception, MissingExtraError)


def test_a_loss_that_learns_no_scores_is_wrong_usage(invoke, pairs, tmp_path):
    found = invoke("train", "distil", pairs, "--out", tmp_path / "o", "--teacher", "metier", "--loss", "mnrl")
    assert found.exit_code == 2


def test_an_encoder_scores_the_pairs_and_others_beside_them(pairs, tmp_path):
    train, held, judged = train_distil._parts(wishes(pairs, tmp_path), "metier", RECIPE)
    assert {pair.label for pair in held} == {1.0}
    assert len({pair.label for pair in train}) > 10
    assert not {pair.left for pair in held} & {pair.left for pair in train}
    assert {pair.left for pair in judged} == {pair.left for pair in held}
    assert len(train) > len(ROWS) - len(held)


def test_a_file_scores_the_pairs_that_are_there(pairs, tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("text_a,text_b,label\n" + "".join(f"{one},{other},0.75\n" for one, other in ROWS))
    train, held, judged = train_distil._parts(wishes(pairs, tmp_path), str(path), RECIPE)
    assert {pair.label for pair in train} == {0.75}
    assert len(train) + len(held) == len(ROWS)
    assert judged == []
    path.write_text("text_a,text_b,label\nx,y,0.75\n")
    with pytest.raises(InputError, match="no score of"):
        train_distil._parts(wishes(pairs, tmp_path), str(path), RECIPE)


def test_texts_alone_are_held_out_whole(invoke, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    path = tmp_path / "texts.txt"
    path.write_text("\n".join(one for one, _ in ROWS))
    train, held, judged = train_distil._parts(wishes(path, tmp_path), "metier", RECIPE)
    asked = {pair.left for pair in held}
    assert asked
    assert not asked & {text for pair in train for text in (pair.left, pair.right)}
    assert {pair.left for pair in judged} == asked
    found = invoke("train", "distil", path, "--out", tmp_path / "o", "--teacher", "cross:x")
    assert found.exit_code == 2


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_what_ships_learns_a_few_steps_from_a_file(invoke, pairs, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    path = tmp_path / "scores.csv"
    path.write_text(
        "text_a,text_b,label\n" + "".join(f"{one},{other},0.{turn % 9 + 1}\n" for turn, (one, other) in enumerate(ROWS))
    )
    choices = ("--steps", 2, "--epochs", 0, "--checks", 1, "--batch-size", 8, "--threads", 1, "--keep")
    found = invoke("train", "distil", pairs, "--out", tmp_path / "o", "--teacher", path, *choices)
    assert found.exit_code == 0, found.exception
    assert json.loads((tmp_path / "o" / "run.json").read_text())["teacher"] == "scores.csv"
    assert open_encoder(f"onnx:{tmp_path / 'o'}").size == 384
