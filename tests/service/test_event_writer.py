"""Events are durable before they are acknowledged, and count once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from metier.catalog import Catalog
from metier.records.event import Event
from metier.service.event_writer import EventWriter

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def an_event(number, person="ana", kind="click"):
    return Event(id=f"e{number}", kind=kind, profile_id=person, job_id=f"j{number}", actor="person", at=NOW)


@pytest.fixture
def catalog(tmp_path):
    with Catalog.open(str(tmp_path / "c"), encoder_id="e", size=4) as made:
        yield made


@pytest.fixture
def writer(catalog):
    made = EventWriter(catalog.events)
    yield made
    made.close()


def test_an_event_counts_once_and_is_there_for_another_process(writer, catalog):
    assert writer.send([an_event(1), an_event(2), an_event(1)]).result() == ["stored", "stored", "known"]
    assert writer.send([an_event(1)]).result() == ["known"]
    assert writer.send([]).result() == []
    with Catalog.open(catalog.uri) as other:
        assert list(other.events.read()) == [an_event(1), an_event(2)]


def test_many_at_once_are_all_acknowledged_each_with_its_own(writer, catalog):
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda number: writer.send([an_event(number)]).result(), range(200)))
    assert receipts == [["stored"]] * 200
    assert len(catalog.events.page(after=0, limit=500)) == 200


def test_what_waits_is_written_before_the_end(catalog):
    writer = EventWriter(catalog.events)
    coming = [writer.send([an_event(number)]) for number in range(50)]
    writer.close()
    assert [one.result(0) for one in coming] == [["stored"]] * 50


def test_a_failed_commit_is_told_to_all_who_wait(writer, catalog):
    with catalog.events.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO away")
    with pytest.raises(sa.exc.OperationalError):
        writer.send([an_event(1)]).result()
    with catalog.events.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO events")
    assert writer.send([an_event(1)]).result() == ["stored"]
