"""Rows of the truth: what a record becomes, which are there, and how writes are numbered."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from metier.catalog.entry import Entry, content_hash
from metier.catalog.schema import metadata, open_truth, records, removed
from metier.catalog.truth import (
    existing,
    in_order,
    known_rows,
    last_sequence,
    made_with,
    next_sequence,
    no_catalog,
    row_of,
    written_since,
)
from metier.errors import CatalogError, NotFoundError
from metier.records.job import Job
from metier.testing import HashEncoder

DAY = dt.date(2026, 11, 20)
JOB = Job(id="w", source="feed.csv", title="Welder", text="Welder", first_seen=DAY, valid_through=DAY)
VECTOR = HashEncoder(size=4).encode(["Welder"])[0]
ENTRY = Entry(kind="job", record=JOB, vector=VECTOR, lexical="Welder", skills=("b", "a", "b"))


@pytest.fixture
def connection():
    engine = open_truth(None)
    metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def written(connection, entry=ENTRY, sequence=1):
    row = row_of(entry, content_hash(entry.record), sequence, first_seen=None)
    connection.execute(sa.insert(records).values(**row))
    return row


def test_a_row_holds_the_record_and_what_it_is_searched_by():
    row = row_of(ENTRY, "hash", 7, first_seen="2026-01-02")
    assert json.loads(str(row["document"]))["first_seen"] == "2026-01-02"
    assert json.loads(str(row["skills"])) == ["a", "b"]
    assert (row["sequence"], row["vector"], row["parts"]) == (7, VECTOR.tobytes(), None)
    assert row["valid_through"] == DAY


def test_what_is_known_is_found_by_kind(connection):
    written(connection)
    assert known_rows(connection, [("job", "w"), ("person", "w"), ("job", "x")]) == {
        ("job", "w"): (content_hash(JOB), "2026-11-20")
    }
    assert existing(connection, "job", ["x", "w"], Job) == [JOB]


def test_the_next_write_is_numbered_after_all_writes_and_removals(connection):
    assert (last_sequence(connection), next_sequence(connection)) == (0, 1)
    written(connection, sequence=3)
    assert next_sequence(connection) == 4
    connection.execute(sa.insert(removed).values(kind="job", id="x", sequence=8))
    assert (last_sequence(connection), next_sequence(connection)) == (8, 9)


def test_what_a_catalog_was_made_with_is_written_once(connection):
    assert made_with(connection, "c", encoder_id="small", size=384)["encoder_id"] == "small"
    again = made_with(connection, "c", encoder_id="other", size=3)
    assert (again["encoder_id"], again["size"]) == ("small", "384")
    assert made_with(connection, "c", encoder_id="", size=0)["size"] == "384"


def test_one_that_nobody_made_is_none(connection):
    with pytest.raises(CatalogError) as told:
        made_with(connection, "c", encoder_id="", size=0)
    assert str(told.value) == str(no_catalog("c"))
    assert "metier import" in told.value.hint


def test_records_come_in_the_order_of_the_ids_asked_for():
    first, second = JOB, Job(id="v", source="", title="", text="")
    assert in_order("job", ["v", "w"], [first, second]) == [second, first]
    with pytest.raises(NotFoundError, match="'x'"):
        in_order("job", ["v", "x"], [first, second])


@pytest.mark.parametrize("table", [records, removed], ids=lambda table: table.name)
def test_what_was_written_since_is_found_without_going_through_a_kind(tmp_path, table):
    engine = open_truth(tmp_path)
    metadata.create_all(engine)
    asked = sa.select(table.c.id).where(written_since(table, "job", 7)).order_by(table.c.id)
    with engine.begin() as connection:
        told = str(asked.compile(engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}"))
    assert "sequence>?" in plan
    assert "kind=?" not in plan
    engine.dispose()
