"""`metier import events`: acknowledged batches, faults told, the rest kept."""

import json

import pytest

ROWS = "user,item,feedback_type,timestamp\np1,w1,click,2025-01-02\np1,w2,apply,2025-01-03\np2,w1,poke,2025-01-04\n"


@pytest.fixture
def catalog(run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    return tmp_path / "c"


@pytest.fixture
def events(tmp_path):
    (tmp_path / "events.csv").write_text(ROWS)
    return tmp_path / "events.csv"


def test_events_go_in_once_and_a_bad_row_is_one_error(run, catalog, events):
    *batches, last = run("import", "events", events, "--catalog", catalog, "--json", code=1)
    assert batches == [{"committed": 2, "total": 2}]
    assert (last["kind"], last["added"], last["duplicates"], last["failed"]) == ("events", 2, 0, 1)
    assert (last["unknown_people"], last["unknown_jobs"]) == (1, 0)
    assert "events.csv, row 3: there is no kind of event 'poke'" in last["errors"][0]["message"]
    again = run("import", "events", events, "--catalog", catalog, "--json", code=1)[-1]
    assert (again["added"], again["duplicates"]) == (0, 2)


def test_what_the_catalog_does_not_hold_is_kept_and_told(invoke, run, catalog, tmp_path):
    rows = [{"user": "p", "item": f"x{number}", "time": "2025-01-02"} for number in range(30)]
    (tmp_path / "e.jsonl").write_text("\n".join(map(json.dumps, rows)))
    result = invoke("import", "events", tmp_path / "e.jsonl", "--catalog", catalog)
    assert result.exit_code == 0
    assert "30 added, 0 duplicates, 0 failed, 1 unknown people, 30 unknown jobs" in result.stderr
    assert 0 < result.stderr.count("warning") <= 20


def test_a_file_that_is_not_there_does_not_stop_the_next(run, catalog, events, tmp_path):
    last = run("import", "events", tmp_path / "none.csv", events, "--catalog", catalog, "--json", code=1)[-1]
    assert (last["added"], last["failed"]) == (2, 2)


def test_wrong_usage_and_no_catalog(invoke, catalog, events, tmp_path):
    assert invoke("import", "events", events).exit_code == 2
    assert invoke("import", "events", events, "--catalog", catalog, "--kind", "poke").exit_code == 2
    result = invoke("import", "events", events, "--catalog", tmp_path / "nothing")
    assert (result.exit_code, result.exception.code) == (1, "catalog")


def test_the_next_answer_heeds_them(run, world, catalog, tmp_path):
    command = ("recommend", world.welder, "--catalog", catalog, "--json", "--as-of", "2026-11-20")
    (before,) = run(*command)
    (tmp_path / "e.csv").write_text("user,item,time,kind\nsomebody,n1,2026-11-19,click\n")
    run("import", "events", tmp_path / "e.csv", "--catalog", catalog, "--json")
    (after,) = run(*command)
    drawn = {
        match["job"]["id"]: factor["value"]
        for match in after["matches"]
        for factor in match["factors"]
        if factor["name"] == "popularity" and not factor["is_neutral"]
    }
    assert list(drawn) == ["n1"]
    assert after["versions"]["weights"] != before["versions"]["weights"]
