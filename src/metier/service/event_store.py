"""Events: durable before they are acknowledged, many in one commit."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Literal, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.records.event import Event
from metier.service.tables import events

Receipt = Literal["stored", "known"]
_MOST = 5000
_CHUNK = 500


class EventStore(Protocol):
    """Keeps events, each once."""

    def add(self, found: Sequence[Event]) -> list[Receipt]:
        """Keep events; when this returns they are committed and synced.

        Returns:
            For each whether it was stored, or was there already.
        """
        ...

    def send(self, found: Sequence[Event]) -> Future[list[Receipt]]:
        """Hand events over; the future is done once they are committed and synced."""
        ...

    def of_person(self, profile_id: str, *, latest: int = 500) -> list[Event]:
        """Give a person's latest events, oldest first."""
        ...

    def version(self, profile_id: str) -> int:
        """Give a number that grows with every event of a person; 0 when there is none."""
        ...

    def page(self, *, after: int, limit: int, profile_id: str = "") -> list[tuple[int, Event]]:
        """Give events with their numbers, oldest first."""
        ...

    def forget(self, profile_id: str) -> int:
        """Delete all events of a person.

        Returns:
            How many there were.
        """
        ...

    def close(self) -> None:
        """Write what waits, and stop."""
        ...


class SqlEventStore:
    """Events in SQL; those that wait while a commit is under way are written by the next one together.

    Args:
        engine: The tables of a tenant.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[tuple[Sequence[Event], Future[list[Receipt]]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="events", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write what waits, and stop."""
        self._waiting.put(None)
        self._thread.join()

    def add(self, found: Sequence[Event]) -> list[Receipt]:
        """Keep events; when this returns they are committed and synced."""
        return self.send(found).result()

    def send(self, found: Sequence[Event]) -> Future[list[Receipt]]:
        """Hand events over; the future is done once they are committed and synced."""
        receipt: Future[list[Receipt]] = Future()
        self._waiting.put((found, receipt))
        return receipt

    def _write(self) -> None:
        while True:
            first = self._waiting.get()
            if first is None:
                return
            batch, is_last = [first], False
            while sum(len(found) for found, _ in batch) < _MOST and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    is_last = True
                    break
                batch.append(following)
            self._commit(batch)
            if is_last:
                return

    def _commit(self, batch: Sequence[tuple[Sequence[Event], Future[list[Receipt]]]]) -> None:
        """Write one batch; all who wait for it learn how it ended."""
        try:
            receipts = self._insert([event for found, _ in batch for event in found])
        except sa.exc.SQLAlchemyError as error:
            for _, future in batch:
                future.set_exception(error)
            return
        place = 0
        for found, future in batch:
            future.set_result(receipts[place : place + len(found)])
            place += len(found)

    def _insert(self, found: Sequence[Event]) -> list[Receipt]:
        with self._engine.execution_options(writes=True).begin() as connection:
            ids = sorted({event.id for event in found})
            known: set[str] = set()
            for first in range(0, len(ids), _CHUNK):
                chunk = sa.select(events.c.id).where(events.c.id.in_(ids[first : first + _CHUNK]))
                known.update(key for (key,) in connection.execute(chunk))
            rows, receipts = [], list[Receipt]()
            for event in found:
                is_known = event.id in known
                receipts.append("known" if is_known else "stored")
                if not is_known:
                    known.add(event.id)
                    rows.append(_row(event))
            if rows:
                connection.execute(insert(events), rows)
        return receipts

    def of_person(self, profile_id: str, *, latest: int = 500) -> list[Event]:
        """Give a person's latest events, oldest first."""
        chosen = sa.select(events).where(events.c.profile_id == profile_id)
        with self._engine.begin() as connection:
            rows = connection.execute(chosen.order_by(events.c.sequence.desc()).limit(latest)).all()
        return [_event(row) for row in reversed(rows)]

    def version(self, profile_id: str) -> int:
        """Give a number that grows with every event of a person; 0 when there is none."""
        with self._engine.begin() as connection:
            return connection.scalar(_LAST, {"profile_id": profile_id}) or 0

    def page(self, *, after: int, limit: int, profile_id: str = "") -> list[tuple[int, Event]]:
        """Give events with their numbers, oldest first."""
        chosen = sa.select(events).where(events.c.sequence > after)
        if profile_id:
            chosen = chosen.where(events.c.profile_id == profile_id)
        with self._engine.begin() as connection:
            rows = connection.execute(chosen.order_by(events.c.sequence).limit(limit)).all()
        return [(row.sequence, _event(row)) for row in rows]

    def forget(self, profile_id: str) -> int:
        """Delete all events of a person."""
        with self._engine.execution_options(writes=True).begin() as connection:
            return connection.execute(sa.delete(events).where(events.c.profile_id == profile_id)).rowcount


_LAST = sa.select(sa.func.max(events.c.sequence)).where(events.c.profile_id == sa.bindparam("profile_id"))


def _row(event: Event) -> dict[str, object]:
    return {
        "id": event.id,
        "kind": event.kind,
        "profile_id": event.profile_id,
        "job_id": event.job_id,
        "actor": event.actor,
        "at": event.at.isoformat(),
        "position": event.position,
        "note": event.note,
    }


def _event(row: sa.Row[tuple[object, ...]]) -> Event:
    return Event(
        id=row.id,
        kind=row.kind,
        profile_id=row.profile_id,
        job_id=row.job_id,
        actor=row.actor,
        at=dt.datetime.fromisoformat(row.at),
        position=row.position,
        note=row.note,
    )
