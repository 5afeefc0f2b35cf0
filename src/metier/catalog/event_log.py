"""The events of a catalog: kept once each, read in the order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.schema import events, records
from metier.catalog.truth import CHUNK
from metier.records.event import Event, EventKind

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_READ_AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSummary:
    """What one acknowledged batch of events did."""

    added: int = 0
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class EventLog:
    """Events in SQL; an acknowledged batch is committed and synced."""

    engine: sa.Engine

    def append(self, batch: Sequence[Event]) -> EventSummary:
        """Write a batch in one transaction; an event whose id is there already is left as it is and counted."""
        fresh = {event.id: event for event in reversed(batch)}
        with self.engine.execution_options(writes=True).begin() as connection:
            known: set[str] = set()
            ids = list(fresh)
            for first in range(0, len(ids), CHUNK):
                chunk = sa.select(events.c.id).where(events.c.id.in_(ids[first : first + CHUNK]))
                known |= {key for (key,) in connection.execute(chunk)}
            rows = [_row(event) for key, event in fresh.items() if key not in known]
            if rows:
                connection.execute(insert(events), rows)
        return EventSummary(added=len(rows), duplicates=len(batch) - len(rows))

    def read(self, *, before: dt.datetime | None = None) -> Iterator[Event]:
        """Give all events, or those before a time, oldest first, ties by id; few are in memory at once."""
        wanted = sa.select(events).order_by(events.c.at, events.c.id)
        if before is not None:
            wanted = wanted.where(events.c.at < _microseconds(before))
        with self.engine.begin() as connection:
            for row in connection.execution_options(yield_per=_READ_AT_ONCE).execute(wanted).mappings():
                yield _event(dict(row))

    def of_person(self, profile_id: str, *, before: dt.datetime, most: int) -> list[Event]:
        """Give the last `most` things that a person did before a time, newest first; what was shown is left out."""
        wanted = (
            sa.select(events)
            .where(events.c.profile_id == profile_id, events.c.at < _microseconds(before))
            .where(events.c.actor == "person", events.c.kind != "impression")
            .order_by(events.c.at.desc(), events.c.id.desc())
            .limit(most)
        )
        with self.engine.begin() as connection:
            return [_event(dict(row)) for row in connection.execute(wanted).mappings()]

    def people_by_job(self, *, since: dt.datetime, before: dt.datetime) -> dict[str, int]:
        """Count by job the people who did something with it, other than seeing or dismissing it, within a time."""
        wanted = (
            sa.select(events.c.job_id, sa.func.count(sa.distinct(events.c.profile_id)).label("people"))
            .where(events.c.at >= _microseconds(since), events.c.at < _microseconds(before))
            .where(events.c.actor == "person", events.c.kind.not_in(["impression", "dismiss"]))
            .group_by(events.c.job_id)
        )
        with self.engine.begin() as connection:
            return {row.job_id: row.people for row in connection.execute(wanted)}

    def count(self) -> dict[EventKind, int]:
        """Count the events of each kind that is there."""
        wanted = (
            sa.select(events.c.kind, sa.func.count().label("number")).group_by(events.c.kind).order_by(events.c.kind)
        )
        with self.engine.begin() as connection:
            return {row.kind: row.number for row in connection.execute(wanted)}

    def has_any(self, *, before: dt.datetime) -> bool:
        """Say whether anything happened before a time."""
        with self.engine.begin() as connection:
            return connection.scalar(sa.select(1).where(events.c.at < _microseconds(before)).limit(1)) is not None

    def unknown(self, batch: Collection[Event]) -> set[tuple[str, str]]:
        """Give (kind of record, id) of the people and jobs of events that the catalog does not hold."""
        named = {("person", event.profile_id) for event in batch} | {("job", event.job_id) for event in batch}
        known: set[tuple[str, str]] = set()
        with self.engine.begin() as connection:
            for kind in ("job", "person"):
                ids = sorted(key for one, key in named if one == kind)
                for first in range(0, len(ids), CHUNK):
                    chunk = records.c.id.in_(ids[first : first + CHUNK])
                    found = connection.execute(sa.select(records.c.id).where(records.c.kind == kind, chunk))
                    known |= {(kind, key) for (key,) in found}
        return named - known


def _microseconds(at: dt.datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _row(event: Event) -> dict[str, Any]:
    return asdict(event) | {"at": _microseconds(event.at)}


def _event(row: dict[str, Any]) -> Event:
    return Event(**row | {"at": _EPOCH + row["at"] * _MICROSECOND})
