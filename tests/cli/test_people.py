import json
from importlib.resources import files

import jsonschema
import pytest

ANSWER = json.loads(files("metier.schema").joinpath("answer.schema.json").read_text())
DAY = ("--as-of", "2026-11-20")


@pytest.mark.parametrize("job", ["#n1", "#3"])
def test_a_job_is_named_by_its_id_or_its_row_and_finds_its_person(run, world, job):
    resumes = ("--resumes", world.welder, world.nurse, world.accountant)
    (answer,) = run("people", world.feed + job, *resumes, "--json", *DAY)
    jsonschema.validate(answer, ANSWER)
    assert answer["source"] == world.feed + job
    assert answer["matches"][0]["person"]["source"] == world.nurse
    assert "Bo Ek" not in json.dumps(answer["matches"][0]["person"])


def test_people_come_from_folders_and_tables(run, world, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text('id,resume\np1,"Registered nurse, intensive care of ventilated patients, NMC registration"\np2,\n')
    (answer,) = run("people", world.feed + "#n1", "--resumes", world.folder, table, "--json", *DAY, code=1)
    assert {match["person"]["id"] for match in answer["matches"]} > {"p1"}
    assert len(answer["matches"]) == 4
    (error,) = answer["errors"]
    assert "people.csv" in error["source"]
    assert error["hint"]


def test_people_come_from_a_catalog(run, world, tmp_path):
    uri = tmp_path / "c"
    run("import", "people", world.folder, "--catalog", uri, "--json")
    (beside,) = run("people", world.feed + "#k1", "--resumes", world.folder, "--json", *DAY)
    (within,) = run("people", world.feed + "#k1", "--catalog", uri, "--json", *DAY)
    assert within == beside
    assert within["matches"][0]["person"]["source"] == world.accountant


def test_both_directions_give_one_score(run, world):
    (people,) = run("people", world.feed + "#w1", "--resumes", world.folder, "--json", *DAY)
    (jobs,) = run("recommend", world.welder, "--jobs", world.feed, "--json", *DAY)
    score = next(match["score"] for match in jobs["matches"] if match["job"]["id"] == "w1")
    assert people["matches"][0]["score"] == score


@pytest.mark.parametrize(
    ("job", "told"),
    [("nothing.csv#1", "nothing.csv"), ("{feed}#nobody", "nobody"), ("{feed}#9", "9"), ("{feed}", "4 postings")],
)
def test_a_job_that_is_not_there_is_told_with_a_remedy(invoke, world, job, told):
    result = invoke("people", job.format(feed=world.feed), "--resumes", world.folder)
    assert result.exit_code == 1
    assert told in str(result.exception)
    assert result.exception.hint


def test_the_reasons_are_shown_for_people(invoke, world):
    result = invoke("people", world.feed + "#n1", "--resumes", world.folder, "-n", "1", "--lang", "zh", *DAY)
    assert result.exit_code == 0
    assert "符合" in result.stdout
