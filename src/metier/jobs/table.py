"""Feeds that are tables: CSV, JSON Lines, a JSON list, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metier.documents.encoding import decode
from metier.errors import BadPostingError, InputError
from metier.jobs.columns import sort_fields
from metier.records.job import Posting

MAX_CELL = 1_000_000
"""Characters; a longer cell is no posting."""
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFeed:
    """A CSV file with a header row; the delimiter and the encoding are found out."""

    path: Path

    def read(self) -> Iterator[Posting | BadPostingError]:
        """Give each row as a posting or as its error.

        Raises:
            InputError: The file has no header that names a title or a text.
        """
        text = decode(self.path.read_bytes())
        if not text.strip():
            raise InputError(f"{self.path} is empty", hint="Give a CSV file with a header row.")
        csv.field_size_limit(MAX_CELL * 16)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        header = [name.strip().lstrip("\ufeff") for name in next(rows)]
        yield from postings(str(self.path), _csv_rows(str(self.path), header, rows))


def _csv_rows(
    source: str, header: list[str], rows: Iterator[list[str]]
) -> Iterator[tuple[int, dict[str, Any] | BadPostingError]]:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "Quote cells that hold quotes or line breaks."
            yield number, BadPostingError(f"not CSV: {error}", source=source, row=number, hint=hint)
            continue
        if not any(cell.strip() for cell in row):
            number -= 1
            continue
        if len(row) > len(header):
            yield (
                number,
                BadPostingError(
                    f"{len(row)} cells under {len(header)} columns",
                    source=source,
                    row=number,
                    hint="Quote cells that hold the delimiter.",
                ),
            )
            continue
        yield number, dict(zip(header, row, strict=False))


def _delimiter(text: str) -> str:
    """Give the delimiter that cuts the header into the most columns."""
    header = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLinesFeed:
    """One JSON object a line."""

    path: Path

    def read(self) -> Iterator[Posting | BadPostingError]:
        """Give each line as a posting or as its error."""
        yield from postings(str(self.path), self._rows())

    def _rows(self) -> Iterator[tuple[int, Any]]:
        number = 0
        for line in decode(self.path.read_bytes()).split("\n"):
            if not line.strip():
                continue
            number += 1
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                hint = "Write one JSON object a line."
                yield number, BadPostingError(f"not JSON: {error}", source=str(self.path), row=number, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsFeed:
    """Rows that were read already, such as a list in a JSON file."""

    source: str
    rows: tuple[Any, ...]

    def read(self) -> Iterator[Posting | BadPostingError]:
        """Give each row as a posting or as its error."""
        yield from postings(self.source, enumerate(self.rows, start=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetFeed:
    """A Parquet file."""

    path: Path

    def read(self) -> Iterator[Posting | BadPostingError]:
        """Give each row as a posting or as its error.

        Raises:
            InputError: The file is not Parquet.
        """
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - heavy, and few feeds are Parquet

        try:
            batches = parquet.ParquetFile(self.path).iter_batches(batch_size=1000)
            rows = [row for batch in batches for row in batch.to_pylist()]
        except (ArrowException, OSError) as error:
            raise InputError(f"{self.path} is not Parquet: {error}", hint="Write the file again.") from error
        yield from postings(str(self.path), enumerate(rows, start=1))


def postings(source: str, rows: Iterable[tuple[int, Any]]) -> Iterator[Posting | BadPostingError]:
    """Make postings of numbered rows; a row that is an error already goes through."""
    for number, row in rows:
        yield row if isinstance(row, BadPostingError) else _posting(source, number, row)


def _posting(source: str, number: int, row: object) -> Posting | BadPostingError:
    if not isinstance(row, dict):
        hint = "Give one object with named fields for each posting."
        return BadPostingError(f"a {type(row).__name__} is not a posting", source=source, row=number, hint=hint)
    texts = {str(column): _text(value) for column, value in row.items()}
    long = next((column for column, value in texts.items() if len(value) > MAX_CELL), None)
    if long is not None:
        size = len(texts[long])
        hint = f"A cell holds at most {MAX_CELL:,} characters; put the text of one posting into one row."
        return BadPostingError(f"column {long!r} holds {size:,} characters", source=source, row=number, hint=hint)
    fields, sections, rest = sort_fields(texts)
    fields |= {f"extra:{name}": value for name, value in rest.items()}
    return Posting(source=source, row=number, fields=fields, sections=sections)


def _text(value: object) -> str:
    """Render a cell: lists by commas, schema.org objects by their name, missing ones as nothing."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - not-a-number is unequal to itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_text(item) for item in value)))
    if isinstance(value, dict):
        named = value.get("name") or value.get("value") or value.get("address") or value.get("text")
        return _text(named) if named is not None else ", ".join(filter(None, (_text(item) for item in value.values())))
    return str(value)
