"""Events are kept once each, and read in the order of time."""

import datetime as dt

import pytest

from metier.catalog import Catalog
from metier.catalog.event_log import EventLog
from metier.catalog.schema import history, open_truth
from metier.records.event import Event

START = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
LATE = START + dt.timedelta(days=9)


def event(key, minutes=0, kind="click", person="p", job="j", **fields):
    at = START + dt.timedelta(minutes=minutes)
    return Event(**{"id": key, "kind": kind, "profile_id": person, "job_id": job, "actor": "person", "at": at} | fields)


@pytest.fixture
def log(tmp_path):
    engine = open_truth(tmp_path, "events.sqlite")
    history.create_all(engine)
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


def test_the_last_word_on_a_job_holds_and_a_click_is_none(log):
    log.append([event("a", 1, "save"), event("b", 2, "dismiss"), event("c", 3), event("d", 4, "apply", job="k")])
    log.append([event("e", 5, "dismiss", job="k", actor="employer"), event("f", 6, "dismiss", job="l", person="q")])
    assert log.last_words("p", before=LATE) == {"j": "dismiss", "k": "apply"}
    assert log.last_words("p", before=START + dt.timedelta(minutes=2)) == {"j": "save"}
    log.append([event("g", 7, "save")])
    assert log.last_words("p", before=LATE)["j"] == "save"
    assert log.last_words("nobody", before=LATE) == {}


def test_pages_follow_the_order_in_which_events_came_in(log):
    log.append([event(str(number), 9 - number, person="p" if number % 2 else "q") for number in range(6)])
    first = log.page(after=0, limit=2)
    rest = log.page(after=first[-1][0], limit=10)
    assert [one.id for _, one in first + rest] == [str(number) for number in range(6)]
    assert [one.id for _, one in log.page(after=0, limit=9, profile_id="q")] == ["0", "2", "4"]


def test_numbers_tell_what_has_changed(log):
    assert (log.last("p"), log.changes()) == (0, 0)
    log.append([event("a")])
    first = log.last("p")
    log.append([event("b", person="q")])
    assert log.last("p") == first
    log.append([event("c")])
    assert log.last("p") > first
    today = START + dt.timedelta(hours=5)
    assert log.changes(before=today) == 0
    log.append([event("late", -1)])
    past, everything = log.changes(before=today), log.changes()
    assert 0 < past < everything
    log.append([event("late", -1)])
    assert log.changes() == everything
    assert log.forget("p") == 3
    assert log.changes(before=today) > past
    assert (log.last("p"), log.forget("p")) == (0, 0)
    assert [one.id for one in log.read()] == ["b"]


def test_events_outlive_the_process_and_old_catalogs_get_their_table(tmp_path):
    with Catalog.open(str(tmp_path / "c"), encoder_id="e", size=4) as made:
        made.events.append([event("a")])
        with made._write() as connection:
            for name in ("runs", "promotions"):
                connection.exec_driver_sql(f"DROP TABLE {name}")
    with Catalog.open(str(tmp_path / "c")) as opened:
        assert [one.id for one in opened.events.read()] == ["a"]
        assert opened.models.all() == []
