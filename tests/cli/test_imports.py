import json

import pytest

from metier.plugins import BUILT_IN
from metier.testing import HashEncoder

DAY = ("--as-of", "2026-11-20")


def test_each_batch_is_told_once_it_is_committed_and_the_end_counts(run, world, tmp_path):
    command = ("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json", *DAY)
    *batches, last = run(*command)
    assert [key for line in batches for key in line["committed"]] == ["w1", "w2", "n1", "k1"]
    assert batches[-1]["total"] == 4
    assert last == {
        "catalog": str(tmp_path / "c"),
        "kind": "jobs",
        "added": 4,
        "changed": 0,
        "unchanged": 0,
        "failed": 0,
        "cut": 0,
        "errors": [],
    }
    assert run(*command)[-1]["unchanged"] == 4


def test_a_row_that_changed_is_counted_and_found_as_it_is_now(run, world, tmp_path):
    command = ("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    run(*command)
    rows = [json.loads(row) for row in (tmp_path / "feed.jsonl").read_text().splitlines()]
    rows[1]["title"] = "Pipe welder"
    (tmp_path / "feed.jsonl").write_text("\n".join(map(json.dumps, rows)))
    last = run(*command)[-1]
    assert (last["changed"], last["unchanged"]) == (1, 3)
    (answer,) = run("recommend", world.welder, "--catalog", tmp_path / "c", "--json", *DAY)
    assert "Pipe welder" in {match["job"]["title"] for match in answer["matches"]}


def test_the_good_rows_of_a_broken_feed_go_in(run, world, tmp_path):
    feed = tmp_path / "feed.jsonl"
    rows = feed.read_text().splitlines()
    feed.write_text("\n".join([*rows[:2], "{broken", '{"description": "no title"}', rows[0], *rows[2:]]))
    last = run("import", "jobs", feed, "--catalog", tmp_path / "c", "--json", code=1)[-1]
    assert (last["added"], last["failed"]) == (4, 3)
    assert all("feed.jsonl" in error["message"] and error["hint"] for error in last["errors"])


def test_a_feed_that_is_not_there_is_one_error_and_the_next_one_goes_in(run, world, tmp_path):
    command = ("import", "jobs", tmp_path / "nothing.csv", world.feed, "--catalog", tmp_path / "c", "--json")
    last = run(*command, code=1)[-1]
    assert (last["added"], last["failed"]) == (4, 1)
    assert "nothing.csv" in last["errors"][0]["message"]
    assert last["errors"][0]["code"] == "not_found"


def test_people_go_in_and_one_that_cannot_be_read_is_one_error(run, world, tmp_path):
    (tmp_path / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    last = run("import", "people", world.folder, "--catalog", tmp_path / "c", "--json", code=1)[-1]
    assert (last["kind"], last["added"], last["failed"]) == ("people", 3, 1)
    assert last["errors"][0]["source"].endswith("broken.pdf")


def test_the_catalog_may_be_a_setting_and_must_be_named(run, invoke, world, tmp_path, monkeypatch):
    assert invoke("import", "jobs", world.feed).exit_code == 2
    monkeypatch.setenv("METIER_CATALOG", str(tmp_path / "c"))
    assert run("import", "jobs", world.feed, "--json")[-1]["catalog"] == str(tmp_path / "c")


def test_the_catalog_of_another_encoder_is_refused(run, invoke, world, tmp_path, monkeypatch):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    monkeypatch.setitem(BUILT_IN["encoder"], "metier", "metier.models.own:metier_encoder")
    result = invoke("import", "jobs", world.feed, "--catalog", tmp_path / "c")
    assert (result.exit_code, result.exception.code) == (1, "encoder_mismatch")


def test_a_summary_for_people_goes_beside_the_answer(invoke, world, tmp_path):
    result = invoke("import", "jobs", world.feed, "--catalog", tmp_path / "c")
    assert result.stdout == ""
    assert "4 added, 0 changed, 0 unchanged, 0 failed" in result.stderr


@pytest.mark.parametrize("what", ["jobs", "people"])
def test_nothing_to_import_is_wrong_usage(invoke, what):
    assert invoke("import", what).exit_code == 2


def test_texts_that_the_encoder_cut_are_counted(run, invoke, world, tmp_path, monkeypatch):
    class Short(HashEncoder):
        def cut(self, texts):
            return [len(text) > 20 for text in texts]

    monkeypatch.setattr("metier.testing.ShortEncoder", Short, raising=False)
    monkeypatch.setitem(BUILT_IN["encoder"], "short", "metier.testing:ShortEncoder")
    monkeypatch.setenv("METIER_ENCODER", "short")
    assert run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")[-1]["cut"] > 4
    assert run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")[-1]["cut"] == 0
    assert "texts were longer" in invoke("import", "people", world.folder, "--catalog", tmp_path / "c").stderr
