"""New vectors beside the old ones: kept, resumed, refused to two, and switched to all at once."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa

from metier.catalog import Catalog, Entry
from metier.catalog import reencoding as module
from metier.catalog.schema import meta, open_truth, pending, records
from metier.errors import CatalogBusyError, CatalogError, EncoderMismatchError
from metier.records.job import Job
from metier.records.profile import Profile
from metier.retrieval.index import Indexer, search_text
from metier.testing import HashEncoder

OLD, NEW = HashEncoder(size=8), HashEncoder(size=12)
JOBS = [Job(id=f"{number}", source="", title=f"Welder {number}", text=f"Welder {number}") for number in range(5)]


@pytest.fixture
def uri(tmp_path):
    return str(tmp_path / "c")


@pytest.fixture
def catalog(uri):
    with Catalog.open(uri, encoder_id=OLD.model_id, size=OLD.size) as made:
        Indexer(catalog=made, encoder=OLD).write(JOBS[:3])
        Indexer(catalog=made, encoder=OLD, with_parts=False).write([JOBS[3], Profile(id="0", source="", text="Ann")])
        yield made


def work_on(catalog, encoder=NEW):
    return catalog.reencoding(encoder.model_id, encoder.size)


def made(waiting, encoder=NEW):
    vector = encoder.encode([search_text(waiting.record)])[0]
    parts = encoder.encode(["a part"]).astype(np.float16)
    return waiting, Entry(kind=waiting.kind, record=waiting.record, vector=vector, lexical="", parts=parts)


def keep_all(work, n=2):
    for batch in work.waiting(n):
        work.keep([made(one) for one in batch])


def test_each_record_waits_once_in_order_and_says_whether_its_parts_are_kept(catalog):
    with work_on(catalog) as work:
        batches = list(work.waiting(2))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    waiting = [one for batch in batches for one in batch]
    assert [(one.kind, one.record.id) for one in waiting] == [*(("job", str(n)) for n in range(4)), ("person", "0")]
    assert [one.has_parts for one in waiting] == [True, True, True, False, False]
    assert waiting[0].record == JOBS[0]


def test_there_is_no_switch_while_a_record_waits(catalog):
    with work_on(catalog) as work:
        assert not work.switch()
        work.keep([made(one) for one in next(iter(work.waiting(4)))])
        assert work.progress() == (4, 5)
        assert not work.switch()
        keep_all(work)
        assert work.progress() == (5, 5)
        assert work.switch()
        assert work.is_done
    catalog.adopt()
    assert (catalog.encoder_id, catalog.size) == (NEW.model_id, NEW.size)
    ((best, cosine), *_) = catalog.search_dense("job", NEW.encode([search_text(JOBS[2])])[0], depth=1)
    assert (best, round(cosine, 5)) == ("2", 1)
    assert list(catalog.parts("job", [job.id for job in JOBS])) == ["0", "1", "2"]
    assert catalog.check() == []


def test_until_the_switch_the_old_vectors_answer_and_nothing_is_indexed_again(catalog, uri):
    query = OLD.encode([search_text(JOBS[1])])[0]
    before = catalog.search_dense("job", query, depth=9), catalog.search_text("job", "welder", depth=9)
    catalog.search_text("person", "ann", depth=9)
    with work_on(catalog) as work:
        keep_all(work)
        assert catalog.search_dense("job", query, depth=9) == before[0]
        with Catalog.open(uri, encoder_id=OLD.model_id, size=OLD.size) as other:
            assert other.search_dense("job", query, depth=9) == before[0]
        status = catalog.status()
        assert (status.next_encoder_id, status.reencoded) == (NEW.model_id, 5)
        assert work.switch()
    status = catalog.status()
    assert (status.next_encoder_id, status.reencoded, status.not_indexed) == ("", 0, 0)
    assert catalog.search_text("job", "welder", depth=9) == before[1]


def test_whoever_has_it_open_is_told_at_the_switch_and_mixes_nothing(catalog, uri):
    query = OLD.encode(["Welder"])[0]
    with Catalog.open(uri, encoder_id=OLD.model_id, size=OLD.size) as other:
        other.search_dense("job", query, depth=1)
        with work_on(catalog) as work:
            keep_all(work)
            assert work.switch()
        for ask in (
            lambda: other.search_dense("job", query, depth=1),
            lambda: other.search_skills("job", ["s"], depth=1),
            lambda: other.parts("job", ["1"]),
            lambda: other.versions("job", ["1"]),
            lambda: Indexer(catalog=other, encoder=OLD).write([JOBS[4]]),
        ):
            with pytest.raises(EncoderMismatchError, match="was re-encoded") as told:
                ask()
            assert "Open it again" in told.value.hint
        assert other.ids("job") == ["0", "1", "2", "3"]
    with pytest.raises(EncoderMismatchError, match="hash-12") as refused:
        Catalog.open(uri, encoder_id=OLD.model_id, size=OLD.size)
    assert f"metier catalog reencode {uri}" in refused.value.hint


def test_what_is_written_meanwhile_is_taken_too(catalog):
    with work_on(catalog) as work:
        keep_all(work)
        Indexer(catalog=catalog, encoder=OLD).write([replace(JOBS[0], text="Nurse"), JOBS[4]])
        catalog.delete("job", ["1"])
        assert not work.switch()
        (again,) = work.waiting(9)
        assert [(one.record.id, one.record.text) for one in again] == [("0", "Nurse"), ("4", "Welder 4")]
        work.keep([made(one) for one in again])
        assert work.switch()
    catalog.adopt()
    assert catalog.ids("job") == ["0", "2", "3", "4"]
    assert catalog.check() == []


def test_what_was_kept_is_there_when_the_next_one_goes_on(catalog):
    with work_on(catalog) as work:
        work.keep([made(one) for one in next(iter(work.waiting(3)))])
    with work_on(catalog) as work:
        assert work.progress() == (3, 5)
        assert [[one.record.id for one in batch] for batch in work.waiting(9)] == [["3", "0"]]


def test_another_encoder_begins_anew(catalog):
    with work_on(catalog) as work:
        work.keep([made(one) for one in next(iter(work.waiting(3)))])
    with work_on(catalog, HashEncoder(size=9)) as work:
        assert work.progress() == (0, 5)
        assert catalog.status().next_encoder_id == "hash-9"


def test_the_catalogs_own_encoder_is_done_at_once(catalog):
    with work_on(catalog, OLD) as work:
        assert work.is_done
    assert catalog.status().next_encoder_id == ""


def test_two_at_a_time_are_refused_however_long_one_takes(catalog, uri, monkeypatch):
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(module, "LEASE_S", 0.4)
    with Catalog.open(uri) as other, work_on(catalog) as work:
        time.sleep(1)
        with pytest.raises(CatalogBusyError, match="another process is re-encoding") as told, work_on(other):
            pytest.fail("two at a time")
        assert told.value.retryable
        assert told.value.hint
        keep_all(work)
        assert work.switch()


def test_one_that_died_is_followed_as_soon_as_its_lease_ends(catalog, uri, monkeypatch):
    monkeypatch.setattr(module, "LEASE_S", 1.0)
    died = work_on(catalog)
    died._take_lease()
    started = time.monotonic()
    with Catalog.open(uri) as other, work_on(other) as work:
        assert time.monotonic() - started > 0.5
        assert not work.switch()


def test_one_that_was_suspended_writes_nothing_beside_its_follower(catalog, uri, monkeypatch):
    monkeypatch.setattr(module, "HEARTBEAT_S", 60)
    monkeypatch.setattr(module, "LEASE_S", 0.2)
    third = HashEncoder(size=9)
    with Catalog.open(uri) as other, work_on(catalog) as suspended:
        batch = next(iter(suspended.waiting(9)))
        with work_on(other, third) as follower:
            with pytest.raises(CatalogBusyError, match="hash-9"):
                suspended.keep([made(one) for one in batch])
            with pytest.raises(CatalogBusyError):
                suspended.switch()
            assert follower.progress() == (0, 5)


def test_no_thread_is_left_behind(catalog):
    before = threading.active_count()
    with work_on(catalog):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_a_record_that_cannot_be_read_is_named(catalog, uri):
    with work_on(catalog) as work:
        with catalog._write() as connection:
            connection.execute(sa.update(records).where(records.c.id == "2").values(document="{broken"))
        with pytest.raises(CatalogError, match="job '2' cannot be read") as told:
            list(work.waiting(9))
        assert "catalog check" in told.value.hint


def test_a_catalog_of_before_there_was_re_encoding_still_opens(catalog, uri, tmp_path):
    catalog.close()
    engine = open_truth(tmp_path / "c")
    with engine.execution_options(writes=True).begin() as connection:
        pending.drop(connection)
        assert connection.scalar(sa.select(meta.c.value).where(meta.c.key == "schema_version")) == "1"
    engine.dispose()
    with Catalog.open(uri, encoder_id=OLD.model_id, size=OLD.size) as again, work_on(again) as work:
        keep_all(work)
        assert work.switch()


def test_a_catalog_in_memory_can_be_re_encoded():
    with Catalog.open("memory://", encoder_id=OLD.model_id, size=OLD.size) as catalog:
        Indexer(catalog=catalog, encoder=OLD).write(JOBS)
        with work_on(catalog) as work:
            keep_all(work)
            assert work.switch()
        catalog.adopt()
        assert catalog.search_dense("job", NEW.encode([search_text(JOBS[2])])[0], depth=1)[0][0] == "2"
