"""`metier import jobs|people|events`: feeds, resumes and what people did into a catalog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from metier.cli.base import AsOfOption, JsonOption, note, note_cut, read_day, usage_error, write_line
from metier.cli.import_events import import_events

if TYPE_CHECKING:
    from metier.catalog import UpsertSummary
    from metier.cli.source import Faults
    from metier.recommender import Recommender
    from metier.records.job import Job
    from metier.records.profile import Profile

imports = typer.Typer(help="Read feeds of jobs, resumes, or events into a catalog.", no_args_is_help=True)
SourcesArgument = Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, tables, addresses.")]
UriOption = Annotated[
    str, typer.Option("--catalog", metavar="URI", help="The catalog's folder; made if there is none.")
]


@imports.command("jobs")
def import_jobs(
    sources: SourcesArgument, catalog: UriOption = "", as_json: JsonOption = False, as_of: AsOfOption = ""
) -> None:
    """Import the jobs of feeds; a row that makes no job is one error, the rest goes in."""
    _import("jobs", sources, catalog, as_json=as_json, as_of=as_of)


@imports.command("people")
def import_people(
    sources: SourcesArgument, catalog: UriOption = "", as_json: JsonOption = False, as_of: AsOfOption = ""
) -> None:
    """Import resumes; one that cannot be read is one error, the rest goes in."""
    _import("people", sources, catalog, as_json=as_json, as_of=as_of)


imports.command("events")(import_events)


def _import(what: str, sources: list[str], catalog: str, *, as_json: bool, as_of: str) -> None:
    from metier.cli.source import Faults, open_recommender  # noqa: PLC0415 - help must be fast
    from metier.config import load_settings  # noqa: PLC0415

    settings, _ = load_settings()
    day = read_day(as_of)
    uri = catalog or settings.catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    faults = Faults()
    recommender = open_recommender(uri, settings, make=True)
    done = 0

    def acknowledge(batch: Sequence[Job | Profile], summary: UpsertSummary) -> None:  # noqa: ARG001 - the batch says it all
        nonlocal done
        done += len(batch)
        if as_json:
            write_line({"committed": [record.id for record in batch], "total": done})

    total = recommender.add(
        _records(what, sources, recommender, faults, day.isoformat()), acknowledge=acknowledge, with_parts=True
    )
    counts = {"added": total.added, "changed": total.changed, "unchanged": total.unchanged, "failed": len(faults.told)}
    if as_json:
        write_line({"catalog": uri, "kind": what, **counts, "cut": total.cut, "errors": faults.told})
    else:
        note(", ".join(f"{count} {name}" for name, count in counts.items()))
        note_cut(total.cut)
    faults.end()


def _records(
    what: str, sources: list[str], recommender: Recommender, faults: Faults, day: str
) -> Iterator[Job | Profile]:
    import datetime as dt  # noqa: PLC0415

    from metier.cli.source import read_all_jobs, read_all_people  # noqa: PLC0415
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.retrieval.index import seen_on  # noqa: PLC0415

    for source in sources:
        try:
            if what == "jobs":
                for job in read_all_jobs([source], recommender, faults):
                    yield seen_on(job, dt.date.fromisoformat(day))
            else:
                yield from read_all_people([source], recommender, faults)
        except MetierError as error:
            faults.tell(error)
