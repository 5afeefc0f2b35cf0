"""`metier train runs`: what was trained."""


def test_runs_are_listed_with_what_was_measured(invoke, run, event_catalog, trained):
    (listed,) = run("train", "runs", "--catalog", event_catalog, "--json")
    assert (listed["run"], listed["is_in_use"], listed["forced_over"]) == (trained["run"], False, [])
    assert listed["report"] == trained["report"]
    assert "nDCG@10" in invoke("train", "runs", "--catalog", event_catalog).stdout


def test_nothing_there(invoke, run, world, tmp_path):
    assert invoke("train", "runs").exit_code == 2
    assert invoke("train", "runs", "--catalog", tmp_path / "nothing").exit_code == 1
    run("import", "jobs", world.feed, "--catalog", tmp_path / "d", "--json")
    assert "nothing was trained" in invoke("train", "runs", "--catalog", tmp_path / "d").stderr
