"""Events are durable before they are acknowledged, and count once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from metier.records.event import Event
from metier.service.event_store import SqlEventStore
from metier.service.tables import open_store

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def an_event(number, person="ana", kind="click"):
    return Event(id=f"e{number}", kind=kind, profile_id=person, job_id=f"j{number}", actor="person", at=NOW)


@pytest.fixture
def store(tmp_path):
    engine = open_store(tmp_path)
    store = SqlEventStore(engine)
    yield store
    store.close()
    engine.dispose()


def test_an_event_counts_once(store):
    assert store.add([an_event(1), an_event(2), an_event(1)]) == ["stored", "stored", "known"]
    assert store.add([an_event(1)]) == ["known"]
    assert store.of_person("ana") == [an_event(1), an_event(2)]
    assert store.add([]) == []


def test_an_acknowledged_event_is_there_for_another_process(store, tmp_path):
    store.add([an_event(1)])
    other = open_store(tmp_path)
    with other.begin() as connection:
        assert connection.scalar(sa.text("select count(*) from service_events")) == 1
    other.dispose()


def test_many_at_once_are_all_acknowledged_each_with_its_own(store):
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda number: store.add([an_event(number)]), range(200)))
    assert receipts == [["stored"]] * 200
    assert len(store.page(after=0, limit=500)) == 200


def test_the_version_grows_with_the_persons_own_events_only(store):
    assert store.version("ana") == 0
    store.add([an_event(1)])
    first = store.version("ana")
    store.add([an_event(2, person="bo")])
    assert store.version("ana") == first
    store.add([an_event(3)])
    assert store.version("ana") > first


def test_pages_and_forgetting(store):
    store.add([an_event(number, person="ana" if number % 2 else "bo") for number in range(6)])
    first = store.page(after=0, limit=2)
    rest = store.page(after=first[-1][0], limit=10)
    assert [event.id for _, event in first + rest] == [f"e{number}" for number in range(6)]
    assert [event.id for _, event in store.page(after=0, limit=9, profile_id="bo")] == ["e0", "e2", "e4"]
    assert store.forget("ana") == 3
    assert store.of_person("ana") == []


def test_a_failed_commit_is_told_to_all_who_wait(store, monkeypatch):
    def fail(_found):
        raise sa.exc.OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr(store, "_insert", fail)
    with pytest.raises(sa.exc.OperationalError):
        store.add([an_event(1)])
    monkeypatch.undo()
    assert store.add([an_event(1)]) == ["stored"]
