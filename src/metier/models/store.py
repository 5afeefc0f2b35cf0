"""Vectors that were made before, in a file that all processes share; it holds hashes of texts, never a text."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
_VERSION = 1
_BUSY_S = 60.0
_CHUNK = 500
_FREED = 10
"""When the file is full, one in so many of its vectors goes, those first that were not asked for longest."""
_TABLES = """
CREATE TABLE IF NOT EXISTS sizes (model_id TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (
  key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, is_cut INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS vectors_used ON vectors (used);
"""
logger = logging.getLogger(__name__)


class Kept(NamedTuple):
    """A vector, and whether the model read only the beginning of its text."""

    vector: NDArray[np.float32]
    is_cut: bool


@dataclass(slots=True, kw_only=True)
class VectorStore:
    """Vectors by the hash of model and text, in SQLite.

    It is a cache: one that is broken is removed and made again, and one that cannot be used is done without, each
    with a warning.

    Attributes:
        path: The file.
        max_bytes: How large it may grow; then the vectors that were not asked for longest go.
    """

    path: Path
    max_bytes: int = 1 << 30
    _is_off: bool = field(default=False)

    def size_of(self, model_id: str) -> int:
        """Give the dimensions of a model's vectors, 0 where none was kept yet."""

        def read(connection: sqlite3.Connection) -> int:
            row = connection.execute("SELECT size FROM sizes WHERE model_id = ?", (model_id,)).fetchone()
            return int(row[0]) if row else 0

        return self._with(read, 0)

    def find(self, model_id: str, texts: Sequence[str], size: int) -> dict[str, Kept]:
        """Give those of the texts that are there, and note that they were asked for."""
        by_key = {_key(model_id, text): text for text in texts}

        def read(connection: sqlite3.Connection) -> dict[str, Kept]:
            found: dict[str, Kept] = {}
            keys = list(by_key)
            for first in range(0, len(keys), _CHUNK):
                some = keys[first : first + _CHUNK]
                marks = ",".join("?" * len(some))
                rows = connection.execute(f"SELECT key, vector, is_cut FROM vectors WHERE key IN ({marks})", some)  # noqa: S608 - question marks alone
                for key, stored, is_cut in rows:
                    if len(stored) == size * 4:
                        vector = np.frombuffer(stored, dtype="<f4").astype(np.float32)
                        found[by_key[key]] = Kept(vector, bool(is_cut))
            _touch(connection, [key for key, text in by_key.items() if text in found])
            return found

        return self._with(read, {})

    def keep(self, model_id: str, made: Mapping[str, Kept]) -> dict[str, Kept]:
        """Keep vectors, and give those that hold: where another process was first, its answer stays the answer."""
        size = len(next(iter(made.values())).vector) if made else 0

        def write(connection: sqlite3.Connection) -> None:
            now = _next_use(connection)
            connection.execute("INSERT OR REPLACE INTO sizes VALUES (?, ?)", (model_id, size))
            rows = [
                (_key(model_id, text), now, int(one.is_cut), one.vector.astype("<f4").tobytes())
                for text, one in made.items()
            ]
            connection.executemany(
                "INSERT OR IGNORE INTO vectors (key, used, is_cut, vector) VALUES (?, ?, ?, ?)", rows
            )
            _evict(connection, self.max_bytes)

        if not made:
            return {}
        self._with(write, None)
        return dict(made) | self.find(model_id, list(made), size)

    def _with(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if self._is_off:
            return otherwise
        try:
            try:
                return self._once(work)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                logger.warning("the cached vectors %s are broken and are made again: %s", self.path, error)
                self._remove()
                return self._once(work)
        except (sqlite3.Error, OSError) as error:
            logger.warning("vectors are not cached: %s: %s", self.path, error)
            self._is_off = True
            return otherwise

    def _once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            answer = work(connection)
            connection.execute("COMMIT")
            return answer

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                with suppress(sqlite3.OperationalError):  # of several that make it at once, one turns it to WAL
                    connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version={_VERSION}; COMMIT;")
            elif version != _VERSION:
                raise sqlite3.DatabaseError(f"it is of version {version}")
            connection.execute("PRAGMA synchronous=NORMAL")
            yield connection

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)


def _key(model_id: str, text: str) -> bytes:
    content = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(f"{model_id}\n{content}".encode()).digest()


def _next_use(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(used), 0) + 1 FROM vectors").fetchone()[0])


def _touch(connection: sqlite3.Connection, keys: Sequence[bytes]) -> None:
    now = _next_use(connection)
    connection.executemany("UPDATE vectors SET used = ? WHERE key = ?", [(now, key) for key in keys])


def _evict(connection: sqlite3.Connection, max_bytes: int) -> None:
    while _bytes(connection) > max_bytes:
        count = connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0]
        if count < 2:
            return
        oldest = "SELECT rowid FROM vectors ORDER BY used, rowid LIMIT ?"
        connection.execute(f"DELETE FROM vectors WHERE rowid IN ({oldest})", (-(-count // _FREED),))  # noqa: S608 - a constant


def _bytes(connection: sqlite3.Connection) -> int:
    pages, free, page = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * page
