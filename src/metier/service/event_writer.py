"""Events go to the catalog many in one commit; each is durable before it is acknowledged."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Literal

import sqlalchemy as sa

from metier.catalog import EventLog
from metier.records.event import Event

Receipt = Literal["stored", "known"]
_MOST = 5000
_Waiting = tuple[Sequence[Event], "Future[list[Receipt]]"]


class EventWriter:
    """Group commit: those that wait while a commit is under way are written by the next one together.

    Args:
        log: The events of a tenant's catalog.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="events", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write what waits, and stop."""
        self._waiting.put(None)
        self._thread.join()

    def send(self, found: Sequence[Event]) -> Future[list[Receipt]]:
        """Hand events over.

        Returns:
            Done once they are committed and synced: for each whether it was stored, or was there already.
        """
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

    def _commit(self, batch: Sequence[_Waiting]) -> None:
        """Write one batch; all who wait for it learn how it ended."""
        try:
            done = self._log.append([event for found, _ in batch for event in found])
        except sa.exc.SQLAlchemyError as error:
            for _, future in batch:
                future.set_exception(error)
            return
        receipts: list[Receipt] = ["stored" if is_new else "known" for is_new in done.is_new]
        place = 0
        for found, future in batch:
            future.set_result(receipts[place : place + len(found)])
            place += len(found)
