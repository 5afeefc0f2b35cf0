"""Saved searches: what is new in an answer is sent on, once."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import sqlalchemy as sa

from metier.errors import NotFoundError
from metier.service.desk import Desk
from metier.service.tables import deliveries, searches
from metier.service.webhook import new_secret, wait_after
from metier.service.wire import Question, SearchIn

_MOST_TOLD = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search that is made again whenever something changes.

    Attributes:
        owner: The key that made it.
        told: The ids that were sent already.
        version: The state of the catalog that was looked at last.
    """

    id: str
    owner: str
    side: Literal["jobs", "people"]
    subject: str
    url: str
    secret: str
    question: SearchIn
    told: tuple[str, ...]
    version: str
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message that is to be sent; its id stays the same however often it is tried."""

    id: str
    search: str
    body: str
    attempts: int


@dataclass(frozen=True, slots=True)
class SearchBook:
    """The saved searches of a tenant and the messages that they led to.

    Attributes:
        desk: Where they are made.
    """

    desk: Desk

    def add(self, asked: SearchIn, *, owner: str) -> SavedSearch:
        """Keep a search; what is in its answer now counts as told.

        Raises:
            NotFoundError: There is no such person or job.
        """
        now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
        version, found = self._look(asked)
        search = SavedSearch(
            id=uuid4().hex,
            owner=owner,
            side=asked.side,
            subject=asked.subject,
            url=asked.url,
            secret=new_secret(),
            question=asked,
            told=tuple(one["id"] for one in found),
            version=version,
            created=now,
        )
        values = {
            "id": search.id,
            "owner": owner,
            "side": search.side,
            "subject": search.subject,
            "url": search.url,
            "secret": search.secret,
            "question": asked.model_dump_json(),
            "told": json.dumps(search.told),
            "version": version,
            "created": now,
        }
        with self.desk.store.execution_options(writes=True).begin() as connection:
            connection.execute(sa.insert(searches).values(**values))
        return search

    def all(self) -> list[SavedSearch]:
        """Give all searches, oldest first."""
        with self.desk.store.begin() as connection:
            rows = connection.execute(sa.select(searches).order_by(searches.c.created, searches.c.id))
            return [_search(row) for row in rows]

    def find(self, search_id: str) -> SavedSearch:
        """Give a search.

        Raises:
            NotFoundError: There is none.
        """
        with self.desk.store.begin() as connection:
            row = connection.execute(sa.select(searches).where(searches.c.id == search_id)).first()
        if row is None:
            raise NotFoundError(f"there is no search {search_id!r}", hint="List them at /v1/searches.")
        return _search(row)

    def delete(self, search_id: str) -> None:
        """Delete a search with the messages that wait."""
        with self.desk.store.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(searches).where(searches.c.id == search_id))
            connection.execute(sa.delete(deliveries).where(deliveries.c.search == search_id))

    def deliveries(self, search_id: str) -> list[dict[str, Any]]:
        """Give the messages of a search with their state, latest first."""
        columns = (deliveries.c.id, deliveries.c.state, deliveries.c.attempts, deliveries.c.answer)
        chosen = sa.select(*columns).where(deliveries.c.search == search_id)
        with self.desk.store.begin() as connection:
            rows = connection.execute(chosen.order_by(deliveries.c.due.desc()).limit(100))
            return [dict(row._mapping) for row in rows]  # noqa: SLF001 - its documented name

    def look_again(self, search: SavedSearch) -> bool:
        """Make a search again if something has changed; what is new becomes a message in the same commit.

        Returns:
            Whether there is one.
        """
        try:
            if self._version(search.question) == search.version:
                return False
            version, found = self._look(search.question)
        except NotFoundError:
            return False
        fresh = [one for one in found if one["id"] not in set(search.told)]
        told = [*search.told, *(one["id"] for one in fresh)][-_MOST_TOLD:]
        is_same = (searches.c.id == search.id) & (searches.c.version == search.version)
        with self.desk.store.execution_options(writes=True).begin() as connection:
            change = sa.update(searches).where(is_same).values(version=version, told=json.dumps(told))
            if not connection.execute(change).rowcount or not fresh:
                return False
            connection.execute(sa.insert(deliveries).values(**_message(search, fresh)))
        return True

    def due(self) -> list[Delivery]:
        """Give the messages whose time has come, oldest first."""
        is_due = (deliveries.c.state == "waiting") & (deliveries.c.due <= time.time())
        with self.desk.store.begin() as connection:
            rows = connection.execute(sa.select(deliveries).where(is_due).order_by(deliveries.c.due).limit(50))
            return [Delivery(id=row.id, search=row.search, body=row.body, attempts=row.attempts) for row in rows]

    def tell(self, delivery: Delivery, *, is_taken: bool, answer: str) -> None:
        """Write down how an attempt went; a failed one is made again later, until it has failed too often."""
        attempts = delivery.attempts + 1
        wait = None if is_taken else wait_after(attempts)
        state = "sent" if is_taken else "waiting" if wait is not None else "given_up"
        due = time.time() + (wait or 0) * (1 + 0.1 * secrets.randbelow(100) / 100)
        values = {"attempts": attempts, "state": state, "due": due, "answer": answer[:200]}
        with self.desk.store.execution_options(writes=True).begin() as connection:
            connection.execute(sa.update(deliveries).where(deliveries.c.id == delivery.id).values(**values))

    def _version(self, asked: SearchIn) -> str:
        question = _question(asked)
        if asked.side == "jobs":
            return str(self.desk.version_for_person(asked.subject, question))
        return str(self.desk.version_for_job(asked.subject, question))

    def _look(self, asked: SearchIn) -> tuple[str, list[dict[str, Any]]]:
        version, question = self._version(asked), _question(asked)
        if asked.side == "jobs":
            found = [(match.job.id, match) for match, _ in self.desk.jobs_for(asked.subject, question)]
        else:
            found = [(match.profile.id, match) for match, _ in self.desk.people_for(asked.subject, question)]
        shown = [(key, match) for key, match in found if match.score >= asked.least_score]
        return version, [{"id": key, "score": match.score, "band": match.band} for key, match in shown]


def _question(asked: SearchIn) -> Question:
    return Question(**asked.filters.model_dump(), n=asked.n)


def _message(search: SavedSearch, fresh: Sequence[dict[str, Any]]) -> dict[str, Any]:
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    body = {
        "type": f"search.{search.side}",
        "timestamp": now,
        "data": {"search": search.id, "subject": search.subject, "new": list(fresh)},
    }
    return {
        "id": f"msg_{uuid4().hex}",
        "search": search.id,
        "body": json.dumps(body, ensure_ascii=False),
        "attempts": 0,
        "due": time.time(),
        "state": "waiting",
        "answer": "",
    }


def _search(row: sa.Row[tuple[object, ...]]) -> SavedSearch:
    return SavedSearch(
        id=row.id,
        owner=row.owner,
        side=row.side,
        subject=row.subject,
        url=row.url,
        secret=row.secret,
        question=SearchIn.model_validate_json(row.question),
        told=tuple(json.loads(row.told)),
        version=row.version,
        created=row.created,
    )
