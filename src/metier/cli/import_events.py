"""`metier import events`: what people and employers did, into a catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from metier.cli.base import JsonOption, error_fields, note, note_error, track, usage_error, write_line

if TYPE_CHECKING:
    from metier.catalog import Catalog, Kind
    from metier.errors import MetierError
    from metier.records.event import Event, EventKind

_BATCH = 2000
_KEPT = 1000
"""So many errors at most are told again at the end; all are told as they come, and counted."""
_UNKNOWN_TOLD = 20
FilesArgument = Annotated[list[str], typer.Argument(metavar="FILE…", help="CSV, TSV, .inter, JSON Lines, Parquet.")]
UriOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="The catalog's folder.")]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help="The kind of events in files without a column for it.")
]


@dataclass(kw_only=True)
class _Told:
    """What was counted and told."""

    added: int = 0
    duplicates: int = 0
    failed: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)
    unknown: dict[tuple[str, str], str] = field(default_factory=dict)

    def tell(self, error: MetierError) -> None:
        """Show an error and count it."""
        note_error(error)
        self.failed += 1
        if len(self.errors) < _KEPT:
            self.errors.append(error_fields(error))


def import_events(
    files: FilesArgument, catalog: UriOption = "", kind: KindOption = "click", as_json: JsonOption = False
) -> None:
    """Import events; a row that is none is one error, the rest goes in, and what is there already counts once.

    Raises:
        Exit: With 1 when a file or a row could not be read.
    """
    from metier.catalog import Catalog  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.records.event import EventKind  # noqa: PLC0415
    from metier.training.event_file import EventFile  # noqa: PLC0415

    if kind not in get_args(EventKind):
        usage_error(f"--kind {kind!r} is no kind of event; use one of: {', '.join(get_args(EventKind))}")
    settings, _ = load_settings()
    uri = catalog or settings.catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    told = _Told()
    now = dt.datetime.now(tz=dt.UTC)
    with Catalog.open(uri) as opened:
        for path in files:
            reader = EventFile(path=Path(path), now=now, kind=cast("EventKind", kind))
            try:
                for batch in _batches(track(reader.read(), f"reading {path}"), told):
                    _write(opened, path, batch, told, as_json=as_json)
            except MetierError as error:
                told.tell(error)
    _end(uri, told, as_json=as_json)


def _batches(rows: Iterator[Event | Any], told: _Told) -> Iterator[list[Event]]:
    from metier.errors import InputError  # noqa: PLC0415

    batch: list[Event] = []
    for row in rows:
        if isinstance(row, InputError):
            told.tell(row)
            continue
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(catalog: Catalog, path: str, batch: list[Event], told: _Told, *, as_json: bool) -> None:
    """Commit a batch, then say so; people and jobs that the catalog does not hold are named once each."""
    summary = catalog.events.append(batch)
    told.added += summary.added
    told.duplicates += summary.duplicates
    if as_json:
        write_line({"committed": len(batch), "total": told.added + told.duplicates})
    named: dict[tuple[Kind, str], None] = {}
    for event in batch:
        named |= {("person", event.profile_id): None, ("job", event.job_id): None}
    unknown = catalog.unknown(named)
    for key in named:
        if key in unknown and key not in told.unknown:
            told.unknown[key] = path
            if len(told.unknown) <= _UNKNOWN_TOLD:
                note(f"warning: {path}: the catalog holds no {key[0]} {key[1]!r}; its events are kept")


def _end(uri: str, told: _Told, *, as_json: bool) -> None:
    people = sum(kind == "person" for kind, _ in told.unknown)
    counts = {
        "added": told.added,
        "duplicates": told.duplicates,
        "failed": told.failed,
        "unknown_people": people,
        "unknown_jobs": len(told.unknown) - people,
    }
    if as_json:
        write_line({"catalog": uri, "kind": "events", **counts, "errors": told.errors})
    else:
        note(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))
    if told.failed:
        raise typer.Exit(1)
