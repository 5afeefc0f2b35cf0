"""`metier train head` and what it makes of the files of `metier label`."""

import json

import pytest

from metier.errors import InputError, ModelError

ROWS = [("TIG welder", "trade"), ("pipe welder", "trade"), ("arc welder", "trade"), ("welder", "trade")]
ROWS += [("staff nurse", "care"), ("ward nurse", "care"), ("night nurse", "care"), ("nurse", "care")]


@pytest.fixture
def labels(tmp_path):
    (tmp_path / "labels.csv").write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in ROWS))
    return tmp_path / "labels.csv"


def test_eight_labels_make_a_head_that_labels_new_texts(run, invoke, labels, tmp_path):
    (tmp_path / "more.txt").write_text("MIG welder\nhead nurse\n")
    (told,) = run("train", "head", labels, "--out", tmp_path / "head", "--unlabelled", tmp_path / "more.txt", "--json")
    assert told["classes"] == ["care", "trade"]
    assert told["accuracy"] > told["commonest"] == 0.5
    assert json.loads((tmp_path / "head/run.json").read_text()) == told
    found = run("train", "score", tmp_path / "head", tmp_path / "more.txt", "--json")
    assert [line["label"] for line in found] == ["trade", "care"]
    assert "MIG welder\ttrade\t" in invoke("train", "score", tmp_path / "head", tmp_path / "more.txt").stdout


def test_another_encoder_is_refused(run, invoke, labels, tmp_path, monkeypatch):
    run("train", "head", labels, "--out", tmp_path / "head", "--json")
    monkeypatch.setenv("METIER_ENCODER", f"onnx:{tmp_path}")
    assert isinstance(invoke("train", "score", tmp_path / "head", labels).exception, ModelError)


def test_contradictions_are_left_out_and_one_class_is_an_error(invoke, labels, tmp_path):
    labels.write_text(labels.read_text() + "welder,care\nTIG welder,trade\n")
    told = invoke("train", "head", labels, "--out", tmp_path / "head").output
    assert "1 texts have two labels" in told
    labels.write_text("text,label\na,x\nb,x\n")
    assert isinstance(invoke("train", "head", labels, "--out", tmp_path / "head").exception, InputError)


def test_labels_of_people_for_pairs_make_a_head_of_pairs(run, tmp_path):
    given = [
        {"text_a": text, "text_b": job, "label": str(int((kind == "trade") == (job == "welder"))), "annotator": "ann"}
        for text, kind in ROWS
        for job in ("welder", "nurse")
        if text != job
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, given)) + "\n")
    run("train", "head", tmp_path / "labels.jsonl", "--out", tmp_path / "head", "--json")
    (tmp_path / "new.csv").write_text("text_a,text_b\nMIG welder,welder\nMIG welder,nurse\n")
    found = run("train", "score", tmp_path / "head", tmp_path / "new.csv", "--json")
    assert [line["label"] for line in found] == ["1", "0"]


def test_with_one_example_of_a_class_nothing_is_claimed(invoke, tmp_path):
    (tmp_path / "two.csv").write_text("text,label\nwelder,trade\nnurse,care\n")
    assert "cannot be told" in invoke("train", "head", tmp_path / "two.csv", "--out", tmp_path / "head").output


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_encoder_is_tuned_on_the_labels(run, labels, tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    (told,) = run("train", "head", labels, "--out", tmp_path / "head", "--tune", "--json")
    assert told["encoder"].startswith("onnx:")
    (tmp_path / "more.txt").write_text("MIG welder\nhead nurse\n")
    found = run("train", "score", tmp_path / "head", tmp_path / "more.txt", "--json")
    assert [line["label"] for line in found] == ["trade", "care"]
