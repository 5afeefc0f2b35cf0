"""What a catalog that an older Metier made lacks, added when it is opened."""

from __future__ import annotations

import logging

import sqlalchemy as sa

from metier.catalog.schema import metadata, records
from metier.catalog.truth import places_to_json
from metier.records.codec import from_json
from metier.records.job import Job
from metier.records.profile import Profile

logger = logging.getLogger(__name__)
_ADDED = (records.c.wording, records.c.places)
_AT_ONCE = 1000


def make_tables(connection: sa.Connection) -> None:
    """Make the tables of the truth that are not there, and the columns that older catalogs lack."""
    metadata.create_all(connection)
    known = {column["name"] for column in sa.inspect(connection).get_columns(records.name)}
    missing = [column.name for column in _ADDED if column.name not in known]
    for name in missing:
        connection.exec_driver_sql(f"ALTER TABLE records ADD COLUMN {name} TEXT")
    if records.c.places.name in missing:
        _find_places(connection)


def _find_places(connection: sa.Connection) -> None:
    """Write down where each record lies; one that cannot be read lies nowhere, and `check` tells of it."""
    change = (
        sa.update(records)
        .where(records.c.kind == sa.bindparam("k"), records.c.id == sa.bindparam("i"))
        .values(places=sa.bindparam("p"))
    )
    last, count = ("", ""), 0
    while rows := _after(connection, last):
        last = rows[-1][0], rows[-1][1]
        connection.execute(change, [{"k": kind, "i": key, "p": _places(kind, text)} for kind, key, text in rows])
        count += len(rows)
    if count:
        logger.info("noted the places of %d records", count)


def _after(connection: sa.Connection, last: tuple[str, str]) -> list[tuple[str, str, str]]:
    is_after = sa.tuple_(records.c.kind, records.c.id) > sa.tuple_(*map(sa.literal, last))
    found = sa.select(records.c.kind, records.c.id, records.c.document).where(is_after)
    rows = connection.execute(found.order_by(records.c.kind, records.c.id).limit(_AT_ONCE))
    return [(kind, key, document) for kind, key, document in rows]


def _places(kind: str, document: str) -> str:
    try:
        record: Job | Profile = from_json(Job, document) if kind == "job" else from_json(Profile, document)
        return places_to_json(record.places)
    except ValueError:
        return "[]"
