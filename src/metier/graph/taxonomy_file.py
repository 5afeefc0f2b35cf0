"""The files of a taxonomy's download: in a folder, in a zip, packed, or by themselves; read row by row."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from metier.errors import InputError

_PACKED = ".gz"
_LONGEST_CELL = 100_000
"""Characters; no taxonomy has longer ones. Told here, since the limit of `csv` is one for the whole process."""
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomyFile:
    """One file of a download.

    Attributes:
        name: Its own name, without folders and without `.gz`.
        path: The file, or the zip that holds it.
        member: Its name within the zip; empty for a file by itself.
    """

    name: str
    path: Path
    member: str = ""

    def __str__(self) -> str:
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @contextmanager
    def open(self) -> Iterator[IO[str]]:
        """Open it as text.

        Raises:
            InputError: It cannot be opened or is not UTF-8.
        """
        try:
            with self._open() as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                yield text
        except UnicodeDecodeError as error:
            raise InputError(f"{self} is not UTF-8: {error}", hint="Give the file as it was downloaded.") from error
        except _BROKEN as error:
            raise InputError(f"{self} cannot be read: {error}", hint="Download it again.") from error

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as raw:
                yield raw
        elif self.path.suffix == _PACKED:
            with gzip.open(self.path) as packed:
                yield packed  # type: ignore[misc] # a GzipFile reads as a file of bytes does
        else:
            with self.path.open("rb") as plain:
                yield plain

    def rows(self, needed: Sequence[str], *, optional: Sequence[str] = (), delimiter: str = ",") -> Iterator[list[str]]:
        """Read a table with a heading.

        Args:
            needed: Columns that must be there.
            optional: Columns that are empty where the file has none.
            delimiter: What parts the cells; cells between tabs have no quotes.

        Yields:
            The cells of the needed, then of the optional columns, without spaces around them.

        Raises:
            InputError: A column is missing, or the file is no such table.
        """
        with self.open() as text:
            reader = (
                csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_NONE) if delimiter == "\t" else csv.reader(text)
            )
            try:
                heading = [cell.strip() for cell in next(reader, [])]
                places = [self._place(heading, column) for column in needed]
                places += [heading.index(column) if column in heading else -1 for column in optional]
                for row in reader:
                    if any(len(cell) > _LONGEST_CELL for cell in row):
                        raise csv.Error(f"a cell has more than {_LONGEST_CELL} characters")
                    if row:
                        yield [row[place].strip() if 0 <= place < len(row) else "" for place in places]
            except csv.Error as error:
                raise InputError(
                    f"{self}, line {reader.line_num}: {error}", hint="Give the file as it was downloaded."
                ) from error

    def _place(self, heading: list[str], column: str) -> int:
        if column not in heading:
            has = ", ".join(filter(None, heading[:20])) or "nothing"
            raise InputError(
                f"{self} has no column {column!r}; it has {has}",
                hint="Give the file as it was downloaded, of a version that has this column.",
            )
        return heading.index(column)


def taxonomy_files(sources: Sequence[Path]) -> list[TaxonomyFile]:
    """List the files of folders and zips, and files by themselves, by name.

    Raises:
        InputError: A source is not there or is a broken zip.
    """
    return [file for source in sources for file in _files(source)]


def _files(source: Path) -> list[TaxonomyFile]:
    if source.is_dir():
        return [file for path in sorted(source.iterdir()) if path.is_file() for file in _files(path)]
    if not source.is_file():
        raise InputError(f"there is no file {str(source)!r}", hint="Give the folder or the files of the download.")
    if source.suffix.lower() != ".zip":
        return [TaxonomyFile(name=source.name.removesuffix(_PACKED), path=source)]
    try:
        with zipfile.ZipFile(source) as archive:
            members = sorted(info.filename for info in archive.infolist() if not info.is_dir())
    except _BROKEN as error:
        raise InputError(f"{source} cannot be read: {error}", hint="Download it again.") from error
    return [TaxonomyFile(name=Path(member).name, path=source, member=member) for member in members]
