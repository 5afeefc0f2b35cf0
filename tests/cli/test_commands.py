"""The commands together, as a user runs them one after the other."""

import shutil

import pytest

from metier.plugins import BUILT_IN

DAY = ("--as-of", "2026-11-20")


def test_with_the_encoder_that_ships_each_resume_gets_its_trade_first(run, world, monkeypatch):
    monkeypatch.setitem(BUILT_IN["encoder"], "metier", "metier.models.own:metier_encoder")
    resumes = [world.welder, world.nurse, world.accountant]
    lines = run("recommend", *resumes, "--jobs", world.feed, "--json", *DAY)
    assert [line["matches"][0]["job"]["id"] for line in lines] == ["w1", "n1", "k1"]
    assert "metier-encoder" in lines[0]["versions"]["encoder"]


def test_every_quote_stands_in_the_text_that_parse_gives_and_the_factors_add_up(run, world):
    texts = {line["id"]: line["text"] for line in run("parse", world.feed, "--json")}
    for line in run("recommend", world.welder, world.nurse, world.accountant, "--jobs", world.feed, "--json", *DAY):
        resume = run("parse", line["source"], "--json")[0]["text"]
        for match in line["matches"]:
            job = texts[match["job"]["id"]]
            for reason in match["reasons"]:
                need, evidence = reason["requirement"], reason["evidence"]
                assert job[need["start"] : need["end"]] == need["text"]
                assert evidence is None or resume[evidence["start"] : evidence["end"]] == evidence["text"]
            total = match["base"] + sum(factor["contribution"] for factor in match["factors"])
            assert total == pytest.approx(match["score"], abs=1e-9)
            coverage = next(factor for factor in match["factors"] if factor["name"] == "coverage")
            shares = sum(reason["share"] for reason in match["reasons"])
            assert shares == pytest.approx(coverage["contribution"], abs=1e-9)


def test_a_feed_and_the_catalog_made_of_it_give_one_answer_with_and_without_its_index(run, world, tmp_path):
    uri = tmp_path / "c"
    run("import", "jobs", world.feed, "--catalog", uri, "--json")
    (beside,) = run("recommend", world.welder, "--jobs", world.feed, "--json", *DAY)
    (answer,) = run("recommend", world.welder, "--catalog", uri, "--json", *DAY)
    assert answer["matches"] == beside["matches"]
    shutil.rmtree(uri / "index")
    assert run("recommend", world.welder, "--catalog", uri, "--json", *DAY)[0] == answer
    assert run("catalog", "rebuild", uri, "--json")[0]["records"] == 4
    assert run("recommend", world.welder, "--catalog", uri, "--json", *DAY)[0] == answer
    assert run("catalog", "check", uri, "--json")[0]["problems"] == []
