"""`metier train sweep`: trials told, the best kept as a run, gone on with the same command."""

import pytest

from metier.cli import train_run, train_sweep
from metier.errors import MissingExtraError

pytest.importorskip("optuna")


def test_trials_are_kept_and_more_of_them_go_on(run, invoke, event_catalog, few_questions, tmp_path):
    command = ("train", "sweep", "--catalog", event_catalog, "--out", tmp_path / "sweep")
    (first,) = run(*command, "--trials", "1", "--json")
    assert [one["number"] for one in first["trials"]] == [0]
    (listed,) = run("train", "runs", "--catalog", event_catalog, "--json")
    assert listed["run"] == first["run"]
    result = invoke(*command, "--trials", "2")
    assert result.exit_code == 0
    assert "trial 1: nDCG" in result.stderr
    assert "trial 0" not in result.stderr
    assert "goes on answering" in result.stderr


@pytest.mark.parametrize(("extra", "told"), [("torch", "train"), ("optuna", "sweep")])
def test_pairs_sweep_an_encoder_which_needs_extras_by_name(invoke, tmp_path, monkeypatch, extra, told):
    for module in (train_sweep, train_run):
        monkeypatch.setattr(module, "find_spec", lambda name: None if name == extra else True)
    names = [(f"{kind} {trade}", trade) for trade in ("welder", "nurse", "baker", "driver") for kind in "abcdefghij"]
    (tmp_path / "pairs.csv").write_text("\n".join(["text_a,text_b", *(",".join(pair) for pair in names)]))
    found = invoke("train", "sweep", tmp_path / "pairs.csv", "--out", tmp_path / "s")
    assert isinstance(found.exception, MissingExtraError)
    assert f"metier[{told}]" in found.exception.hint
    assert not (tmp_path / "s").exists()
