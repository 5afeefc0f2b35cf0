"""The demo, over a sample of three people and the jobs of the small feed."""

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest

import metier.sample

ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())


@pytest.fixture(autouse=True)
def _small_sample(monkeypatch, world, tmp_path):
    rows = [json.loads(row) for row in (tmp_path / "feed.jsonl").read_text().splitlines()]
    (tmp_path / "feed.jsonl").write_text(
        "\n".join(json.dumps(row) for row in [rows[2] | {"id": metier.sample.demo_job()}, *rows])
    )
    folder = tmp_path / "sample"
    folder.mkdir()
    for path in metier.sample.demo_resumes():
        shutil.copy(path, folder)
    paths = tuple(folder / path.name for path in metier.sample.demo_resumes())
    monkeypatch.setattr("metier.sample.jobs_path", lambda: tmp_path / "feed.jsonl")
    monkeypatch.setattr("metier.sample.resumes_path", lambda: folder)
    monkeypatch.setattr("metier.sample.demo_resumes", lambda: paths)


def test_jobs_for_three_people_and_people_for_one_job(run):
    *people, job = run("demo", "--json")
    assert len(people) == 3
    assert job["source"] == metier.sample.demo_job()
    for line in (*people, job):
        jsonschema.validate(line, ANSWER)
        assert line["matches"]


def test_the_tables_say_what_to_do_next(invoke):
    result = invoke("demo", "--lang", "zh")
    assert result.exit_code == 0
    assert "职位" in result.stdout
    assert "metier recommend" in result.stderr


def test_the_demo_is_the_same_on_any_day_and_with_any_setting(invoke, monkeypatch):
    before = invoke("demo", "--json").stdout
    monkeypatch.setenv("METIER_N", "1")
    assert invoke("demo", "--json").stdout == before
    assert '"as_of":"2026-11-20"' in before


def test_a_language_that_is_not_spoken_is_wrong_usage(invoke):
    assert invoke("demo", "--lang", "fr").exit_code == 2
