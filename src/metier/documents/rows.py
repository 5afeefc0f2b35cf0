"""Tables to rows: CSV, JSON Lines, Parquet; a row that is broken is given as its error."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from metier.documents.encoding import clean, decode_raw
from metier.errors import InputError, NotFoundError

Row = tuple[int, dict[str, Any] | InputError]
TABLE_EXTENSIONS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
MAX_CELL = 1_000_000
"""Characters; a longer cell is no text of one record."""
_DELIMITERS = ",;\t|"
_MAX_HEADER = 100_000


def read_rows(path: str | Path) -> Iterator[Row]:
    """Read the rows of a table, numbered from 1; the kind of table goes by the extension.

    Raises:
        NotFoundError: There is no such file.
        InputError: The table as a whole cannot be read.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFoundError(f"there is no file {str(path)!r}", hint="Check the path.")
    match file.suffix.lower():
        case ".csv" | ".tsv":
            yield from _csv(file)
        case ".jsonl" | ".ndjson":
            yield from _json_lines(file)
        case ".parquet":
            yield from _parquet(file)
        case other:
            raise InputError(f"{path}: {other!r} is no table", hint="Give CSV, JSON Lines or Parquet.")


def _csv(file: Path) -> Iterator[Row]:
    text = decode_raw(file.read_bytes()).lstrip("\ufeff\r\n")
    if not text.strip():
        raise InputError(f"{file} is empty", hint="Give a CSV file with a header row.")
    csv.field_size_limit(MAX_CELL * 64)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [clean(name).strip() for name in next(rows)]
    except csv.Error as error:
        raise InputError(f"{file} is not CSV: {error}", hint="Write it again with a header row.") from error
    for number, row in csv_rows(file, header, rows):
        yield number, row if isinstance(row, InputError) else {name: clean(cell) for name, cell in row.items()}


def csv_rows(file: Path, header: Sequence[str], rows: Iterator[list[str]]) -> Iterator[Row]:
    """Number the rows below a header, empty ones left out; one that is broken is given as its error."""
    number = 0
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            hint = "Quote cells that hold quotes or line breaks."
            yield number, InputError(f"{file}, row {number}: {error}", hint=hint)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) > len(header):
            message = f"{file}, row {number}: {len(cells)} cells under {len(header)} columns"
            yield number, InputError(message, hint="Quote cells that hold the delimiter.")
        else:
            yield number, dict(zip(header, cells, strict=False))


def _delimiter(text: str) -> str:
    """Give the delimiter that cuts the header into the most columns; one in quotes cuts nothing."""
    header = re.sub(r'"[^"]*"', "", text[:_MAX_HEADER]).split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))


def _json_lines(file: Path) -> Iterator[Row]:
    number = 0
    for line in decode_raw(file.read_bytes()).split("\n"):
        if not line.strip():
            continue
        number += 1
        try:
            row = json.loads(clean(line), strict=False)
        except (ValueError, RecursionError) as error:
            yield number, InputError(f"{file}, row {number}: not JSON: {error}", hint="Write one JSON object a line.")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            message = f"{file}, row {number}: a {type(row).__name__} is no record"
            yield number, InputError(message, hint="Write one JSON object a line.")


def _parquet(file: Path) -> Iterator[Row]:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - heavy, and few tables are Parquet

    try:
        table = parquet.ParquetFile(file)
        number = 0
        for batch in table.iter_batches(batch_size=1000):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputError(f"{file} is not Parquet: {error}", hint="Write the file again.") from error
