"""`metier label`: answers are kept at once; what others answered is asked again now and then."""

import json

import pytest
from typer.testing import CliRunner

from metier.cli.main import app
from metier.errors import InputError


@pytest.fixture
def ask(tmp_path):
    """Label as a person would, with answers line by line."""
    jobs = ["welder", "nurse", "baker", "driver"]
    rows = [f"{kind} {job},{other}" for kind in ("staff", "night") for job in jobs for other in jobs[:2]]
    (tmp_path / "pairs.csv").write_text("text_a,text_b\n" + "\n".join(rows))
    (tmp_path / "texts.txt").write_text("\n".join(jobs))

    def run(answers, *options, name="pairs.csv", who="ann"):
        arguments = ["label", str(tmp_path / name), "--labels", str(tmp_path / "labels.jsonl")]
        arguments += ["--annotator", who] if who else []
        return CliRunner().invoke(app, [*arguments, *options], input="".join(f"{each}\n" for each in answers))

    return run


def kept(tmp_path):
    return [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]


def test_answers_are_labels_or_their_numbers(ask, tmp_path):
    found = ask(["2", "0", "s", "maybe", "1", "q"], "-n", "8")
    assert found.exit_code == 0, found.exception
    assert [row["label"] for row in kept(tmp_path)] == ["1", "0", "1"]
    assert "'maybe' is none of them" in found.output
    assert "3 labels by ann are kept" in found.output
    assert len({(row["text_a"], row["text_b"]) for row in kept(tmp_path)}) == 3


def test_nothing_is_asked_twice_of_one_person_and_another_meets_it_again(ask, tmp_path):
    ask(["1", "0", "1", "0"], "-n", "4")
    ask(["1", "0", "1", "0"], "-n", "4")
    assert len({(row["text_a"], row["text_b"]) for row in kept(tmp_path)}) == 8
    found = ask(["1", "0", "1", "0"], "-n", "4", who="bo")
    assert "Krippendorff's alpha" in found.output
    mine = {(row["text_a"], row["text_b"]) for row in kept(tmp_path) if row["annotator"] == "ann"}
    theirs = {(row["text_a"], row["text_b"]) for row in kept(tmp_path) if row["annotator"] == "bo"}
    assert len(mine & theirs) == 1


def test_a_program_is_told_in_json(ask):
    found = ask(["1", "q"], "--json")
    assert '{"labelled":1,"annotator":"ann","alpha":null}' in found.stdout


def test_texts_have_labels_too(ask, tmp_path):
    ask(["trade", "q"], "--classes", "trade,care", name="texts.txt")
    assert kept(tmp_path)[0]["label"] == "trade"
    assert kept(tmp_path)[0]["text_b"] == ""
    assert ask([], "--classes", "one", name="texts.txt").exit_code == 2


def test_an_empty_file_says_so(ask, tmp_path):
    (tmp_path / "empty.txt").touch()
    assert isinstance(ask([], name="empty.txt").exception, InputError)


@pytest.fixture
def model(monkeypatch):
    """A chat model that says whether the second text is what the first one does."""

    def post(_self, _url, question):
        texts = json.loads(question["messages"][1]["content"])["texts"]
        label = "1" if texts[1] in texts[0] else "0"
        said = {"label": label, "quote": "salary" if texts[0] == "staff nurse" else texts[0]}
        return {"choices": [{"message": {"content": json.dumps(said)}}]}

    monkeypatch.setattr("metier.models.post.Poster.post", post)
    return "chat:127.0.0.1:9/v1#m"


def test_a_chat_model_labels_and_is_held_against_people(ask, model, tmp_path):
    chat = ("--chat", "http://127.0.0.1:9/v1#m")
    ask(["1", "0", "1", "0"], "-n", "4")
    found = ask([], *chat, "-n", "16", "--json", who="")
    assert found.exit_code == 0, found.exception
    (told,) = [json.loads(line) for line in found.stdout.splitlines() if line.startswith("{")]
    assert told["annotator"] == model
    assert told["labelled"] + told["unanswered"] == 16
    assert told["unanswered"] == 2
    assert told["against_people"]["both"] >= 3
    assert len([row for row in kept(tmp_path) if row["annotator"] == model]) == told["labelled"]
    again = ask([], *chat, "-n", "16", "--json", who="")
    assert '"labelled":0' in again.stdout


def test_people_are_told_how_far_a_model_can_be_trusted(ask, model):
    found = ask([], "--chat", "http://127.0.0.1:9/v1#m", "-n", "4", who="")
    assert "no person labelled any of them" in found.output
    ask(["0", "0", "0", "0"], "-n", "4")
    found = ask([], "--chat", "http://127.0.0.1:9/v1#m", "-n", "12", who="")
    assert "that people labelled too" in found.output


@pytest.mark.parametrize("who", ["", "chat:m"])
def test_a_person_has_a_name_of_their_own(ask, who):
    assert ask([], who=who).exit_code == 2
