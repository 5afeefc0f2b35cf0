"""The events of a catalog: kept once each, read in the order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.schema import event_days, events
from metier.catalog.truth import CHUNK
from metier.records.event import Event, EventKind

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_DAY = 24 * 3600 * 1_000_000
_READ_AT_ONCE = 5000
_DECIDES: tuple[EventKind, ...] = ("dismiss", "save", "apply", "interview", "hire")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSummary:
    """What one acknowledged batch of events did."""

    is_new: tuple[bool, ...] = ()
    """Of each event whether it was written, rather than there already."""

    @property
    def added(self) -> int:
        """Count those that were written."""
        return sum(self.is_new)

    @property
    def duplicates(self) -> int:
        """Count those that were there already, or came twice."""
        return len(self.is_new) - self.added


@dataclass(frozen=True, slots=True)
class EventLog:
    """Events in SQL; an acknowledged batch is committed and synced."""

    engine: sa.Engine

    def append(self, batch: Sequence[Event]) -> EventSummary:
        """Write a batch in one transaction; an event whose id is there already is left as it is and counted."""
        with self.engine.execution_options(writes=True).begin() as connection:
            known = _known(connection, [event.id for event in batch])
            is_new: list[bool] = []
            rows: list[dict[str, Any]] = []
            for event in batch:
                is_new.append(event.id not in known)
                if is_new[-1]:
                    known.add(event.id)
                    rows.append(_row(event))
            if rows:
                connection.execute(insert(events), rows)
                _count_change(connection, [row["at"] for row in rows])
        return EventSummary(is_new=tuple(is_new))

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
            .order_by(events.c.at.desc(), events.c.sequence.desc())
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

    def last_words(self, profile_id: str, *, before: dt.datetime) -> dict[str, EventKind]:
        """Give by job what a person decided on it last before a time; looking at it again decides nothing."""
        wanted = (
            sa.select(events.c.job_id, events.c.kind)
            .where(events.c.profile_id == profile_id, events.c.at < _microseconds(before))
            .where(events.c.actor == "person", events.c.kind.in_(_DECIDES))
            .order_by(events.c.at, events.c.sequence)
        )
        with self.engine.begin() as connection:
            return {row.job_id: row.kind for row in connection.execute(wanted)}

    def page(self, *, after: int, limit: int, profile_id: str = "") -> list[tuple[int, Event]]:
        """Give events with their numbers in the order in which they came in, those of one person if named."""
        wanted = sa.select(events).where(events.c.sequence > after).order_by(events.c.sequence).limit(limit)
        if profile_id:
            wanted = wanted.where(events.c.profile_id == profile_id)
        with self.engine.begin() as connection:
            return [(row["sequence"], _event(dict(row))) for row in connection.execute(wanted).mappings()]

    def last(self, profile_id: str) -> int:
        """Give the number of the last event of a person that came in; 0 where there is none."""
        with self.engine.begin() as connection:
            return connection.scalar(_LAST, {"profile_id": profile_id}) or 0

    def changes(self, *, before: dt.datetime | None = None) -> int:
        """Give a number that grows whenever events come in or are forgotten: any, or those of days before a time."""
        day = _microseconds(before) // _DAY if before is not None else _NEVER
        with self.engine.begin() as connection:
            return connection.scalar(_CHANGES, {"day": day}) or 0

    def forget(self, profile_id: str) -> int:
        """Delete all events of a person.

        Returns:
            How many there were.
        """
        gone = sa.delete(events).where(events.c.profile_id == profile_id).returning(events.c.at)
        with self.engine.execution_options(writes=True).begin() as connection:
            times = [row.at for row in connection.execute(gone)]
            _count_change(connection, times)
        return len(times)


_NEVER = 1 << 40
_LAST = sa.select(sa.func.max(events.c.sequence)).where(events.c.profile_id == sa.bindparam("profile_id"))
_CHANGES = sa.select(sa.func.sum(event_days.c.changes)).where(event_days.c.day < sa.bindparam("day"))


def _known(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Give those ids that are there already."""
    known: set[str] = set()
    for first in range(0, len(ids), CHUNK):
        chunk = sa.select(events.c.id).where(events.c.id.in_(ids[first : first + CHUNK]))
        known |= {key for (key,) in connection.execute(chunk)}
    return known


def _count_change(connection: sa.Connection, times: Iterable[int]) -> None:
    """Count a change of the days that some times are in."""
    rows = [{"day": day, "changes": 1} for day in sorted({at // _DAY for at in times})]
    if rows:
        more = insert(event_days).on_conflict_do_update(
            index_elements=["day"], set_={"changes": event_days.c.changes + 1}
        )
        connection.execute(more, rows)


def _microseconds(at: dt.datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _row(event: Event) -> dict[str, Any]:
    return asdict(event) | {"at": _microseconds(event.at)}


def _event(row: dict[str, Any]) -> Event:
    fields = {name: value for name, value in row.items() if name != "sequence"}
    return Event(**fields | {"at": _EPOCH + row["at"] * _MICROSECOND})
