import pytest
import typer

from metier.cli.source import Faults, open_recommender, read_all_jobs, read_all_people
from metier.config import Settings
from metier.errors import CatalogError, InputError, NotFoundError
from metier.resumes import UnreadResume


@pytest.fixture
def recommender():
    return open_recommender("", Settings(depth=7, policy="mark"))


def test_settings_reach_the_recommender(recommender):
    assert (recommender.depth, recommender.policy, recommender.encoder.model_id) == (7, "mark", "hash-64")


def test_a_catalog_is_made_only_where_it_may_be(tmp_path):
    uri = str(tmp_path / "c")
    with pytest.raises(CatalogError):
        open_recommender(uri, Settings())
    open_recommender(uri, Settings(), make=True)
    assert open_recommender(uri, Settings()).catalog.uri == uri


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(recommender, world, tmp_path, capsys):
    with (tmp_path / "feed.jsonl").open("a") as feed:
        feed.write("\n{broken\n")
    (tmp_path / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    faults = Faults()
    assert len(list(read_all_jobs([world.feed], recommender, faults))) == 4
    assert len(list(read_all_people([world.folder], recommender, faults))) == 3
    assert len(faults.told) == 2
    errors = capsys.readouterr().err
    assert errors.count("error: ") == 2
    assert "4 jobs read" in errors
    assert "3 people read" in errors
    with pytest.raises(typer.Exit) as ended:
        faults.end()
    assert ended.value.exit_code == 1


def test_without_a_fault_the_command_ends_as_it_should():
    faults = Faults()
    faults.end()
    assert faults.told == []


def test_a_fault_keeps_its_code_and_the_resume_its_source():
    faults = Faults()
    faults.tell(NotFoundError("there is no file"))
    faults.tell(UnreadResume(source="a.pdf", error=InputError("it is empty", hint="Fill it.")))
    assert [fault["code"] for fault in faults.told] == ["not_found", "bad_input"]
    assert faults.told[1]["source"] == "a.pdf"
