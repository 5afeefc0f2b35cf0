def test_what_ships_is_told_without_any_load(run, invoke, tmp_path):
    (status,) = run("taxonomy", "status", "--folder", tmp_path / "none", "--cycles", "--json")
    assert (status["loaded"], status["cycles"]) == ([], [])
    assert status["nodes"]["skill"] > 10_000
    assert status["inferred"] >= status["edges"]["cooccurs"] > 0
    assert not (tmp_path / "none").exists()
    assert "nodes:" in invoke("taxonomy", "status", "--folder", tmp_path / "none").stdout


def test_loaded_versions_are_told_and_which_is_used(run, invoke, tmp_path):
    for version in ("1", "2"):
        (tmp_path / "Occupation Data.txt").write_text("O*NET-SOC Code\tTitle\n51-4121.00\tWelders\n")
        run(
            "taxonomy",
            "load",
            tmp_path / "Occupation Data.txt",
            "--version",
            version,
            "--folder",
            tmp_path / "s",
            "--json",
        )
    (status,) = run("taxonomy", "status", "--folder", tmp_path / "s", "--json")
    assert [(one["version"], one["is_used"]) for one in status["loaded"]] == [("1", False), ("2", True)]
    assert "onet 1" in invoke("taxonomy", "status", "--folder", tmp_path / "s").stdout
