"""Bodies of many lines (NDJSON): one result for each line, and a bad line costs none of the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from metier.catalog import Kind
from metier.errors import MetierError
from metier.retrieval.index import Record
from metier.service.desk import Desk
from metier.service.problem import problem_fields, problem_of
from metier.service.wire import PersonIn, PostingIn

T = TypeVar("T")
MEDIA_TYPES = ("application/x-ndjson", "application/jsonl", "application/ndjson")
BATCH = 64
Result = dict[str, Any]
Numbered = tuple[int, bytes]


def split(body: bytes) -> Iterator[Numbered]:
    """Give the lines that are not empty, numbered from 1."""
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line.strip():
            yield number, line


def read_lines(lines: Iterable[Numbered], read: Callable[[Any], T]) -> Iterator[tuple[int, T | Result]]:
    """Read each line; one that cannot be read gives its problem."""
    for number, line in lines:
        try:
            yield number, read(json.loads(line))
        except MetierError as error:
            yield number, problem_of(error)
        except ValidationError as error:
            first = error.errors()[0]
            where = "/".join(map(str, first["loc"]))
            yield number, problem_fields(422, f"{where}: {first['msg']}")
        except (ValueError, RecursionError) as error:
            yield number, problem_fields(422, f"the line is not JSON: {error}")


def reader_of(desk: Desk, kind: Kind) -> Callable[[Any], Record]:
    """Give what makes a record of a line."""
    if kind == "job":
        return lambda value: desk.read_posting(PostingIn.model_validate(value))
    return lambda value: desk.read_person(PersonIn.model_validate(value))


def put_lines(desk: Desk, kind: Kind, lines: Sequence[Numbered]) -> list[Result]:
    """Write the records of some lines in one go.

    Returns:
        For each line its number and what became of it.
    """
    results: list[Result] = []
    good: dict[str, tuple[int, Record]] = {}
    for number, found in read_lines(lines, reader_of(desk, kind)):
        if isinstance(found, dict):
            results.append({"line": number, "status": "failed", "problem": found})
        elif found.id in good:
            message = f"the id {found.id!r} came in line {good[found.id][0]} already"
            results.append({"line": number, "status": "failed", "problem": problem_fields(409, message)})
        else:
            good[found.id] = (number, found)
    changes = desk.put([record for _, record in good.values()])
    results += [
        {"line": number, "id": record.id, "status": change}
        for (number, record), change in zip(good.values(), changes, strict=True)
    ]
    return sorted(results, key=lambda result: int(result["line"]))
