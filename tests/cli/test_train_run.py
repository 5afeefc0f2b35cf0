"""What the commands that tune share."""

import pytest
import typer

from metier.cli.train_run import NOT_WON, Wishes, finish, show_outcome
from metier.errors import UnknownComponentError
from metier.training import tracker
from metier.training.measure import Gain, Measured
from metier.training.recipe import recipe_of


class Tuned:
    trained, weights, warnings = 5, 10, ["they part ways"]


class Outcome:
    before, after = Measured(per_query={"ndcg@10": [0.5]}), Measured(per_query={"ndcg@10": [0.75]})
    gain = Gain(metric="ndcg@10", mean=0.25, interval=(0.1, 0.4))
    tuned, parity = Tuned, None

    def __init__(self, *, is_promoted):
        self.is_promoted = is_promoted


class Run:
    recipe = recipe_of("default")

    def __init__(self, *, is_promoted):
        self.is_promoted = is_promoted

    def run(self, *, resumes, tell):
        tell({"step": 1.0, "steps": 2, "loss": 0.5, "value": 0.25, "seconds_a_step": 0.1, "peak_mb": 9.0})
        return Outcome(is_promoted=self.is_promoted)

    def serves_as(self):
        return "METIER_ENCODER=onnx:out"


def wishes(tmp_path, **fields):
    return Wishes(pairs=tmp_path / "p.csv", out=tmp_path / "out", base="metier", **fields)


def test_a_run_tells_its_steps_its_warnings_and_how_it_is_used(tmp_path, capsys):
    finish(Run(is_promoted=True), wishes(tmp_path))
    told = capsys.readouterr()
    assert "step 1 of 2: loss 0.5000, held-out value 0.2500" in told.err
    assert "warning: they part ways" in told.err
    assert "before 0.5000, after 0.7500: +0.2500 nDCG@10" in told.out
    assert "METIER_ENCODER=onnx:out uses it" in told.out


def test_a_run_that_does_not_win_ends_with_its_own_code(tmp_path, capsys):
    with pytest.raises(typer.Exit) as ended:
        finish(Run(is_promoted=False), wishes(tmp_path))
    assert ended.value.exit_code == NOT_WON
    assert "nothing is promoted" in capsys.readouterr().out


def test_for_programs_it_is_one_line(capsys):
    show_outcome(Outcome(is_promoted=True), "x", as_json=True)
    assert '"metric":"ndcg@10"' in capsys.readouterr().out


def test_the_files_of_a_run_are_named(tmp_path):
    assert wishes(tmp_path).files == [tmp_path / "p.csv"]
    assert wishes(tmp_path, validation=tmp_path / "v.csv").files == [tmp_path / "p.csv", tmp_path / "v.csv"]


def test_a_tracker_is_told_beside_the_files(tmp_path, monkeypatch):
    kept = []

    class Told:
        def begin(self, name, choices):
            kept.append((name, choices["loss"]))

        def note(self, step, values):
            kept.append((step, sorted(values)))

        def end(self, values):
            kept.append(values)

    monkeypatch.setattr(tracker, "component", lambda kind, name: Told)
    finish(Run(is_promoted=True), wishes(tmp_path, tracker="told"))
    assert kept == [
        ("out", "mnrl"),
        (1, ["loss", "peak_mb", "seconds_a_step", "value"]),
        {"before": 0.5, "after": 0.75, "gain": 0.25},
    ]


def test_an_unknown_tracker_is_said_before_anything_is_trained(tmp_path):
    with pytest.raises(UnknownComponentError, match="'paper'"):
        finish(Run(is_promoted=True), wishes(tmp_path, tracker="paper"))
