"""Events are kept once each, and read in the order of time."""

import datetime as dt

import pytest

from metier.catalog import Catalog
from metier.catalog.event_log import EventLog
from metier.catalog.schema import metadata, open_truth
from metier.records.event import Event

START = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
LATE = START + dt.timedelta(days=9)


def event(key, minutes=0, kind="click", person="p", job="j", **fields):
    at = START + dt.timedelta(minutes=minutes)
    return Event(**{"id": key, "kind": kind, "profile_id": person, "job_id": job, "actor": "person", "at": at} | fields)


@pytest.fixture
def log(tmp_path):
    engine = open_truth(tmp_path)
    metadata.create_all(engine)
    yield EventLog(engine)
    engine.dispose()


def test_what_was_written_is_read_back_whole_and_in_order(log):
    full = event("b", 5, "impression", position=3, list_id="l", weight=0.5, note="…", actor="employer")
    odd = event("a", 1, person="人", job="o'brien", at=START + dt.timedelta(microseconds=1))
    log.append([full, odd])
    assert list(log.read()) == [odd, full]
    assert list(log.read(before=full.at)) == [odd]
    assert log.count() == {"click": 1, "impression": 1}


def test_the_same_event_counts_once_within_a_batch_and_later(log):
    first = log.append([event("a"), event("b"), event("a", 3)])
    assert (first.added, first.duplicates) == (2, 1)
    again = log.append([event("a", 7), event("c")])
    assert (again.added, again.duplicates) == (1, 1)
    assert [(one.id, one.at) for one in log.read()] == [("a", START), ("b", START), ("c", START)]


def test_many_events_in_one_batch(log):
    batch = [event(str(number), number) for number in range(1201)]
    assert log.append(batch).added == 1201
    assert log.append(batch).duplicates == 1201
    assert log.append([]).added == 0


def test_what_a_person_did_last_comes_first_and_what_was_shown_does_not(log):
    log.append(
        [
            event("a", 1),
            event("b", 2, "impression"),
            event("c", 3, "dismiss"),
            event("d", 4, actor="employer"),
            event("e", 5, person="other"),
            event("f", 6),
        ]
    )
    assert [one.id for one in log.of_person("p", before=LATE, most=9)] == ["f", "c", "a"]
    assert [one.id for one in log.of_person("p", before=START + dt.timedelta(minutes=6), most=1)] == ["c"]
    assert log.of_person("nobody", before=LATE, most=9) == []


def test_a_job_has_drawn_so_many_people_within_a_time(log):
    log.append(
        [
            event("a", 1),
            event("b", 2),
            event("c", 3, "apply", person="q"),
            event("d", 4, "dismiss", person="r"),
            event("e", 5, "impression", person="s"),
            event("f", 6, job="k"),
        ]
    )
    assert log.people_by_job(since=START, before=LATE) == {"j": 2, "k": 1}
    assert log.people_by_job(since=START, before=START + dt.timedelta(minutes=2)) == {"j": 1}
    assert not log.has_any(before=START)
    assert log.has_any(before=LATE)


def test_people_and_jobs_that_are_not_there_are_named(log):
    assert log.unknown([event("a")]) == {("person", "p"), ("job", "j")}
    assert log.unknown([]) == set()


def test_events_outlive_the_process_and_old_catalogs_get_their_table(tmp_path):
    with Catalog.open(str(tmp_path / "c"), encoder_id="e", size=4) as made:
        made.events.append([event("a")])
        with made._write() as connection:
            for name in ("runs", "promotions"):
                connection.exec_driver_sql(f"DROP TABLE {name}")
    with Catalog.open(str(tmp_path / "c")) as opened:
        assert [one.id for one in opened.events.read()] == ["a"]
        assert opened.models.all() == []
