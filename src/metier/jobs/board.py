"""Public job boards of applicant-tracking systems: Greenhouse, Lever, Ashby.

Each gives its whole board in one answer: Greenhouse's Job Board API (`/v1/boards/{board}/jobs?content=true`), Lever's
Postings API (`/v0/postings/{site}?mode=json`), Ashby's Job Postings API (`/posting-api/job-board/{board}`).
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from metier.errors import InputError
from metier.jobs.table import text_of

Rows = list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One system: where its boards are, how an answer is recognised, and how it becomes rows."""

    name: str
    url: str
    is_answer: Callable[[Any], bool]
    rows: Callable[[Any], Rows]


def board_rows(payload: object) -> Rows | None:
    """Give the rows of a saved answer; None when it is of none of the known boards."""
    board = next((board for board in BOARDS.values() if board.is_answer(payload)), None)
    return board.rows(payload) if board else None


def board_url(source: str) -> str | None:
    """Give the address of `greenhouse:BOARD`, `lever:SITE` or `ashby:BOARD`; None for anything else.

    Raises:
        InputError: The board's name has characters that no board has.
    """
    system, _, name = source.partition(":")
    if system not in BOARDS:
        return None
    if not name or not all(mark.isalnum() or mark in "-_." for mark in name):
        hint = f"Write it as {system}:NAME, the name as it stands in the board's address."
        raise InputError(f"{source!r} names no board", hint=hint)
    return BOARDS[system].url.format(name=name)


def _is_greenhouse(payload: object) -> bool:
    return _has_jobs(payload, {"absolute_url", "updated_at"})


def _is_ashby(payload: object) -> bool:
    return _has_jobs(payload, {"jobUrl", "isListed"})


def _is_lever(payload: object) -> bool:
    return isinstance(payload, list) and any(
        isinstance(row, dict) and "text" in row and ("hostedUrl" in row or "categories" in row) for row in payload[:20]
    )


def _has_jobs(payload: object, keys: set[str]) -> bool:
    jobs = payload.get("jobs") if isinstance(payload, dict) else None
    return isinstance(jobs, list) and any(isinstance(job, dict) and keys & job.keys() for job in jobs[:20])


def _greenhouse(payload: dict[str, Any]) -> Rows:
    return [_greenhouse_row(job) if isinstance(job, dict) else job for job in payload["jobs"]]


def _greenhouse_row(job: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": job.get("id"),
        "title": job.get("title"),
        "company": job.get("company_name"),
        "location": text_of(job.get("location")),
        "description": html.unescape(text_of(job.get("content"))),
        "industry": text_of(job.get("departments")),
        "date_posted": text_of(job.get("first_published")) or text_of(job.get("updated_at")),
        "url": job.get("absolute_url"),
        "language": job.get("language"),
    }


def _lever(payload: list[Any]) -> Rows:
    return [_lever_row(job) if isinstance(job, dict) else job for job in payload]


def _lever_row(job: dict[str, Any]) -> dict[str, Any]:
    categories, pay = _object(job.get("categories")), _object(job.get("salaryRange"))
    lists = "".join(
        f"<h3>{text_of(entry.get('text'))}</h3><ul>{text_of(entry.get('content'))}</ul>"
        for entry in job.get("lists") or []
        if isinstance(entry, dict)
    )
    workplace = text_of(job.get("workplaceType"))
    return {
        "id": job.get("id"),
        "title": job.get("text"),
        "location": text_of(categories.get("allLocations") or categories.get("location")),
        "description": text_of(job.get("description") or job.get("descriptionPlain"))
        + lists
        + text_of(job.get("additional") or job.get("additionalPlain")),
        "employment_type": categories.get("commitment"),
        "industry": categories.get("department") or categories.get("team"),
        "workplace_type": "" if workplace == "unspecified" else workplace,
        "date_posted": _milliseconds(job.get("createdAt")),
        "salary_min": pay.get("min"),
        "salary_max": pay.get("max"),
        "salary_currency": pay.get("currency"),
        "salary_period": text_of(pay.get("interval"))
        .removeprefix("per-")
        .removesuffix("-salary")
        .removesuffix("-wage"),
        "url": job.get("hostedUrl"),
    }


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _milliseconds(value: object) -> str:
    try:
        return dt.datetime.fromtimestamp(float(text_of(value)) / 1000, tz=dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _ashby(payload: dict[str, Any]) -> Rows:
    listed = [job for job in payload["jobs"] if not isinstance(job, dict) or job.get("isListed", True)]
    return [_ashby_row(job) if isinstance(job, dict) else job for job in listed]


def _ashby_row(job: dict[str, Any]) -> dict[str, Any]:
    pay = _object(job.get("compensation"))
    others = [
        text_of(place.get("location")) for place in job.get("secondaryLocations") or [] if isinstance(place, dict)
    ]
    return {
        "id": job.get("id"),
        "title": job.get("title"),
        "location": "; ".join(filter(None, [text_of(job.get("location")), *others])),
        "description": job.get("descriptionHtml") or job.get("descriptionPlain"),
        "employment_type": job.get("employmentType"),
        "industry": job.get("department") or job.get("team"),
        "workplace_type": job.get("workplaceType") or ("remote" if job.get("isRemote") else ""),
        "date_posted": job.get("publishedAt"),
        "salary": pay.get("scrapeableCompensationSalarySummary") or pay.get("compensationTierSummary"),
        "url": job.get("jobUrl"),
    }


BOARDS: dict[str, Board] = {
    board.name: board
    for board in (
        Board(
            name="greenhouse",
            url="https://boards-api.greenhouse.io/v1/boards/{name}/jobs?content=true",
            is_answer=_is_greenhouse,
            rows=_greenhouse,
        ),
        Board(
            name="lever",
            url="https://api.lever.co/v0/postings/{name}?mode=json",
            is_answer=_is_lever,
            rows=_lever,
        ),
        Board(
            name="ashby",
            url="https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true",
            is_answer=_is_ashby,
            rows=_ashby,
        ),
    )
}
