"""`metier train promote|rollback`: only what wins and widens no gap, and back to the same bytes."""

import json

import pytest

from metier.catalog import Catalog, ModelRun


@pytest.fixture
def add(event_catalog, trained):
    """Keep a run of which other things were measured."""

    def make(key, **changed):
        report = trained["report"] | {"wins": True} | changed
        with Catalog.open(str(event_catalog)) as opened:
            model = opened.models.one(trained["run"]).model
            opened.models.add(ModelRun(id=key, kind="ranker", model=model, report=json.dumps(report)))

    return make


def test_promotion_changes_answers_and_rollback_gives_the_same_bytes(invoke, run, event_catalog, trained, world):
    command = ("recommend", world.welder, world.nurse, "--catalog", event_catalog, "--json", "--as-of", "2026-11-20")
    before = invoke(*command).stdout
    run("train", "promote", trained["run"], "--catalog", event_catalog, "--force", "--json")
    promoted = invoke(*command).stdout
    first, second = map(json.loads, (before.splitlines()[0], promoted.splitlines()[0]))
    assert second["versions"]["weights"] == trained["run"]
    assert [one["score"] for one in first["matches"]] != [one["score"] for one in second["matches"]]
    for match in second["matches"]:
        whole = match["base"] + sum(factor["contribution"] for factor in match["factors"])
        assert whole == pytest.approx(match["score"], abs=1e-9)
    (told,) = run("train", "rollback", "--catalog", event_catalog, "--json")
    assert told == {"in_use": None}
    assert invoke(*command).stdout == before


def test_what_does_not_win_is_refused_unless_forced_which_is_recorded(invoke, run, event_catalog, add):
    add("worse", wins=False, gain={"mean": -0.01, "low": -0.02, "high": 0.01})
    result = invoke("train", "promote", "worse", "--catalog", event_catalog)
    assert (result.exit_code, result.exception.code) == (1, "bad_input")
    assert "worse does not win" in str(result.exception)
    (told,) = run("train", "promote", "worse", "--catalog", event_catalog, "--force", "--json")
    assert told["in_use"] == "worse"
    assert "does not win" in told["forced_over"][0]
    run("train", "rollback", "--catalog", event_catalog, "--json")
    runs = {one["run"]: one for one in run("train", "runs", "--catalog", event_catalog, "--json")}
    assert runs["worse"]["forced_over"] == told["forced_over"]
    assert "forced" in invoke("train", "runs", "--catalog", event_catalog).stdout


def test_a_gap_that_widens_beyond_the_bound_is_refused(invoke, run, event_catalog, add):
    add("wide", widened=0.05)
    result = invoke("train", "promote", "wide", "--catalog", event_catalog)
    assert "widens the gap between groups by 0.0500, more than 0.02" in str(result.exception)
    assert (
        run("train", "promote", "wide", "--catalog", event_catalog, "--gap-bound", "0.1", "--json")[0]["forced_over"]
        == []
    )


def test_what_was_compared_with_another_ranker_than_the_one_in_use_is_refused(invoke, run, event_catalog, add):
    add("first")
    add("second")
    run("train", "promote", "first", "--catalog", event_catalog, "--json")
    result = invoke("train", "promote", "second", "--catalog", event_catalog)
    assert "was compared with zero-shot-2+session-1, but first is in use" in str(result.exception)
    assert run("train", "promote", "first", "--catalog", event_catalog, "--json")[0]["forced_over"] == []


def test_people_are_told_what_was_forced(invoke, event_catalog, add):
    add("wide", widened=0.05)
    result = invoke("train", "promote", "wide", "--catalog", event_catalog, "--force")
    assert "forced, and recorded: it widens the gap" in result.stderr
    assert "answers from now on" in result.stderr


def test_nothing_there(invoke, run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "d", "--json")
    assert invoke("train", "rollback", "--catalog", tmp_path / "d").exception.code == "not_found"
    assert invoke("train", "promote", "none", "--catalog", tmp_path / "d").exception.code == "not_found"
