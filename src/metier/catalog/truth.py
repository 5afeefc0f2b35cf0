"""The rows of the truth: records to rows and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.entry import KINDS, Entry, Kind
from metier.catalog.schema import SCHEMA_VERSION, meta, records, removed
from metier.errors import CatalogError, NotFoundError
from metier.records.codec import from_json, to_json
from metier.records.job import Job
from metier.records.place import Place
from metier.records.profile import Profile

CHUNK = 500
"""Ids of one statement at most."""
T = TypeVar("T", Job, Profile)


def row_of(entry: Entry, content: str, sequence: int, *, first_seen: str | None) -> dict[str, object]:
    """Give the row of an entry; a job that is known keeps the day it was first seen."""
    record = entry.record
    if isinstance(record, Job) and first_seen is not None:
        record = replace(record, first_seen=dt.date.fromisoformat(first_seen))
    return {
        "kind": entry.kind,
        "id": entry.id,
        "sequence": sequence,
        "content_hash": content,
        "document": to_json(record),
        "lexical": entry.lexical,
        "wording": entry.wording or None,
        "places": places_to_json(record.places),
        "skills": json.dumps(sorted(set(entry.skills))),
        "vector": entry.vector.astype(np.float32).tobytes(),
        "parts": None if entry.parts is None else entry.parts.astype(np.float16).tobytes(),
        "valid_through": record.valid_through if isinstance(record, Job) else None,
    }


def places_to_json(places: Sequence[Place]) -> str:
    """Render places as the search by place needs them: coordinates, country and region."""
    return json.dumps([[place.latitude, place.longitude, place.country, place.region] for place in places])


def places_from_json(text: str | None) -> list[Place]:
    """Make places of what `places_to_json` gave."""
    return [
        Place(text="", latitude=latitude, longitude=longitude, country=country, region=region)
        for latitude, longitude, country, region in json.loads(text or "[]")
    ]


def known_rows(
    connection: sa.Connection, keys: Sequence[tuple[Kind, str]]
) -> dict[tuple[Kind, str], tuple[str, str | None]]:
    """Give content hash and first day of those that are there."""
    known: dict[tuple[Kind, str], tuple[str, str | None]] = {}
    first_seen = sa.func.json_extract(records.c.document, "$.first_seen")
    for kind in KINDS:
        ids = [key for one, key in keys if one == kind]
        for first in range(0, len(ids), CHUNK):
            chunk = records.c.id.in_(ids[first : first + CHUNK])
            found = sa.select(records.c.id, records.c.content_hash, first_seen).where(records.c.kind == kind, chunk)
            known |= {(kind, row[0]): (row[1], row[2]) for row in connection.execute(found)}
    return known


def no_catalog(uri: str) -> CatalogError:
    """Give the error of a catalog that is not there."""
    hint = f"Make one with: metier import jobs FEED --catalog {uri}"
    return CatalogError(f"there is no catalog at {uri!r}", hint=hint)


def made_with(connection: sa.Connection, uri: str, *, encoder_id: str, size: int) -> dict[str, str]:
    """Give what the catalog was made with, and write it down where it is new."""
    wanted = {"schema_version": SCHEMA_VERSION, "encoder_id": encoder_id, "size": str(size)}
    known = {row.key: row.value for row in connection.execute(sa.select(meta.c.key, meta.c.value))}
    if not encoder_id and "encoder_id" not in known:
        raise no_catalog(uri)
    for key, value in wanted.items():
        if key not in known:
            connection.execute(insert(meta).values(key=key, value=value))
    return wanted | known


def existing(connection: sa.Connection, kind: Kind, ids: Collection[str], record_type: type[T]) -> list[T]:
    """Read the records of those ids that are there, in the order of their ids."""
    wanted = sorted(set(ids))
    found: list[T] = []
    for first in range(0, len(wanted), CHUNK):
        chunk = sa.select(records.c.document).where(
            records.c.kind == kind, records.c.id.in_(wanted[first : first + CHUNK])
        )
        found += [from_json(record_type, document) for (document,) in connection.execute(chunk)]
    return found


def broken_rows(connection: sa.Connection, *, size: int) -> list[str]:
    """Say of which records the document cannot be read, or the vector has not so many dimensions."""
    problems = []
    rows = connection.execute(sa.select(records.c.kind, records.c.id, records.c.document, records.c.vector))
    for kind, key, document, vector in rows:
        try:
            from_json(Job if kind == "job" else Profile, document)
        except ValueError as error:
            problems.append(f"{kind} {key!r} cannot be read: {str(error).splitlines()[0]}")
        if len(vector) != size * 4:
            problems.append(f"{kind} {key!r} has a vector of {len(vector) // 4} dimensions, not {size}")
    return problems


def unknown(connection: sa.Connection, named: Collection[tuple[Kind, str]]) -> set[tuple[Kind, str]]:
    """Give those of some (kind, id) that are not there."""
    known: set[tuple[Kind, str]] = set()
    for kind in KINDS:
        ids = sorted(key for one, key in named if one == kind)
        for first in range(0, len(ids), CHUNK):
            chosen = sa.select(records.c.id).where(records.c.kind == kind, records.c.id.in_(ids[first : first + CHUNK]))
            known |= {(kind, key) for (key,) in connection.execute(chosen)}
    return set(named) - known


def lightly(table: sa.Table, kind: Kind) -> sa.ColumnElement[bool]:
    """Give the condition of the rows of a kind in `records` or `removed`, to count or to list them.

    The plus keeps SQLite from the primary key, under which whole documents lie; it takes an index instead.
    """
    return sa.literal_column(f"+{table.name}.kind") == kind


def written_since(table: sa.Table, kind: Kind, number: int) -> sa.ColumnElement[bool]:
    """Give the condition of the rows of a kind in `records` or `removed` that were written after a number."""
    return sa.and_(lightly(table, kind) if number else table.c.kind == kind, table.c.sequence > number)


def last_sequence(connection: sa.Connection) -> int:
    """Give the number of the last write."""
    newest = connection.scalar(sa.select(sa.func.max(records.c.sequence))) or 0
    return max(newest, connection.scalar(sa.select(sa.func.max(removed.c.sequence))) or 0)


def next_sequence(connection: sa.Connection) -> int:
    """Give the number of the next write."""
    return last_sequence(connection) + 1


def in_order(kind: Kind, ids: Sequence[str], found: Sequence[T]) -> list[T]:
    """Put records in the order of ids.

    Raises:
        NotFoundError: An id is not there.
    """
    by_id = {record.id: record for record in found}
    missing = [key for key in ids if key not in by_id]
    if missing:
        raise NotFoundError(f"there is no {kind} {missing[0]!r}", hint="List what there is with: metier catalog status")
    return [by_id[key] for key in ids]
