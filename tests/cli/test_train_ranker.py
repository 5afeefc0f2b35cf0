"""`metier train`: learn, promote only what wins, go back to the same bytes."""

import datetime as dt
import json
import random

import pytest

from metier.catalog import Catalog, ModelRun
from metier.training.ranker import RankerTraining

TRADES = {"welder": "TIG welding of stainless pipe", "nurse": "Care for patients in intensive care"}


@pytest.fixture(autouse=True)
def _few_questions(monkeypatch):
    monkeypatch.setattr(
        RankerTraining.__init__, "__kwdefaults__", {**(RankerTraining.__init__.__kwdefaults__ or {}), "most": 24}
    )


@pytest.fixture
def catalog(run, world, tmp_path):
    """Fill a catalog with jobs of two trades, and people who look at those of one of them."""
    rows = [
        {"id": f"{trade}{number}", "title": f"{trade} {number}", "company": f"Employer {number}",
         "description": f"Requirements\n- {duty}\n- shift {number}\n"}
        for trade, duty in TRADES.items()
        for number in range(30)
    ]  # fmt: skip
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run("import", "jobs", tmp_path / "many.jsonl", "--catalog", tmp_path / "c", "--json")
    chance = random.Random(1)
    start = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    events = ["user,item,time,kind"]
    for person in range(150):
        trade = chance.choice(list(TRADES))
        for step in range(4):
            at = start + dt.timedelta(hours=10 * person + step)
            events.append(f"somebody{person},{trade}{int(30 * chance.random() ** 3)},{at.isoformat()},click")
    (tmp_path / "events.csv").write_text("\n".join(events))
    run("import", "events", tmp_path / "events.csv", "--catalog", tmp_path / "c", "--json")
    return tmp_path / "c"


@pytest.fixture
def trained(run, catalog):
    (told,) = run("train", "ranker", "--catalog", catalog, "--json")
    return told


def test_a_ranker_is_trained_listed_and_changes_nothing_by_itself(run, catalog, trained, world):
    (listed,) = run("train", "runs", "--catalog", catalog, "--json")
    assert (listed["run"], listed["is_in_use"]) == (trained["run"], False)
    assert listed["report"] == trained["report"]
    (answer,) = run("recommend", world.welder, "--catalog", catalog, "--json", "--as-of", "2026-11-20")
    assert answer["versions"]["weights"] == "zero-shot-2+session-1"


def test_promotion_changes_answers_and_rollback_gives_the_same_bytes(invoke, run, catalog, trained, world):
    command = ("recommend", world.welder, world.nurse, "--catalog", catalog, "--json", "--as-of", "2026-11-20")
    before = invoke(*command).stdout
    run("train", "promote", trained["run"], "--catalog", catalog, "--force", "--json")
    promoted = invoke(*command).stdout
    first, second = map(json.loads, (before.splitlines()[0], promoted.splitlines()[0]))
    assert second["versions"]["weights"] == trained["run"]
    assert [one["score"] for one in first["matches"]] != [one["score"] for one in second["matches"]]
    for match in second["matches"]:
        whole = match["base"] + sum(factor["contribution"] for factor in match["factors"])
        assert whole == pytest.approx(match["score"], abs=1e-9)
    (told,) = run("train", "rollback", "--catalog", catalog, "--json")
    assert told == {"in_use": None}
    assert invoke(*command).stdout == before


def test_what_does_not_win_is_refused_unless_forced(invoke, run, catalog, trained):
    report = json.dumps(trained["report"] | {"wins": False, "gain": {"mean": -0.01, "low": -0.02, "high": 0.01}})
    with Catalog.open(str(catalog)) as opened:
        model = opened.models.one(trained["run"]).model
        opened.models.add(ModelRun(id="worse", kind="ranker", model=model, report=report))
    result = invoke("train", "promote", "worse", "--catalog", catalog)
    assert (result.exit_code, result.exception.code) == (1, "bad_input")
    assert "worse does not win" in str(result.exception)
    assert run("train", "promote", "worse", "--catalog", catalog, "--force", "--json")[0]["in_use"] == "worse"


def test_people_see_the_comparison(invoke, catalog):
    result = invoke("train", "ranker", "--catalog", catalog)
    assert result.exit_code == 0
    assert "measured on" in result.stdout
    assert "→" in result.stdout
    assert "goes on answering" in result.stderr
    listed = invoke("train", "runs", "--catalog", catalog)
    assert "nDCG@10" in listed.stdout


def test_wrong_usage_and_nothing_there(invoke, run, world, tmp_path):
    assert invoke("train", "ranker").exit_code == 2
    assert invoke("train", "runs", "--catalog", tmp_path / "nothing").exit_code == 1
    run("import", "jobs", world.feed, "--catalog", tmp_path / "d", "--json")
    for command, code in (("ranker", "bad_input"), ("rollback", "not_found")):
        result = invoke("train", command, "--catalog", tmp_path / "d")
        assert (result.exit_code, result.exception.code) == (1, code)
    assert "nothing was trained" in invoke("train", "runs", "--catalog", tmp_path / "d").stderr
    assert invoke("train", "promote", "none", "--catalog", tmp_path / "d").exception.code == "not_found"
