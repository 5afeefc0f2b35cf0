"""`metier train sweep`: trials told, the best kept as a run, gone on with the same command."""

import pytest

pytest.importorskip("optuna")


def test_trials_are_kept_and_more_of_them_go_on(run, invoke, event_catalog, few_questions, tmp_path):
    command = ("train", "sweep", "--catalog", event_catalog, "--out", tmp_path / "sweep")
    (first,) = run(*command, "--trials", "1", "--json")
    assert [one["number"] for one in first["trials"]] == [0]
    (listed,) = run("train", "runs", "--catalog", event_catalog, "--json")
    assert listed["run"] == first["run"]
    result = invoke(*command, "--trials", "2")
    assert result.exit_code == 0
    assert "trial 1: nDCG" in result.stdout
    assert "trial 0" not in result.stdout
    assert "goes on answering" in result.stderr
