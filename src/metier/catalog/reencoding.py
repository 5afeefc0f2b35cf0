"""The vectors of another encoder, made beside the old ones, until one transaction puts all in their place."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.entry import Entry, Kind
from metier.catalog.lease import Lease
from metier.catalog.schema import meta, pending, records
from metier.errors import CatalogBusyError, CatalogError
from metier.records.codec import from_json
from metier.records.job import Job
from metier.records.profile import Profile

LEASE_S = 15.0
HEARTBEAT_S = 3.0
_LOOK_S = 0.2
_NEXT_ENCODER, _NEXT_SIZE = "next_encoder_id", "next_size"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A record that has no vectors of the next encoder yet.

    Attributes:
        sequence: The write that made it what it is.
        has_parts: Whether the vectors of its parts are kept too.
    """

    kind: Kind
    record: Job | Profile
    sequence: int
    has_parts: bool


class Reencoding:
    """The work on one catalog, by one process at a time; what was kept is there when the next one goes on.

    Args:
        engine: The open database.
        encoder_id: The next encoder.
        size: Dimensions of its vectors.
        is_shared: Whether other processes may open the database.

    Attributes:
        is_done: Whether the catalog holds the next encoder's vectors.
    """

    def __init__(self, engine: sa.Engine, *, encoder_id: str, size: int, is_shared: bool = True) -> None:
        self.encoder_id = encoder_id
        self.size = size
        self.is_done = False
        self._engine = engine
        self._is_shared = is_shared
        self._lease = Lease(engine, name="reencode", seconds=LEASE_S)
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        """Begin, or go on where a process was killed.

        Raises:
            CatalogBusyError: Another process is at it.
        """
        self._take_lease()
        with self._write() as connection:
            self.is_done = _value(connection, "encoder_id") == self.encoder_id
            if self.is_done:
                return self
            if _value(connection, _NEXT_ENCODER) != self.encoder_id:
                connection.execute(sa.delete(pending))
            for key, value in ((_NEXT_ENCODER, self.encoder_id), (_NEXT_SIZE, str(self.size))):
                connection.execute(insert(meta).values(key=key, value=value).prefix_with("OR REPLACE"))
        if self._is_shared:
            self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._heart.is_alive():
            self._heart.join()
        self._lease.give()

    def progress(self) -> tuple[int, int]:
        """Give how many records are done, and how many there are."""
        with self._engine.begin() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(records)) or 0
            left = connection.scalar(sa.select(sa.func.count()).select_from(_JOINED).where(_IS_LEFT)) or 0
        return total - left, total

    def waiting(self, n: int) -> Iterator[list[Waiting]]:
        """Give the records that wait, `n` at a time, in the order of kind and id; each comes once.

        Raises:
            CatalogError: A record cannot be read.
        """
        last: tuple[str, str] = ("", "")
        while rows := self._after(last, n):
            last = rows[-1].kind, rows[-1].id
            yield [_waiting(row) for row in rows]

    def _after(self, last: tuple[str, str], n: int) -> Sequence[Any]:
        columns = (records.c.kind, records.c.id, records.c.document, records.c.sequence)
        has_parts = records.c.parts.is_not(None).label("has_parts")
        is_after = sa.tuple_(records.c.kind, records.c.id) > sa.tuple_(*map(sa.literal, last))
        found = sa.select(*columns, has_parts).select_from(_JOINED).where(_IS_LEFT, is_after)
        with self._engine.begin() as connection:
            return connection.execute(found.order_by(records.c.kind, records.c.id).limit(n)).all()

    def keep(self, made: Sequence[tuple[Waiting, Entry]]) -> None:
        """Write vectors beside the old ones; when this returns, they are committed.

        Raises:
            CatalogBusyError: Another process has begun to re-encode with another encoder.
        """
        rows = [
            {
                "kind": waiting.kind,
                "id": waiting.record.id,
                "sequence": waiting.sequence,
                "vector": entry.vector.astype(np.float32).tobytes(),
                "parts": _stored(entry.parts) if waiting.has_parts else None,
            }
            for waiting, entry in made
        ]
        with self._write() as connection:
            self._check_mine(connection)
            if rows:
                connection.execute(insert(pending).prefix_with("OR REPLACE"), rows)

    def switch(self) -> bool:
        """Put the new vectors in the place of the old ones, all in one transaction; not while a record waits.

        Returns:
            Whether it is done; where records were written meanwhile, these come first.
        """
        with self._write() as connection:
            self._check_mine(connection)
            if connection.scalar(sa.select(sa.literal(1)).select_from(_JOINED).where(_IS_LEFT).limit(1)):
                return False
            same = (pending.c.kind == records.c.kind) & (pending.c.id == records.c.id)
            fresh = {name: sa.select(pending.c[name]).where(same).scalar_subquery() for name in ("vector", "parts")}
            connection.execute(sa.update(records).values(**fresh))
            connection.execute(sa.delete(pending))
            for key, value in (("encoder_id", self.encoder_id), ("size", str(self.size))):
                connection.execute(sa.update(meta).where(meta.c.key == key).values(value=value))
            connection.execute(sa.delete(meta).where(meta.c.key.in_([_NEXT_ENCODER, _NEXT_SIZE])))
        self.is_done = True
        return True

    def _write(self) -> Any:  # noqa: ANN401 - a transaction, which SQLAlchemy gives no public name
        return self._engine.execution_options(writes=True).begin()

    def _check_mine(self, connection: sa.Connection) -> None:
        now = _value(connection, _NEXT_ENCODER)
        if now != self.encoder_id:
            raise _busy(f"another process has begun to re-encode this catalog with {now!r}")

    def _take_lease(self) -> None:
        """Take the lease; one that nobody renews is of a process that was killed, and ends soon."""
        known = 0.0
        while not self._lease.take():
            until = self._lease.held_until()
            if known and until > known:
                raise _busy("another process is re-encoding this catalog")
            known = known or until
            time.sleep(_LOOK_S)

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_S):
            try:
                self._lease.take()
            except sa.exc.OperationalError as error:
                logger.warning("the lease was not renewed: %s", error.orig)


def _waiting(row: Any) -> Waiting:  # noqa: ANN401 - a row of SQL
    try:
        is_job = row.kind == "job"
        record: Job | Profile = from_json(Job, row.document) if is_job else from_json(Profile, row.document)
    except ValueError as error:
        raise CatalogError(
            f"{row.kind} {row.id!r} cannot be read: {str(error).splitlines()[0]}",
            hint="See what is wrong with: metier catalog check; import it again or delete it, then go on.",
        ) from error
    return Waiting(kind=row.kind, record=record, sequence=row.sequence, has_parts=bool(row.has_parts))


def reencoded_so_far(connection: sa.Connection) -> tuple[str, int]:
    """Give the next encoder, empty when there is none, and how many records have its vectors."""
    return _value(connection, _NEXT_ENCODER), connection.scalar(sa.select(sa.func.count()).select_from(pending)) or 0


def _value(connection: sa.Connection, key: str) -> str:
    return connection.scalar(sa.select(meta.c.value).where(meta.c.key == key)) or ""


def _busy(message: str) -> CatalogBusyError:
    return CatalogBusyError(message, hint="Wait until it is done: metier catalog status says how far it is.")


def _stored(parts: NDArray[np.float16] | None) -> bytes | None:
    return None if parts is None else parts.astype(np.float16).tobytes()


_JOINED = sa.outerjoin(records, pending, (records.c.kind == pending.c.kind) & (records.c.id == pending.c.id))
_IS_LEFT = pending.c.sequence.is_(None) | (pending.c.sequence != records.c.sequence)
