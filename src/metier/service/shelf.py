"""Reads of the truth that serving needs beside the catalog's own: pages, versions of an answer, single documents."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

import sqlalchemy as sa

from metier.catalog import Kind
from metier.catalog.schema import records, removed
from metier.errors import InputError, NotFoundError

_CHUNK = 500


class Shelf:
    """The truth of one catalog, to look at.

    Args:
        engine: Its database.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def documents(self, kind: Kind, *, after: str, limit: int) -> list[tuple[str, int, str]]:
        """Give id, version and document of the records after an id, in the order of their ids."""
        chosen = sa.select(records.c.id, records.c.sequence, records.c.document)
        chosen = chosen.where(records.c.kind == kind, records.c.id > after).order_by(records.c.id).limit(limit)
        with self._engine.begin() as connection:
            return [(row.id, row.sequence, row.document) for row in connection.execute(chosen)]

    def document(self, kind: Kind, key: str) -> tuple[int, str]:
        """Give version and document of a record.

        Raises:
            NotFoundError: There is none.
        """
        chosen = sa.select(records.c.sequence, records.c.document).where(records.c.kind == kind, records.c.id == key)
        with self._engine.begin() as connection:
            row = connection.execute(chosen).first()
        if row is None:
            raise NotFoundError(f"there is no {kind} {key!r}", hint=f"List what there is at /v1/{_PLURAL[kind]}.")
        return row.sequence, row.document

    def versions(self, kind: Kind, ids: Sequence[str]) -> dict[str, int]:
        """Give the versions of those records that are there."""
        found: dict[str, int] = {}
        with self._engine.begin() as connection:
            for first in range(0, len(ids), _CHUNK):
                chunk = records.c.id.in_(list(ids[first : first + _CHUNK]))
                chosen = sa.select(records.c.id, records.c.sequence).where(records.c.kind == kind, chunk)
                found |= {row.id: row.sequence for row in connection.execute(chosen)}
        return found

    def version(self, kind: Kind, key: str) -> int:
        """Give the version of one record; 0 when there is none."""
        with self._engine.begin() as connection:
            return connection.scalar(_VERSION, {"kind": kind, "id": key}) or 0

    def last_write(self, kind: Kind) -> tuple[int, int]:
        """Give the numbers of the last write and of the last removal of any record of a kind."""
        with self._engine.begin() as connection:
            return _last(connection, kind)

    def stamp(self, kind: Kind, key: str, *, among: Kind) -> tuple[int, int, int]:
        """Give what an answer about a record is made of: its version, and the last write and removal of the others."""
        with self._engine.begin() as connection:
            return connection.scalar(_VERSION, {"kind": kind, "id": key}) or 0, *_last(connection, among)


def _last(connection: sa.Connection, kind: Kind) -> tuple[int, int]:
    written, removed_at = (connection.scalar(last, {"kind": kind}) or 0 for last in (_WRITTEN, _REMOVED))
    return written, removed_at


_VERSION = sa.select(records.c.sequence).where(
    records.c.kind == sa.bindparam("kind"), records.c.id == sa.bindparam("id")
)
_WRITTEN, _REMOVED = (
    sa.select(table.c.sequence).where(table.c.kind == sa.bindparam("kind")).order_by(table.c.sequence.desc()).limit(1)
    for table in (records, removed)
)


def to_cursor(key: str) -> str:
    """Give the cursor of the page after an id."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def from_cursor(cursor: str) -> str:
    """Give the id that a cursor stands for.

    Raises:
        InputError: It is no cursor.
    """
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        hint = "Give `next` of the page before, or leave it out."
        raise InputError(f"{cursor[:40]!r} is no cursor", hint=hint) from error


_PLURAL: dict[Kind, str] = {"job": "jobs", "person": "people"}
