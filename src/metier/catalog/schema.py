"""The tables of the truth, and how its database is opened."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

SCHEMA_VERSION = "1"
_BUSY_SECONDS = 60
metadata = sa.MetaData()

records = sa.Table(
    "records",
    metadata,
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("id", sa.String(512), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False, index=True),
    sa.Column("content_hash", sa.String(16), nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("lexical", sa.Text, nullable=False),
    sa.Column("skills", sa.Text, nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
    sa.Column("parts", sa.LargeBinary, nullable=True),
    sa.Column("valid_through", sa.Date, nullable=True),
    sa.Column("wording", sa.Text, nullable=True),
    sa.Column("places", sa.Text, nullable=True),
    sqlite_with_rowid=False,
)
"""One row for each job and person; `sequence` numbers the writes, so that a reader sees what is new."""

removed = sa.Table(
    "removed",
    metadata,
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("id", sa.String(512), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False, index=True),
    sqlite_with_rowid=False,
)

meta = sa.Table(
    "meta", metadata, sa.Column("key", sa.String(64), primary_key=True), sa.Column("value", sa.Text, nullable=False)
)

pending = sa.Table(
    "pending",
    metadata,
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("id", sa.String(512), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
    sa.Column("parts", sa.LargeBinary, nullable=True),
    sqlite_with_rowid=False,
)
"""Vectors of the next encoder, made from what a record was at a write, until all are there.

Catalogs that were made before this table get it when they are opened; a Metier that does not know it leaves it alone.
"""

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False),
    sa.Column("until", sa.Float, nullable=False),
)
"""Who may write the index, or re-encode, until when (seconds since 1970)."""

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)
"""Trained models with what was measured of them."""

promotions = sa.Table(
    "promotions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("run_id", sa.String(64), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""The models in use, the last one of a kind counting; a rollback takes it away."""

overrides = sa.Table(
    "overrides",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("run_id", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
)
"""Promotions that somebody forced, and the reasons against them, one a line; a rollback leaves them."""


history = sa.MetaData()
"""The tables of `events.sqlite`: what people do is written all the time, and does not wait for an import."""

events = sa.Table(
    "events",
    history,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(512), nullable=False, unique=True),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("profile_id", sa.String(512), nullable=False, index=True),
    sa.Column("job_id", sa.String(512), nullable=False),
    sa.Column("actor", sa.String(8), nullable=False),
    sa.Column("position", sa.Integer, nullable=True),
    sa.Column("list_id", sa.String(512), nullable=False),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What people and employers did, numbered as it came in; `at` in microseconds since 1970."""

event_days = sa.Table(
    "event_days",
    history,
    sa.Column("day", sa.Integer, primary_key=True),
    sa.Column("changes", sa.Integer, nullable=False),
)
"""How often what happened on a day, in days since 1970, was added to or forgotten: an early event may come in late."""


def open_truth(folder: Path | None, file: str = "truth.sqlite") -> sa.Engine:
    """Open a database of a folder, or one in memory; WAL, and every commit is synced before it returns.

    Raises:
        OSError: The folder is not there and cannot be made.
    """
    if folder is None:
        engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        folder.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(f"sqlite:///{folder / file}", connect_args={"timeout": _BUSY_SECONDS})
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to SQLAlchemy, and make commits durable."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_BUSY_SECONDS * 1000}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn a new database to WAL; of several that open it at once SQLite lets one, and bids the others try again.

    The busy timeout does not hold for this one statement (https://www.sqlite.org/wal.html, "busy").
    """
    until = time.monotonic() + _BUSY_SECONDS
    while not _is_wal(connection):
        if time.monotonic() > until:
            raise sqlite3.OperationalError("another process holds the database while it is made")
        time.sleep(0.01)


def _is_wal(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


def _on_begin(connection: sa.Connection) -> None:
    """A transaction that will write takes the write lock at once, so that two writers wait rather than fail."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
