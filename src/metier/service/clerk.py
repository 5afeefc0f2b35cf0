"""What goes on by itself in each process: long imports, saved searches, webhooks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

import sqlalchemy as sa

from metier.catalog.lease import Lease
from metier.errors import MetierError
from metier.service import webhook
from metier.service.desk import Desk
from metier.service.import_run import ImportBook
from metier.service.saved_search import Delivery, SearchBook

Send = Callable[..., int]
_ROUND_S = 0.5
_LEASE_S = 30.0
logger = logging.getLogger(__name__)


class Clerk:
    """Works through what waits, in a thread; of several processes one at a time looks after the searches.

    Args:
        desks: Gives the desks of all tenants.
        may_be_private: Whether webhooks may go to the own network.
        send: Posts a message.
    """

    def __init__(
        self, desks: Callable[[], Mapping[str, Desk]], *, may_be_private: bool, send: Send = webhook.send
    ) -> None:
        self._desks = desks
        self._may_be_private = may_be_private
        self._send = send
        self._leases: dict[str, Lease] = {}
        self._stopping = threading.Event()
        self._bell = threading.Event()
        self._threads = [
            threading.Thread(target=self._again, args=(work,), name=work.__name__, daemon=True)
            for work in (self.do_imports, self.do_searches)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that something waits."""
        self._bell.set()

    def stop(self) -> None:
        """Finish the batch at hand, and stop."""
        self._stopping.set()
        self._bell.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _again(self, work: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                work()
            except (MetierError, OSError, sa.exc.SQLAlchemyError):
                logger.exception("work in the background has failed and is tried again")
            self._bell.wait(_ROUND_S)
            self._bell.clear()

    def do_imports(self) -> None:
        """Do the imports that wait."""
        for desk in self._desks().values():
            book = ImportBook(desk)
            while not self._stopping.is_set() and (run := book.claim()) is not None:
                book.work(run, stopping=self._stopping)

    def do_searches(self) -> None:
        """Make saved searches again where something has changed, and send what is new."""
        for tenant, desk in self._desks().items():
            book = SearchBook(desk)
            found = book.all()
            if not found:
                continue
            lease = self._leases.setdefault(tenant, Lease(desk.store, name="searches", seconds=_LEASE_S))
            if not lease.take():
                continue
            for search in found:
                if self._stopping.is_set():
                    break
                book.look_again(search)
            for delivery in book.due():
                if self._stopping.is_set() or not lease.take():
                    break
                self._deliver(book, delivery)
        if self._stopping.is_set():
            for lease in self._leases.values():
                lease.give()

    def _deliver(self, book: SearchBook, delivery: Delivery) -> None:
        """Send a message; any answer of 200 to 299 takes it."""
        body = delivery.body.encode("utf-8", "replace")
        try:
            search = book.find(delivery.search)
            headers = webhook.headers_of(search.secret, delivery.id, body)
            status = self._send(search.url, headers, body, may_be_private=self._may_be_private)
        except (MetierError, OSError) as error:
            book.tell(delivery, is_taken=False, answer=f"{type(error).__name__}: {error}")
            return
        book.tell(delivery, is_taken=200 <= status < 300, answer=str(status))
