"""Feeds that are rows: CSV, JSON Lines, Parquet, lists in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from metier.documents.encoding import clean
from metier.documents.rows import MAX_CELL, Row, read_rows
from metier.errors import BadPostingError, InputError
from metier.jobs.columns import ALIASES, our_name, sort_fields
from metier.jobs.json_ld import is_job_posting, json_ld_row
from metier.records.job import Posting

_LOOKED_AT = 20
"""Rows in which a title must be named at least once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFeed:
    """A CSV, JSON Lines or Parquet file."""

    path: Path

    def read(self) -> Iterator[Posting | InputError]:
        """Give each row as a posting or as its error.

        Raises:
            InputError: The file cannot be read, or no column names a title.
        """
        yield from postings(str(self.path), read_rows(self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsFeed:
    """Rows that were read already, such as a list in a JSON file."""

    source: str
    rows: tuple[Any, ...]

    def read(self) -> Iterator[Posting | InputError]:
        """Give each row as a posting or as its error.

        Raises:
            InputError: No row has a title.
        """
        yield from postings(self.source, enumerate(self.rows, start=1))


def postings(source: str, rows: Iterable[Row | tuple[int, Any]]) -> Iterator[Posting | InputError]:
    """Make postings of numbered rows; a row that is an error already goes through.

    Raises:
        InputError: None of the first rows names a title.
    """
    iterator = iter(rows)
    first = list(islice(iterator, _LOOKED_AT))
    _check_columns(source, [row for _, row in first if isinstance(row, dict)])
    for number, row in chain(first, iterator):
        yield row if isinstance(row, InputError) else _posting(source, number, row)


def _check_columns(source: str, rows: list[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(str(column) for row in rows for column in row))
    if rows and not any(our_name(column) == "title" for column in columns):
        shown = ", ".join(repr(column) for column in columns[:12])
        hint = f"Name the column of the title one of: {', '.join(ALIASES['title'][:6])}; columns found: {shown}."
        raise InputError(f"{source} has no column for the title", hint=hint)


def _posting(source: str, number: int, row: object) -> Posting | BadPostingError:
    if not isinstance(row, dict):
        hint = "Give one object with named fields for each posting."
        return BadPostingError(f"a {type(row).__name__} is not a posting", source=source, row=number, hint=hint)
    if is_job_posting(row):
        row = json_ld_row(row)
    texts = {str(column): text_of(value) for column, value in row.items() if column is not None}
    long = next((column for column, value in texts.items() if len(value) > MAX_CELL), None)
    if long is not None:
        size = len(texts[long])
        hint = f"A cell holds at most {MAX_CELL:,} characters; put the text of one posting into one row."
        return BadPostingError(f"column {long!r} holds {size:,} characters", source=source, row=number, hint=hint)
    fields, sections, rest = sort_fields(texts)
    fields |= {f"extra:{name}": value for name, value in rest.items()}
    return Posting(source=source, row=number, fields=fields, sections=sections)


def text_of(value: object) -> str:
    """Render a cell: lists by commas, objects by their name, missing ones as nothing, halves of characters replaced."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - not-a-number is unequal to itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (text_of(item) for item in value)))
    if isinstance(value, dict):
        named = value.get("name") or value.get("value") or value.get("address") or value.get("text")
        return text_of(named) if named is not None else text_of(list(value.values()))
    return clean(str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
