"""`metier parse`: what Metier reads in a resume, a posting or a feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, error_fields, usage_error, write_line

if TYPE_CHECKING:
    from metier.graph.base import SkillGraph

_FEEDS = ("greenhouse:", "lever:", "ashby:", "https://", "http://")


def parse(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE|FEED…", help="Resumes, postings, feeds, tables, or TABLE#ROW.")
    ],
    kind: Annotated[str, typer.Option(metavar="auto|profile|job", help="What the files are.")] = "auto",
    as_json: JsonOption = False,
) -> None:
    """Read resumes and postings, and show what was found and where it stands.

    Raises:
        Exit: With 1 when something could not be read.
    """
    from metier.cli.base import note_error  # noqa: PLC0415
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.graph.linker import SkillLinker  # noqa: PLC0415
    from metier.resumes import UnreadResume  # noqa: PLC0415
    from metier.service.answer import record_fields  # noqa: PLC0415 - help must be fast

    if kind not in {"auto", "profile", "job"}:
        usage_error(f"--kind {kind!r} is not known; use auto, profile or job")
    graph = SkillLinker()
    has_fault = False
    for source in sources:
        for found in _records(source, kind, graph):
            if isinstance(found, UnreadResume | MetierError):
                has_fault = True
                error = found.error if isinstance(found, UnreadResume) else found
                where = found.source if isinstance(found, UnreadResume) else source
                if as_json:
                    write_line({"source": where, "error": error_fields(error)})
                else:
                    note_error(error, where)
            elif as_json:
                write_line(record_fields(found))
            else:
                OUTPUT.print_json(json.dumps(_short(record_fields(found)), ensure_ascii=False))
    if has_fault:
        raise typer.Exit(1)


def _records(source: str, kind: str, graph: SkillGraph) -> Iterator[Any]:
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.jobs import find_job, read_jobs  # noqa: PLC0415
    from metier.resumes import read_resume, read_resumes  # noqa: PLC0415

    file, mark, _ = source.rpartition("#")
    is_row = bool(mark) and not Path(source).exists()
    is_job = kind == "job" or (kind == "auto" and _holds_jobs(file if is_row else source))
    try:
        if is_row:
            yield find_job(source, graph=graph) if is_job else read_resume(source, graph=graph)
            return
        yield from _clustered(read_jobs(source, graph=graph)) if is_job else read_resumes(source, graph=graph)
    except MetierError as error:
        yield error


def _clustered(jobs: Iterator[Any]) -> list[Any]:
    from dataclasses import replace  # noqa: PLC0415

    from metier.jobs import cluster_jobs  # noqa: PLC0415
    from metier.records.job import Job  # noqa: PLC0415

    found = list(jobs)
    clusters = cluster_jobs([job for job in found if isinstance(job, Job)])
    return [replace(job, cluster_id=clusters[job.id]) if isinstance(job, Job) else job for job in found]


def _holds_jobs(source: str) -> bool:
    """Say whether a source is a feed of jobs: an address, a table with titles, JSON that is no JSON Resume, JSON-LD."""
    from metier.documents.encoding import decode  # noqa: PLC0415
    from metier.documents.rows import TABLE_EXTENSIONS, read_rows  # noqa: PLC0415
    from metier.errors import MetierError  # noqa: PLC0415
    from metier.jobs.columns import our_name  # noqa: PLC0415
    from metier.jobs.json_ld import page_job_postings  # noqa: PLC0415
    from metier.resumes.read import is_of_people  # noqa: PLC0415

    path = Path(source)
    if source.startswith(_FEEDS):
        return True
    if not path.is_file():
        return False
    extension = path.suffix.lower()
    if extension in TABLE_EXTENSIONS:
        try:
            first = next((row for _, row in read_rows(path) if isinstance(row, dict)), {})
        except MetierError:
            return True
        return any(our_name(str(column)) == "title" for column in first) and not is_of_people(first)
    if extension == ".json":
        return '"basics"' not in decode(path.read_bytes())[:20_000]
    return extension in {".html", ".htm"} and bool(page_job_postings(decode(path.read_bytes())))


def _short(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty and the offsets, for reading."""
    return {
        name: value
        for name, value in ((key, _bare(one)) for key, one in fields.items())
        if value not in (None, "", [], {})
    }


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            return value["text"]
        if value.keys() == {"value", "span", "confidence"}:
            return _bare(value["value"])
        return _short(value)
    return [_bare(one) for one in value] if isinstance(value, list) else value
