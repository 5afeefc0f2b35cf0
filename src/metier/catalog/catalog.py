"""Jobs and people: the truth in SQL, searched by indexes that are derived from it.

An acknowledged write is committed and synced, and in the very next answer. The indexes hold nothing of their own.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import local
from types import TracebackType
from typing import Self

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.catalog_status import CatalogStatus
from metier.catalog.dense_index import DenseIndex
from metier.catalog.entry import KINDS, Entry, Kind, StoredParts, UpsertSummary, content_hash, kind_of
from metier.catalog.event_log import EventLog
from metier.catalog.lease import Lease
from metier.catalog.model_registry import ModelRegistry
from metier.catalog.reencoding import Reencoding, reencoded_so_far
from metier.catalog.schema import SCHEMA_VERSION, history, meta, open_truth, records, removed
from metier.catalog.text_index import TextIndex
from metier.catalog.truth import (
    CHUNK,
    broken_rows,
    existing,
    in_order,
    known_rows,
    last_sequence,
    lightly,
    made_with,
    next_sequence,
    no_catalog,
    row_of,
    unknown,
    written_since,
)
from metier.catalog.upgrade import make_tables
from metier.errors import CatalogError, EncoderMismatchError
from metier.records.codec import to_json
from metier.records.job import Job
from metier.records.place import Place
from metier.records.profile import Profile

MEMORY = "memory://"
Scored = list[tuple[str, float]]
logger = logging.getLogger(__name__)


class Catalog:
    """A catalog in a folder, or in memory.

    Args:
        uri: A folder's path, or `memory://`.
        encoder_id: The encoder of its vectors.
        size: Dimensions of a vector.
        engine: The open database.
        events: The open database of events.
    """

    def __init__(self, uri: str, *, encoder_id: str, size: int, engine: sa.Engine, events: sa.Engine) -> None:
        self.uri = uri
        self.encoder_id = encoder_id
        self.size = size
        self._engine = engine
        self._lease = Lease(engine)
        self.events = EventLog(events)
        self.models = ModelRegistry(engine)
        folder = None if uri == MEMORY else Path(uri) / "index"
        self._dense = {kind: DenseIndex(kind=kind, size=size) for kind in KINDS}
        self._text = {kind: TextIndex(kind=kind, folder=folder) for kind in KINDS}
        self._steady = local()

    @classmethod
    def open(cls, uri: str, *, encoder_id: str = "", size: int = 0) -> Self:
        """Open a catalog; it is made where there is none and an encoder is named.

        Raises:
            CatalogError: There is none, or it was written by a newer version.
            EncoderMismatchError: Its vectors come from another encoder.
        """
        folder = None if uri == MEMORY else Path(uri)
        if not encoder_id and (folder is None or not (folder / "truth.sqlite").is_file()):
            raise no_catalog(uri)
        try:
            engine, events = open_truth(folder), open_truth(folder, "events.sqlite")
        except OSError as error:
            raise CatalogError(f"no folder can be made at {uri!r}: {error}", hint="Name a folder.") from error
        try:
            with engine.execution_options(writes=True).begin() as connection:
                make_tables(connection)
                known = made_with(connection, uri, encoder_id=encoder_id, size=size)
            with events.execution_options(writes=True).begin() as connection:
                history.create_all(connection)
        except sa.exc.DatabaseError as error:
            hint = "Restore truth.sqlite from a copy; the index beside it can always be made again."
            raise CatalogError(f"{uri}: the database cannot be read: {error.orig}", hint=hint) from error
        if known["schema_version"] != SCHEMA_VERSION:
            raise CatalogError(
                f"{uri} has schema version {known['schema_version']}, this Metier reads {SCHEMA_VERSION}",
                hint="Use the Metier that wrote it.",
            )
        if encoder_id and known["encoder_id"] != encoder_id:
            raise EncoderMismatchError(
                f"{uri} holds vectors of {known['encoder_id']!r}, not of {encoder_id!r}",
                hint="Use the encoder that it was made with, import into a new catalog, or re-encode this one: "
                f"metier catalog reencode {uri}",
            )
        return cls(uri, encoder_id=known["encoder_id"], size=int(known["size"]), engine=engine, events=events)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the databases."""
        self._engine.dispose()
        self.events.engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with self._engine.begin() as connection:
            yield connection

    def _still_of_my_encoder(self, connection: sa.Connection) -> None:
        """Refuse to go on where another process has re-encoded the catalog meanwhile."""
        now = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "encoder_id"))
        if now != self.encoder_id:
            raise EncoderMismatchError(
                f"{self.uri} was re-encoded and now holds vectors of {now!r}, not of {self.encoder_id!r}",
                hint="Open it again with that encoder.",
            )

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Look for what was written once, here, and not again at each step that this thread takes within."""
        if getattr(self._steady, "is_on", False):
            yield
            return
        for kind in KINDS:
            self._refresh(kind)
        self._steady.is_on = True
        try:
            yield
        finally:
            self._steady.is_on = False

    def _refresh(self, kind: Kind) -> None:
        if getattr(self._steady, "is_on", False):
            return
        with self._read() as connection:
            self._still_of_my_encoder(connection)
            self._dense[kind].refresh(connection)

    # Writing

    def upsert(self, entries: Sequence[Entry]) -> UpsertSummary:
        """Write a batch in one transaction; when this returns, it is committed and synced.

        A record whose content is the same as before is left as it is; `first_seen` of a changed job is kept.

        Raises:
            EncoderMismatchError: The catalog was re-encoded since it was opened.
        """
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        with self._write() as connection:
            self._still_of_my_encoder(connection)
            known = known_rows(connection, [(entry.kind, entry.id) for entry in entries])
            sequence = next_sequence(connection)
            rows = []
            for entry in {(entry.kind, entry.id): entry for entry in entries}.values():
                before = known.get((entry.kind, entry.id))
                content = content_hash(entry.record)
                change = "added" if before is None else "unchanged" if before[0] == content else "changed"
                counts[change] += 1
                if change != "unchanged":
                    rows.append(row_of(entry, content, sequence, first_seen=before[1] if before else None))
            for first in range(0, len(rows), CHUNK):
                statement = insert(records)
                fresh = {column.name: statement.excluded[column.name] for column in records.c if not column.primary_key}
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["kind", "id"], set_=fresh),
                    rows[first : first + CHUNK],
                )
                back = [{"k": row["kind"], "i": row["id"]} for row in rows[first : first + CHUNK]]
                again = (removed.c.kind == sa.bindparam("k")) & (removed.c.id == sa.bindparam("i"))
                connection.execute(sa.delete(removed).where(again), back)
        return UpsertSummary(**counts)

    def unchanged(self, found: Sequence[Job | Profile]) -> set[tuple[Kind, str]]:
        """Give kind and id of those records that are there with the same content, so that they need no vectors."""
        with self._read() as connection:
            known = known_rows(connection, [(kind_of(record), record.id) for record in found])
        hashes = {(kind_of(record), record.id): content_hash(record) for record in found}
        return {key for key, content in hashes.items() if key in known and known[key][0] == content}

    def mark_seen(self, jobs: Sequence[Job]) -> None:
        """Note on which day unchanged jobs were last seen in their feed."""
        seen = sa.func.json_set(records.c.document, "$.last_seen", sa.bindparam("day"))
        change = sa.update(records).where(records.c.kind == "job", records.c.id == sa.bindparam("key"))
        days = [{"key": job.id, "day": job.last_seen.isoformat()} for job in jobs if job.last_seen]
        if days:
            with self._write() as connection:
                connection.execute(change.values(document=seen), days)

    def expire(self, ids: Collection[str], *, on: dt.date) -> int:
        """End jobs on a day: from the day after they are no longer recommended.

        Returns:
            How many were there.
        """
        with self._write() as connection:
            jobs = existing(connection, "job", ids, Job)
            sequence = next_sequence(connection)
            for job in jobs:
                ended = replace(job, valid_through=on)
                values = {
                    "document": to_json(ended),
                    "content_hash": content_hash(ended),
                    "valid_through": on,
                    "sequence": sequence,
                }
                connection.execute(
                    sa.update(records).where(records.c.kind == "job", records.c.id == job.id).values(**values)
                )
        return len(jobs)

    def delete(self, kind: Kind, ids: Collection[str]) -> int:
        """Delete records for good, of people also what they did.

        Returns:
            How many were there.
        """
        count = 0
        with self._write() as connection:
            sequence = next_sequence(connection)
            for key in sorted(set(ids)):
                gone = connection.execute(
                    sa.delete(records).where(records.c.kind == kind, records.c.id == key)
                ).rowcount
                if gone:
                    connection.execute(
                        insert(removed).values(kind=kind, id=key, sequence=sequence).prefix_with("OR REPLACE")
                    )
                    count += gone
        if kind == "person":
            for key in ids:
                self.events.forget(key)
        return count

    def unknown(self, named: Collection[tuple[Kind, str]]) -> set[tuple[Kind, str]]:
        """Give those of some (kind, id) that are not there."""
        with self._read() as connection:
            return unknown(connection, named)

    # Reading

    def jobs(self, ids: Sequence[str]) -> list[Job]:
        """Give jobs in the order asked.

        Raises:
            NotFoundError: An id is not there.
        """
        with self._read() as connection:
            return in_order("job", ids, existing(connection, "job", ids, Job))

    def people(self, ids: Sequence[str]) -> list[Profile]:
        """Give people in the order asked.

        Raises:
            NotFoundError: An id is not there.
        """
        with self._read() as connection:
            return in_order("person", ids, existing(connection, "person", ids, Profile))

    def versions(self, kind: Kind, ids: Sequence[str]) -> dict[str, int]:
        """Give the number of the write that made each record what it is; for caches."""
        self._refresh(kind)
        known = self._dense[kind].sequences
        return {key: known[key] for key in ids if key in known}

    def vector(self, kind: Kind, key: str) -> NDArray[np.float32] | None:
        """Give the search vector of a record, None where it is not there."""
        self._refresh(kind)
        return self._dense[kind].vector(key)

    def last_write(self) -> int:
        """Give the number of the last write of jobs; what a search of them finds changes with it alone."""
        self._refresh("job")
        return self._dense["job"].seen

    def size_of(self, kind: Kind) -> int:
        """Count the records of a kind in memory, as of the last look at the truth."""
        return len(self._dense[kind].ids)

    def ends(self) -> Mapping[str, dt.date]:
        """Give the last days of the jobs that have one, by their ids."""
        self._refresh("job")
        return self._dense["job"].ends

    def parts(self, kind: Kind, ids: Sequence[str]) -> dict[str, StoredParts]:
        """Give the parts of those records that have them."""
        found: dict[str, StoredParts] = {}
        with self._read() as connection:
            self._still_of_my_encoder(connection)
            for first in range(0, len(ids), CHUNK):
                chunk = sa.select(records.c.id, records.c.parts, records.c.wording).where(
                    records.c.kind == kind,
                    records.c.id.in_(list(ids[first : first + CHUNK])),
                    records.c.parts.is_not(None),
                )
                for key, stored, wording in connection.execute(chunk):
                    vectors = np.frombuffer(stored, dtype=np.float16).reshape(-1, self.size)
                    found[key] = StoredParts(vectors=vectors, wording=wording or "")
        return found

    def ids(self, kind: Kind) -> list[str]:
        """Give all ids of a kind, sorted."""
        with self._read() as connection:
            rows = connection.execute(sa.select(records.c.id).where(lightly(records, kind)).order_by(records.c.id))
            return [key for (key,) in rows]

    def current_jobs(self, day: dt.date) -> list[str]:
        """Give the ids of the jobs that have not ended before a day, sorted."""
        is_current = records.c.valid_through.is_(None) | (records.c.valid_through >= day)
        with self._read() as connection:
            found = sa.select(records.c.id).where(records.c.kind == "job", is_current).order_by(records.c.id)
            return [key for (key,) in connection.execute(found)]

    def count(self, kind: Kind) -> int:
        """Count the records of a kind."""
        with self._read() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(records).where(lightly(records, kind))) or 0

    # Searching

    def search_dense(
        self, kind: Kind, vector: NDArray[np.float32], *, depth: int, only: Collection[str] | None = None
    ) -> Scored:
        """Give (id, cosine) of the nearest records, best first, ties by id; exact."""
        self._refresh(kind)
        return self._dense[kind].nearest(vector.astype(np.float32), depth=depth, only=only)

    def search_near(
        self,
        kind: Kind,
        vector: NDArray[np.float32],
        places: Sequence[Place],
        *,
        km: float,
        depth: int,
        only: Collection[str] | None = None,
    ) -> Scored:
        """Give the same among those within `km` kilometres of a place, or in it where it is a country."""
        self._refresh(kind)
        return self._dense[kind].near(vector.astype(np.float32), places, km=km, depth=depth, only=only)

    def search_skills(
        self, kind: Kind, uris: Collection[str], *, depth: int, only: Collection[str] | None = None
    ) -> Scored:
        """Give (id, weight of the shared skills) of the records that share the most, best first, ties by id."""
        self._refresh(kind)
        return self._dense[kind].sharing(uris, depth=depth, only=only)

    def search_text(self, kind: Kind, query: str, *, depth: int, only: Collection[str] | None = None) -> Scored:
        """Give (id, BM25) of the records that share words with the query, best first, ties by id.

        Rows that the index has not taken yet are written to it first, or, while another process writes it,
        searched beside it.
        """
        try:
            return self._search_text(kind, query, depth=depth, only=only)
        except (RuntimeError, OSError, ValueError) as error:
            logger.warning("the index of %ss is broken and is made again: %s", kind, error)
            self._text[kind].clear()
            return self._search_text(kind, query, depth=depth, only=only)

    def _search_text(self, kind: Kind, query: str, *, depth: int, only: Collection[str] | None) -> Scored:
        rows, gone, last = self._not_indexed(kind)
        if (rows or gone) and self._lease.take():
            try:
                rows, gone, last = self._not_indexed(kind)
                self._text[kind].write(rows, gone)
                self._set(f"indexed:{kind}", str(last))
            finally:
                self._lease.give()
            rows, gone = [], []
        found = self._text[kind].search(query, depth=depth + len(rows) + len(gone), only=only)
        if rows or gone:
            beside = TextIndex(kind=kind, folder=None)
            beside.write(rows, [])
            stale = set(gone) | {key for key, _ in rows}
            found = [pair for pair in found if pair[0] not in stale] + beside.search(query, depth=depth, only=only)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:depth]

    def _not_indexed(self, kind: Kind) -> tuple[list[tuple[str, str]], list[str], int]:
        with self._read() as connection:
            done = int(connection.scalar(sa.select(meta.c.value).where(meta.c.key == f"indexed:{kind}")) or 0)
            if not self._text[kind].exists():
                done = 0
            last = last_sequence(connection)
            if last == done:
                return [], [], last
            new = sa.select(records.c.id, records.c.lexical).where(written_since(records, kind, done))
            gone = sa.select(removed.c.id).where(written_since(removed, kind, done))
            rows = [(row.id, row.lexical) for row in connection.execute(new.order_by(records.c.id))]
            return rows, sorted(key for (key,) in connection.execute(gone)), last

    def _set(self, key: str, value: str) -> None:
        with self._write() as connection:
            connection.execute(insert(meta).values(key=key, value=value).prefix_with("OR REPLACE"))

    # Care

    def status(self) -> CatalogStatus:
        """Say what the catalog holds, and how much of it the index has not taken yet."""
        waiting = sum(len(rows) + len(gone) for rows, gone, _ in map(self._not_indexed, KINDS))
        size = (
            0
            if self.uri == MEMORY
            else sum(file.stat().st_size for file in Path(self.uri).rglob("*") if file.is_file())
        )
        with self._read() as connection:
            next_encoder_id, done = reencoded_so_far(connection)
        return CatalogStatus(
            uri=self.uri,
            encoder_id=self.encoder_id,
            schema_version=SCHEMA_VERSION,
            jobs=self.count("job"),
            people=self.count("person"),
            not_indexed=waiting,
            bytes_on_disk=size,
            next_encoder_id=next_encoder_id,
            reencoded=done,
        )

    def check(self) -> list[str]:
        """Say what is wrong, one sentence each; nothing when the truth is whole and the index agrees with it."""
        problems = []
        with self._read() as connection:
            stated = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            problems += [f"the database says: {line}" for line in stated if line != "ok"]
            problems += broken_rows(connection, size=self.size)
        for kind in KINDS:
            self.search_text(kind, "check", depth=1)
            if self._text[kind].ids() != self.ids(kind):
                problems.append(f"the index of {kind}s differs from the truth; run: metier catalog rebuild {self.uri}")
        return problems

    def reencoding(self, encoder_id: str, size: int) -> Reencoding:
        """Give the work of giving all records the vectors of another encoder, see `retrieval.reencode`."""
        return Reencoding(self._engine, encoder_id=encoder_id, size=size, is_shared=self.uri != MEMORY)

    def adopt(self) -> None:
        """Go on with the encoder that the catalog was re-encoded with since it was opened."""
        with self._read() as connection:
            known = {row.key: row.value for row in connection.execute(sa.select(meta.c.key, meta.c.value))}
        self.encoder_id, self.size = known["encoder_id"], int(known["size"])
        self._dense = {kind: DenseIndex(kind=kind, size=self.size) for kind in KINDS}

    def rebuild(self) -> int:
        """Make the index again from the truth.

        Returns:
            How many records it holds now.
        """
        while not self._lease.take():
            time.sleep(0.2)
        try:
            for kind in KINDS:
                self._text[kind].clear()
                self._set(f"indexed:{kind}", "0")
                rows, _, last = self._not_indexed(kind)
                for first in range(0, len(rows), 5000):
                    self._text[kind].write(rows[first : first + 5000], [])
                self._text[kind].optimise()
                self._set(f"indexed:{kind}", str(last))
        finally:
            self._lease.give()
        self._dense = {kind: DenseIndex(kind=kind, size=self.size) for kind in KINDS}
        return sum(map(self.count, KINDS))
