import shutil
import sqlite3

import pytest

from metier.plugins import BUILT_IN
from metier.testing import HashEncoder


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


@pytest.fixture
def _next(monkeypatch):
    """Give an encoder by the name of `next`, which says that it cuts all texts."""

    class NextEncoder(HashEncoder):
        def __init__(self):
            super().__init__(size=12)

        def cut(self, texts):
            return [True] * len(texts)

    monkeypatch.setattr("metier.testing.NextEncoder", NextEncoder, raising=False)
    monkeypatch.setitem(BUILT_IN["encoder"], "next", "metier.testing:NextEncoder")


@pytest.mark.usefixtures("_next")
def test_a_catalog_is_re_encoded_and_answers_with_the_new_encoder(run, invoke, uri, world, monkeypatch):
    *moves, last = run("catalog", "reencode", uri, "--encoder", "next", "--json")
    assert moves == [{"reencoded": 4, "total": 4}]
    assert (last["catalog"], last["encoder_id"], last["records"]) == (str(uri), "hash-12", 4)
    assert last["cut"] > 4
    assert run("catalog", "status", uri, "--json")[0]["encoder_id"] == "hash-12"
    result = invoke("recommend", world.welder, "--catalog", uri)
    assert (result.exit_code, result.exception.code) == (1, "encoder_mismatch")
    assert f"metier catalog reencode {uri}" in result.exception.hint
    monkeypatch.setenv("METIER_ENCODER", "next")
    assert run("recommend", world.welder, "--catalog", uri, "--json")[0]["matches"]
    assert "0 records encoded with hash-12" in invoke("catalog", "reencode", uri).stdout


@pytest.mark.usefixtures("_next")
def test_the_encoder_may_be_a_setting(invoke, uri, monkeypatch):
    monkeypatch.setenv("METIER_ENCODER", "next")
    result = invoke("catalog", "reencode", uri)
    assert "4 records encoded with hash-12" in result.stdout
    assert "were cut" in result.stderr


def test_what_is_not_there_is_not_re_encoded(invoke, uri, tmp_path):
    assert invoke("catalog", "reencode", tmp_path / "typo").exit_code == 1
    assert invoke("catalog", "reencode", uri, "--encoder", "nobody's").exception.code == "unknown_component"
