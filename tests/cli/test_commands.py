"""The commands end to end, on the sample, as a user runs them."""

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest
from typer.testing import CliRunner

from metier.cli.main import app, main
from metier.sample import demo_resumes, jobs_path, resumes_path

WELDER, NURSE, ACCOUNTANT = map(str, demo_resumes())
ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())
PARSED = json.loads(files("metier.schema").joinpath("parse.schema.json").read_text())
RUN = CliRunner()


def run(*arguments, code=0):
    result = RUN.invoke(app, list(arguments))
    assert result.exit_code == code, (result.output, result.exception)
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_recommend_gives_each_resume_its_trade_first():
    lines = run("recommend", WELDER, NURSE, ACCOUNTANT, "--jobs", str(jobs_path()), "--json", "--as-of", "2026-11-20")
    assert [line["source"] for line in lines] == [WELDER, NURSE, ACCOUNTANT]
    assert [line["matches"][0]["job"]["id"] for line in lines] == ["s-001", "s-003", "s-006"]
    for line in lines:
        jsonschema.validate(line, ANSWER)


def test_every_quote_stands_at_its_offsets_and_the_factors_add_up():
    arguments = ("recommend", WELDER, NURSE, "--jobs", str(jobs_path()), "--json", "--as-of", "2026-11-20")
    texts = {line["id"]: line["text"] for line in run("parse", str(jobs_path()), "--json")}
    for line in run(*arguments):
        resume = run("parse", line["source"], "--json")[0]["text"]
        for match in line["matches"]:
            job = texts[match["job"]["id"]]
            for reason in match["reasons"]:
                need, evidence = reason["requirement"], reason["evidence"]
                assert job[need["start"] : need["end"]] == need["text"]
                assert evidence is None or resume[evidence["start"] : evidence["end"]] == evidence["text"]
            total = match["base"] + sum(factor["contribution"] for factor in match["factors"])
            assert total == pytest.approx(match["score"], abs=1e-6)
            coverage = next(factor for factor in match["factors"] if factor["name"] == "coverage")
            assert sum(reason["share"] for reason in match["reasons"]) == pytest.approx(
                coverage["contribution"], abs=1e-6
            )


def test_the_same_command_gives_the_same_bytes_whatever_the_order_of_the_feed(tmp_path):
    lines = jobs_path().read_text().splitlines()
    backwards, half = tmp_path / "backwards.jsonl", tmp_path / "half.jsonl"
    backwards.write_text("\n".join(reversed(lines)))
    half.write_text("\n".join(lines[::2]))
    scores = []
    for feed in (jobs_path(), backwards, half):
        answer = run("recommend", WELDER, "--jobs", str(feed), "--json", "--as-of", "2026-11-20", "-n", "50")[0]
        scores.append({match["job"]["id"]: match["score"] for match in answer["matches"]})
    assert scores[0] == scores[1]
    assert all(scores[0][key] == score for key, score in scores[2].items())


def test_people_finds_the_nurse():
    answer = run("people", f"{jobs_path()}#s-003", "--resumes", WELDER, NURSE, ACCOUNTANT, "--json")[0]
    jsonschema.validate(answer, ANSWER)
    assert answer["matches"][0]["person"]["source"] == NURSE


def test_an_unreadable_resume_is_one_line_and_the_others_go_on(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    lines = run("recommend", str(broken), WELDER, "--jobs", str(jobs_path()), "--json", code=1)
    assert lines[0]["error"]["hint"]
    assert lines[0]["source"] == str(broken)
    assert lines[1]["matches"]


def test_parse_tells_profiles_from_jobs(tmp_path):
    profile = run("parse", WELDER, "--json")[0]
    jsonschema.validate(profile, PARSED)
    assert profile["kind"] == "profile"
    jobs = run("parse", str(jobs_path()), "--json")
    assert {job["kind"] for job in jobs} == {"job"}
    assert jobs[0]["id"] == "s-001"


def test_import_then_recommend_from_the_catalog(tmp_path):
    uri = str(tmp_path / "catalog")
    lines = run("import", "jobs", str(jobs_path()), "--catalog", uri, "--json")
    assert lines[-1]["added"] == 26
    assert sum(len(line["committed"]) for line in lines[:-1]) == 26
    assert run("import", "jobs", str(jobs_path()), "--catalog", uri, "--json")[-1]["unchanged"] == 26
    assert run("catalog", "check", uri, "--json")[0]["problems"] == []
    answer = run("recommend", WELDER, "--catalog", uri, "--json", "--as-of", "2026-11-20")[0]
    shutil.rmtree(tmp_path / "catalog" / "index", ignore_errors=True)
    assert run("catalog", "rebuild", uri, "--json")[0]["records"] == 26
    assert run("recommend", WELDER, "--catalog", uri, "--json", "--as-of", "2026-11-20")[0] == answer


def test_import_keeps_the_good_rows_of_a_broken_feed(tmp_path):
    feed = tmp_path / "feed.jsonl"
    rows = jobs_path().read_text().splitlines()
    feed.write_text("\n".join([*rows[:5], "{broken", '{"description": "no title"}', rows[0], *rows[5:]]))
    last = run("import", "jobs", str(feed), "--catalog", str(tmp_path / "c"), "--json", code=1)[-1]
    assert (last["added"], last["failed"]) == (26, 3)
    assert all("feed.jsonl" in error["message"] and error["hint"] for error in last["errors"])


def test_explain_shows_one_pair():
    line = run("explain", WELDER, f"{jobs_path()}#s-001", "--json", "--lang", "zh")[0]
    assert "职位" in line["match"]["reasons"][0]["sentence"]


def test_config_and_usage(monkeypatch):
    monkeypatch.setenv("METIER_N", "3")
    settings = {row["name"]: row for row in run("config", "--json")[0]["settings"]}
    assert (settings["n"]["value"], settings["n"]["from"]) == (3, "METIER_N")
    assert RUN.invoke(app, ["recommend"]).exit_code == 2
    assert RUN.invoke(app, ["recommend", WELDER, "--as-of", "soon"]).exit_code == 2


def test_an_error_is_one_line_with_its_remedy(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["metier", "people", "nothing.csv#1", "--resumes", str(resumes_path())])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "nothing.csv" in capsys.readouterr().err


def test_tables_for_people(tmp_path):
    result = RUN.invoke(app, ["demo"])
    assert result.exit_code == 0, result.output
    assert "TIG Welder" in result.output
