import pytest

HEAD = "O*NET-SOC Code\tTitle\n"


@pytest.fixture
def download(tmp_path):
    folder = tmp_path / "db_29_0_text"
    folder.mkdir()
    (folder / "Occupation Data.txt").write_text(HEAD + "51-4121.00\tWelders, Cutters\nx\tbad\n")
    (folder / "Job Zones.txt").write_text("x\n")
    return folder


def test_it_says_what_was_taken_and_what_was_not(run, invoke, download, tmp_path):
    (report,) = run("taxonomy", "load", download, "--folder", tmp_path / "s", "--json")
    assert (report["taxonomy"], report["version"], report["nodes"]) == ("onet", "29.0", {"occupation": 1, "group": 1})
    assert report["files"][0]["skipped"] == {"no O*NET-SOC code": 1}
    assert report["not_taken"][0]["file"].endswith("Job Zones.txt")
    shown = invoke("taxonomy", "load", download, "--folder", tmp_path / "s").stdout.replace("\n", "")
    assert "1 no O*NET-SOC code" in shown
    assert "not taken" in shown


def test_a_missing_column_is_an_error_that_names_it(invoke, download, tmp_path):
    (download / "Occupation Data.txt").write_text("O*NET-SOC Code\tName\n1\t2\n")
    result = invoke("taxonomy", "load", download, "--folder", tmp_path / "s")
    assert result.exit_code == 1
    assert "'Title'" in str(result.exception)
    assert not (tmp_path / "s").exists()


def test_the_setting_names_the_folder(run, download, tmp_path, monkeypatch):
    monkeypatch.setenv("METIER_TAXONOMIES", str(tmp_path / "set"))
    (report,) = run("taxonomy", "load", download, "--json")
    assert report["path"] == str(tmp_path / "set" / "onet-29.0.npz")
    assert run("taxonomy", "status", "--json")[0]["loaded"][0]["version"] == "29.0"
