"""Files of events: CSV as Gorse writes it, RecBole's `.inter`, JSON Lines, Parquet; read row by row."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metier.documents.rows import Row, csv_rows, read_rows
from metier.errors import InputError, NotFoundError
from metier.records.event import Actor, Event, EventKind, event_id

_COLUMNS: dict[str, tuple[str, ...]] = {
    "profile_id": ("profile_id", "user", "user_id", "userid", "person", "person_id", "applicant_id", "applicantid",
                   "visitor_id", "geek_id", "用户"),
    "job_id": ("job_id", "item", "item_id", "itemid", "jobid", "job", "posting_id", "target_id", "职位"),
    "kind": ("kind", "feedback_type", "feedbacktype", "event", "event_type", "eventtype", "action", "type", "behavior",
             "behaviour"),
    "at": ("at", "timestamp", "time_stamp", "time", "datetime", "date", "created_at", "view_start", "ts", "时间"),
    "position": ("position", "pos", "rank", "slot"),
    "list_id": ("list_id", "list", "session", "session_id", "impression_id", "request_id", "query_id"),
    "weight": ("weight", "value", "count"),
    "actor": ("actor", "side", "acted_by", "who"),
    "id": ("id", "event_id", "eventid", "uuid"),
    "label": ("label",),
    "note": ("note", "comment"),
}  # fmt: skip
_KINDS: dict[EventKind, tuple[str, ...]] = {
    "impression": ("impression", "impressions", "shown", "show", "exposure", "expose", "read"),
    "click": ("click", "view", "viewed", "open", "opened", "detail", "visit", "star"),
    "save": ("save", "saved", "like", "liked", "favorite", "favourite", "bookmark", "addtocart", "shortlist"),
    "apply": ("apply", "applied", "application", "submit", "deliver", "transaction"),
    "interview": ("interview", "interviewed", "invite", "invited", "phonescreen"),
    "hire": ("hire", "hired", "placed", "placement", "offeraccepted", "satisfied"),
    "dismiss": ("dismiss", "dismissed", "hide", "hidden", "dislike", "notinterested", "reject", "rejected", "skip"),
}  # fmt: skip
_BY_COLUMN = {alias: ours for ours, aliases in _COLUMNS.items() for alias in aliases}
_BY_KIND = {alias: ours for ours, aliases in _KINDS.items() for alias in aliases}
_ACTORS: dict[str, Actor] = {"person": "person", "user": "person", "employer": "employer", "recruiter": "employer"}
_OF_EMPLOYERS: tuple[EventKind, ...] = ("interview", "hire")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_LATEST_SECONDS = 1e11
"""A larger number counts milliseconds, microseconds or nanoseconds: as seconds it would be the year 5138."""
_LONGEST = 512
_DELIMITERS = "\t,;|"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """A file of events.

    Attributes:
        path: CSV, TSV, `.inter`, JSON Lines or Parquet.
        now: What is later than this is from the future, and refused.
        kind: The kind of rows in a file that has no column for it.
    """

    path: Path
    now: dt.datetime
    kind: EventKind = "click"

    def read(self) -> Iterator[Event | InputError]:
        """Give each row as an event or as its error; few rows are in memory at once.

        Raises:
            NotFoundError: There is no such file.
            InputError: The file cannot be read, or has no column for the person, the job or the time.
        """
        unused: set[str] | None = None
        for number, row in self._rows():
            if isinstance(row, InputError):
                yield row
                continue
            fields: dict[str, Any] = {}
            for column, value in row.items():
                ours = _our_name(str(column))
                if ours is not None and (unused is None or ours not in unused):
                    fields.setdefault(ours, value)
            if unused is None:
                self._check(fields, row)
                unused = _not_ranks(fields)
                fields = {name: value for name, value in fields.items() if name not in unused}
            try:
                yield self._event(fields)
            except ValueError as error:
                yield InputError(f"{self.path}, row {number}: {error}", hint="Mend the row, or leave it out.")

    def _rows(self) -> Iterator[Row]:
        if not self.path.is_file():
            raise NotFoundError(f"there is no file {str(self.path)!r}", hint="Check the path.")
        match self.path.suffix.lower():
            case ".csv" | ".tsv" | ".inter" | ".txt":
                return _csv_rows(self.path)
            case ".jsonl" | ".ndjson":
                return _json_rows(self.path)
            case ".parquet":
                return read_rows(self.path)
            case other:
                hint = "Give CSV, TSV, .inter, JSON Lines or Parquet."
                raise InputError(f"{self.path}: {other!r} is no file of events", hint=hint)

    def _check(self, names: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        missing = [ours for ours in ("profile_id", "job_id", "at") if ours not in names]
        if missing:
            known = ", ".join(_COLUMNS[missing[0]][:5])
            shown = ", ".join(repr(column) for column in list(row)[:12])
            hint = f"Name it one of: {known}; columns found: {shown}."
            raise InputError(f"{self.path} has no column for {missing[0]!r}", hint=hint)

    def _event(self, fields: Mapping[str, Any]) -> Event:
        profile_id, job_id = _id(fields, "profile_id"), _id(fields, "job_id")
        kind = self._kind(fields)
        at = _time(fields.get("at"))
        if at > self.now:
            raise ValueError(f"the event is from the future: {at.isoformat()}")
        position, list_id = _position(fields.get("position")), _text(fields.get("list_id"))
        made_id = event_id(kind, profile_id, job_id, at, str(position), list_id)
        return Event(
            id=_text(fields.get("id"))[:_LONGEST] or made_id,
            kind=kind,
            profile_id=profile_id,
            job_id=job_id,
            actor=_actor(fields.get("actor"), kind),
            at=at,
            position=position,
            list_id=list_id[:_LONGEST],
            weight=_weight(fields.get("weight")),
            note=_text(fields.get("note"))[:_LONGEST],
        )

    def _kind(self, fields: Mapping[str, Any]) -> EventKind:
        if "kind" in fields:
            stated = _text(fields["kind"])
            kind = _BY_KIND.get(re.sub(r"[\s_\-]+", "", stated.lower()))
            if kind is None:
                raise ValueError(f"there is no kind of event {stated!r}; use one of: {', '.join(_KINDS)}")
            return kind
        label = _text(fields.get("label"))
        return "impression" if label and _number(label, "label") == 0 else self.kind


def _not_ranks(fields: Mapping[str, Any]) -> set[str]:
    """Leave out a column of positions that holds words in the first row: to some a position is a job."""
    text = str(fields.get("position", "")).strip()
    return {"position"} if text and not re.search(r"\d|^(?:na|nan|none|null)$", text, re.IGNORECASE) else set()


def _our_name(column: str) -> str | None:
    """Give our name of a column; RecBole writes its type behind a colon."""
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column.strip().lstrip("\ufeff").split(":", 1)[0])
    return _BY_COLUMN.get(re.sub(r"[\s\-.]+", "_", bare).lower())


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        head = lines.readline()
        if not head.strip():
            raise InputError(f"{path} is empty", hint="Give a file with a header row.")
        delimiter = max(_DELIMITERS, key=lambda mark: (head.count(mark), -_DELIMITERS.index(mark)))
        header = next(csv.reader([head], delimiter=delimiter))
        yield from csv_rows(path, header, csv.reader(lines, delimiter=delimiter))


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        number = 0
        for line in lines:
            if not line.strip():
                continue
            number += 1
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                hint = "Write one JSON object a line."
                yield number, InputError(f"{path}, row {number}: not JSON: {error}", hint=hint)
                continue
            if isinstance(row, dict):
                yield number, row
            else:
                message = f"{path}, row {number}: a {type(row).__name__} is no event"
                yield number, InputError(message, hint="Write one JSON object a line.")


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if "\ufffd" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a cell is not UTF-8")
    return text


def _id(fields: Mapping[str, Any], name: str) -> str:
    text = _text(fields.get(name))
    if not text:
        raise ValueError(f"there is no {name}")
    if len(text) > _LONGEST:
        raise ValueError(f"the {name} has {len(text)} characters; at most {_LONGEST} are kept")
    return text


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"the {what} {text!r} is no number") from None
    if not math.isfinite(value):
        raise ValueError(f"the {what} {text!r} is no number")
    return value


def _time(value: object) -> dt.datetime:
    """Read a time: seconds since 1970 (or milli-, micro-, nanoseconds), or ISO 8601; without a zone it is UTC."""
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    text = _text(value)
    if not text:
        raise ValueError("there is no time")
    try:
        if _NUMBER.fullmatch(text):
            seconds = _number(text, "time")
            while abs(seconds) >= _LATEST_SECONDS:
                seconds /= 1000
            return _EPOCH + dt.timedelta(seconds=seconds)
        stated = dt.datetime.fromisoformat(text.removesuffix("UTC").strip())
        return (stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"the time {text!r} cannot be read; write it as 2026-12-31T23:59:00Z") from None


def _position(value: object) -> int | None:
    text = _text(value)
    if not text:
        return None
    position = _number(text, "position")
    if position < 1 or position != int(position):
        raise ValueError(f"the position {text!r} is no rank; ranks are whole and count from 1")
    return int(position)


def _weight(value: object) -> float:
    text = _text(value)
    if not text:
        return 1.0
    weight = _number(text, "weight")
    if weight < 0:
        raise ValueError(f"the weight {text!r} is below 0")
    return weight


def _actor(value: object, kind: EventKind) -> Actor:
    text = _text(value).lower()
    if not text:
        return "employer" if kind in _OF_EMPLOYERS else "person"
    if text not in _ACTORS:
        raise ValueError(f"nobody acts as {text!r}; use person or employer")
    return _ACTORS[text]
