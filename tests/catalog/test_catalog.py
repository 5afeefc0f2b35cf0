"""The catalog: what is acknowledged is in the next answer, and what is gone is gone."""

import datetime as dt
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from metier.catalog import Catalog
from metier.catalog.schema import leases, open_truth
from metier.errors import CatalogError, EncoderMismatchError, NotFoundError
from metier.models.wording import Wording, wording
from metier.records.event import Event
from metier.records.job import Job
from metier.records.profile import Profile
from metier.retrieval.index import Indexer, lexical_text
from metier.testing import HashEncoder

ENCODER = HashEncoder()
TEXTS = {
    "w1": "TIG welder of stainless pipe",
    "w2": "MIG welder, nights",
    "n": "Nurse, intensive care",
    "后端": "Java 后端工程师",
}
JOBS = [Job(id=key, source="feed.csv", title=text.split(",")[0], text=text) for key, text in TEXTS.items()]
DAY = dt.date(2026, 11, 20)


def opened(uri):
    return Catalog.open(str(uri), encoder_id=ENCODER.model_id, size=ENCODER.size)


def write(catalog, *records):
    return Indexer(catalog=catalog, encoder=ENCODER).write(records)


def by_text(catalog, query, depth=12):
    return [key for key, _ in catalog.search_text("job", query, depth=depth)]


def by_vector(catalog, query, depth=12):
    return [key for key, _ in catalog.search_dense("job", ENCODER.encode([query])[0], depth=depth)]


@pytest.fixture
def catalog(tmp_path):
    with opened(tmp_path / "c") as made:
        write(made, *JOBS)
        yield made


def test_what_is_written_is_found_at_once(catalog):
    assert sorted(by_text(catalog, "welder stainless")) == ["w1", "w2"]
    assert by_vector(catalog, TEXTS["n"])[0] == "n"
    assert catalog.jobs(["n", "w1"]) == [JOBS[2], JOBS[0]]
    assert catalog.check() == []


def test_writing_again_changes_only_what_has_changed(catalog):
    seen = replace(JOBS[0], row=9, source="other.csv", last_seen=DAY)
    summary = write(
        catalog, seen, replace(JOBS[1], title="Driver", text="Driver of lorries"), replace(JOBS[0], id="new")
    )
    assert (summary.added, summary.changed, summary.unchanged) == (1, 1, 1)
    assert by_text(catalog, "lorries") == ["w2"]
    assert "w2" not in by_text(catalog, "MIG nights")


def test_the_last_of_two_rows_with_one_id_is_kept(catalog):
    assert write(catalog, replace(JOBS[0], id="x"), replace(JOBS[2], id="x")).added == 1
    assert catalog.jobs(["x"])[0].text == JOBS[2].text


def test_a_changed_job_keeps_the_day_it_was_first_seen(catalog):
    write(catalog, replace(JOBS[0], id="x", first_seen=DAY))
    write(catalog, replace(JOBS[1], id="x", first_seen=DAY + dt.timedelta(days=30)))
    assert catalog.jobs(["x"])[0].first_seen == DAY


def test_a_person_and_a_job_may_have_one_id(catalog):
    write(catalog, Profile(id="w1", source="a.pdf", text="Welder for ten years"))
    catalog.delete("job", ["w1"])
    assert catalog.ids("person") == ["w1"]
    assert catalog.people(["w1"])[0].text == "Welder for ten years"


def test_what_is_deleted_is_gone_and_may_come_back(catalog):
    assert catalog.delete("job", ["w1", "nobody"]) == 1
    assert "w1" not in by_text(catalog, "TIG welder") + by_vector(catalog, "TIG welder")
    assert catalog.count("job") == len(JOBS) - 1
    with pytest.raises(NotFoundError):
        catalog.jobs(["n", "w1"])
    write(catalog, JOBS[0])
    assert by_text(catalog, "TIG") == by_vector(catalog, TEXTS["w1"], depth=1) == ["w1"]


def test_a_job_is_current_up_to_and_on_the_day_it_ends(catalog):
    assert catalog.expire(["w2", "nobody"], on=DAY) == 1
    (ended,) = catalog.jobs(["w2"])
    assert not ended.is_expired(DAY)
    assert "w2" in catalog.current_jobs(DAY)
    assert "w2" not in catalog.current_jobs(DAY + dt.timedelta(days=1))
    assert len(catalog.current_jobs(dt.date.max)) == len(JOBS) - 1


def test_versions_change_with_their_record_alone(catalog):
    before = catalog.versions("job", ["w1", "n", "nobody"])
    catalog.expire(["n"], on=DAY)
    after = catalog.versions("job", ["w1", "n"])
    assert after["w1"] == before["w1"]
    assert after["n"] > before["n"]


def test_a_catalog_that_is_open_elsewhere_sees_each_write(catalog):
    """Even when it has searched before, so that its index is loaded."""
    with opened(catalog.uri) as other:
        assert by_text(other, "welder") == by_text(catalog, "welder")
        write(other, replace(JOBS[0], id="w3"))
        assert "w3" in by_text(other, "welder")
        assert {"w3"} <= {*by_text(catalog, "welder")} & {*by_vector(catalog, "welder")}
        other.delete("job", ["w1"])
        assert "w1" not in by_text(catalog, "TIG welder") + by_vector(catalog, "TIG welder")


def test_while_another_process_writes_the_index_the_new_rows_are_searched_beside_it(catalog):
    assert by_text(catalog, "welder")
    engine = open_truth(Path(catalog.uri))
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.insert(leases).values(name="index", holder="another", until=9e9))
    engine.dispose()
    write(catalog, *(replace(JOBS[0], id=key, text="Chef") for key in ("w1", "w2")), replace(JOBS[1], id="w3"))
    assert by_text(catalog, "welder", depth=1) == ["w3"]
    assert sorted(by_text(catalog, "chef")) == ["w1", "w2"]
    assert catalog.status().not_indexed > 0


_WRITER = """
import sys
from metier.catalog import Catalog
from metier.records.job import Job
from metier.retrieval.index import Indexer, lexical_text
from metier.testing import HashEncoder
encoder = HashEncoder()
with Catalog.open(sys.argv[1], encoder_id=encoder.model_id, size=encoder.size) as catalog:
    jobs = [Job(id=f"{n:03}", source=sys.argv[2], title="Welder", text=f"Welder {n} of {sys.argv[2]}") for n in range(150)]
    Indexer(catalog=catalog, encoder=encoder).write(jobs)
"""


def test_two_processes_that_write_the_same_ids_double_none(tmp_path):
    """An index alone doubles new keys; the truth does not."""
    uri = str(tmp_path / "c")
    processes = [subprocess.Popen([sys.executable, "-c", _WRITER, uri, name]) for name in ("north", "south")]
    assert [process.wait(60) for process in processes] == [0, 0]
    with opened(uri) as catalog:
        ids = [f"{number:03}" for number in range(150)]
        assert catalog.ids("job") == ids
        assert sorted(by_text(catalog, "welder", depth=999)) == ids
        assert sorted(by_vector(catalog, "welder", depth=999)) == ids
        assert catalog.check() == []


def test_two_that_write_the_index_at_once_double_no_row(catalog):
    def write_and_search(name):
        with opened(catalog.uri) as mine:
            for number in range(8):
                write(mine, replace(JOBS[0], id=str(number), text=f"welder {number} of {name}"))
                assert str(number) in by_text(mine, "welder")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write_and_search, ("north", "south")))
    assert sorted(by_text(catalog, "welder", depth=99)) == [*map(str, range(8)), "w1", "w2"]
    assert catalog.check() == []


@pytest.mark.parametrize("damage", ["removed", "emptied", "garbage", "half"])
def test_a_broken_index_is_made_again_with_the_same_answers(tmp_path, catalog, damage):
    before = catalog.search_text("job", "welder nurse 工程师", depth=12)
    index = tmp_path / "c" / "index"
    files = sorted(file for file in index.rglob("*") if file.is_file())
    if damage in {"removed", "emptied"}:
        shutil.rmtree(index)
    if damage == "emptied":
        (index / "job.lance").mkdir(parents=True)
    if damage == "garbage":
        for file in files:
            file.write_bytes(b"junk")
    if damage == "half":
        for file in files[::2]:
            file.unlink()
    with opened(tmp_path / "c") as again:
        assert again.search_text("job", "welder nurse 工程师", depth=12) == before
        assert again.check() == []


def test_a_rebuilt_index_gives_the_same_answers(catalog):
    before = by_text(catalog, "welder nurse"), by_vector(catalog, "welder nurse")
    assert catalog.rebuild() == len(JOBS)
    assert (by_text(catalog, "welder nurse"), by_vector(catalog, "welder nurse")) == before


def test_the_vectors_of_parts_come_back_and_are_those_of_the_record(catalog):
    found = catalog.parts("job", ["w1", "nobody"])
    assert list(found) == ["w1"]
    assert found["w1"].vectors.shape[1] == ENCODER.size
    assert Wording.from_line(found["w1"].wording) == wording(lexical_text(JOBS[0]))


def test_within_a_steady_block_a_thread_looks_for_writes_once_and_others_go_on_looking(catalog):
    with opened(catalog.uri) as other, catalog.steady():
        write(other, replace(JOBS[0], id="w3"))
        with catalog.steady():
            assert by_vector(catalog, "welder") == by_vector(catalog, "welder")
            assert catalog.versions("job", ["w3"]) == {}
        with ThreadPoolExecutor(1) as pool:
            assert list(pool.submit(catalog.versions, "job", ["w3"]).result()) == ["w3"]
    assert "w3" in by_vector(catalog, "welder")


def test_what_was_acknowledged_before_a_steady_block_is_in_it(catalog):
    with opened(catalog.uri) as other:
        write(other, replace(JOBS[0], id="w3"))
        with catalog.steady():
            assert "w3" in by_vector(catalog, "welder")


def test_another_encoder_is_refused_and_no_encoder_is_none(catalog):
    with pytest.raises(EncoderMismatchError, match="another"):
        Catalog.open(catalog.uri, encoder_id="another", size=3)
    with Catalog.open(catalog.uri) as again:
        assert (again.encoder_id, again.size) == (ENCODER.model_id, ENCODER.size)


@pytest.mark.parametrize("made", ["nothing", "folder", "empty database"])
def test_where_there_is_no_catalog_it_says_how_to_make_one(tmp_path, made):
    folder = tmp_path / "c"
    if made != "nothing":
        folder.mkdir()
    if made == "empty database":
        (folder / "truth.sqlite").touch()
    with pytest.raises(CatalogError) as told:
        Catalog.open(str(folder))
    assert "metier import" in told.value.hint
    with opened(folder) as catalog:
        assert catalog.count("job") == 0


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "feed.csv").write_text("title\n")
    with pytest.raises(CatalogError, match=r"feed\.csv"):
        opened(tmp_path / "feed.csv")


def test_a_broken_database_says_so(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "truth.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(CatalogError):
        opened(tmp_path / "c")


def test_a_catalog_of_a_newer_version_is_left_alone(catalog, tmp_path):
    catalog.close()
    engine = open_truth(tmp_path / "c")
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    engine.dispose()
    with pytest.raises(CatalogError, match="99"):
        opened(tmp_path / "c")


def test_check_finds_a_record_that_cannot_be_read(catalog, tmp_path):
    engine = open_truth(tmp_path / "c")
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE records SET document = '{broken' WHERE id = 'w1'")
    engine.dispose()
    (problem,) = catalog.check()
    assert "'w1'" in problem


def test_people_and_jobs_that_are_not_there_are_named(catalog):
    named = {("person", "w1"), ("job", "w1"), ("job", "后端"), ("job", "none")}
    assert catalog.unknown(named) == {("person", "w1"), ("job", "none")}
    assert catalog.unknown(set()) == set()


def test_who_is_deleted_has_done_nothing(catalog):
    write(catalog, Profile(id="ana", source="", text="Welder"))
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    catalog.events.append([Event(id="e", kind="click", profile_id="ana", job_id="w1", actor="person", at=at)])
    assert catalog.delete("person", ["ana"]) == 1
    assert list(catalog.events.read()) == []
