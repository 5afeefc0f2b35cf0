import shutil
import sqlite3

import pytest


@pytest.fixture
def uri(run, world, tmp_path):
    run("import", "jobs", world.feed, "--catalog", tmp_path / "c", "--json")
    return tmp_path / "c"


def test_status_says_what_a_catalog_holds(run, invoke, uri):
    (status,) = run("catalog", "status", uri, "--json")
    assert (status["jobs"], status["people"], status["encoder_id"]) == (4, 0, "hash-64")
    assert "jobs  4" in invoke("catalog", "status", uri).stdout


def test_check_ends_with_0_when_nothing_is_wrong(run, invoke, uri):
    assert run("catalog", "check", uri, "--json")[0]["problems"] == []
    assert "nothing is wrong" in invoke("catalog", "check", uri).stdout


def test_check_ends_with_1_when_something_is(run, uri):
    connection = sqlite3.connect(uri / "truth.sqlite")
    connection.execute("UPDATE records SET document = '[]' WHERE id = 'w1'")
    connection.commit()
    connection.close()
    (answer,) = run("catalog", "check", uri, "--json", code=1)
    assert any("w1" in problem for problem in answer["problems"])


def test_a_deleted_index_is_made_again(run, invoke, uri):
    shutil.rmtree(uri / "index", ignore_errors=True)
    assert run("catalog", "rebuild", uri, "--json") == [{"catalog": str(uri), "records": 4}]
    assert run("catalog", "check", uri, "--json")[0]["problems"] == []
    assert "4 records" in invoke("catalog", "rebuild", uri).stdout


@pytest.mark.parametrize("verb", ["status", "check", "rebuild"])
def test_where_there_is_no_catalog_none_is_made(invoke, tmp_path, verb):
    result = invoke("catalog", verb, tmp_path / "typo")
    assert result.exit_code == 1
    assert "metier import" in result.exception.hint
    assert not (tmp_path / "typo").exists()
