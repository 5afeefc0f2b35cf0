"""Feeds to jobs; a posting that makes no job is given as its error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from metier.errors import BadPostingError, InputError, NotFoundError
from metier.graph.base import SkillGraph
from metier.jobs.feed import Fetch, open_feed
from metier.jobs.fetch import fetch
from metier.jobs.parse import parse_job
from metier.records.job import Job, Posting


def read_jobs(source: str, *, graph: SkillGraph, fetch: Fetch = fetch) -> Iterator[Job | InputError]:
    """Read a feed to cleaned jobs.

    Args:
        source: A file, a folder, an address or a board, see `open_feed`.
        graph: Links skills.
        fetch: Reads an address.

    Returns:
        Jobs and errors in the feed's order; an id that comes again is an error. Rows without an id get one from
        their text, so the same row has the same id in any feed.

    Raises:
        NotFoundError: There is no such feed.
        InputError: The feed as a whole cannot be read.
    """
    rows: dict[str, int] = {}
    for posting in open_feed(source, fetch=fetch).read():
        if isinstance(posting, InputError):
            yield posting
            continue
        try:
            job = _named_apart(parse_job(posting, graph=graph), posting, rows)
        except BadPostingError as error:
            yield error
            continue
        rows[job.id] = posting.row
        yield job


def _named_apart(job: Job, posting: Posting, rows: dict[str, int]) -> Job:
    """Refuse a stated id that was given before; number the twins of a text without an id."""
    if job.id not in rows:
        return job
    if posting.fields.get("id", "").strip():
        hint = "Give each posting an id of its own; the first one was kept."
        message = f"the id {job.id!r} was already given in row {rows[job.id]}"
        raise BadPostingError(message, source=posting.source, row=posting.row, hint=hint)
    number = 2
    while f"{job.id}-{number}" in rows:
        number += 1
    return replace(job, id=f"{job.id}-{number}")


def find_job(reference: str, *, graph: SkillGraph, fetch: Fetch = fetch) -> Job:
    """Read one job: a file that holds one, or `FEED#ID`, or `FEED#ROW` (rows count from 1, the header not counted).

    Raises:
        NotFoundError: There is no such feed, or no such posting in it.
        InputError: The feed holds several and none was named, or the posting makes no job.
    """
    source, mark, key = reference.rpartition("#")
    if not mark:
        source, key = reference, ""
    postings = list(open_feed(source, fetch=fetch).read())
    if not key:
        return parse_job(_only(postings, source), graph=graph)
    named = [one for one in postings if isinstance(one, Posting) and one.fields.get("id", "").strip() == key]
    numbered = [
        one for place, one in enumerate(postings, start=1) if key.isdecimal() and (row_of(one) or place) == int(key)
    ]
    found = (named or numbered or [None])[0]
    if isinstance(found, InputError):
        raise found
    if found is None:
        by_text = (job for job in read_jobs(source, graph=graph, fetch=fetch) if isinstance(job, Job))
        job = next((job for job in by_text if job.id == key), None)
        if job is not None:
            return job
        hint = f"Name an id of the feed, or a row from 1 to {len(postings)}."
        raise NotFoundError(f"{source} has no posting {key!r}", hint=hint)
    return parse_job(found, graph=graph)


def row_of(posting: Posting | InputError) -> int | None:
    """Give the row of a posting or of its error."""
    if isinstance(posting, Posting):
        return posting.row
    return posting.row if isinstance(posting, BadPostingError) else None


def _only(postings: list[Posting | InputError], source: str) -> Posting:
    if len(postings) != 1:
        hint = f"Name one: {source}#ID, or {source}#1 for the first."
        raise InputError(f"{source} holds {len(postings)} postings", hint=hint)
    if isinstance(postings[0], InputError):
        raise postings[0]
    return postings[0]
