"""Files, folders and tables of resumes to profiles; one that cannot be read is given as its error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from metier.documents.encoding import clean
from metier.documents.html import html_to_text
from metier.documents.lines import LineBuilder
from metier.documents.read import MAX_BYTES, read_document
from metier.documents.rows import MAX_CELL, TABLE_EXTENSIONS, read_rows
from metier.errors import InputError, MetierError, NotFoundError, UnreadableDocumentError
from metier.graph.base import SkillGraph
from metier.records.document import Document
from metier.records.profile import Profile
from metier.resumes.json_resume import read_json_resume
from metier.resumes.parse import parse_resume

EXTENSIONS = (".pdf", ".docx", ".html", ".htm", ".md", ".txt", ".json")
_TEXT_COLUMNS = (
    "resume",
    "resume_text",
    "resume_str",
    "text",
    "cv",
    "cv_text",
    "content",
    "document",
    "body",
    "profile",
    "简历",
)
_SURE_COLUMNS = frozenset(("resume", "resume_text", "resume_str", "cv", "cv_text", "简历"))
"""Columns that only a table of people has."""
_ID_COLUMNS = ("id", "_id", "uid", "resume_id", "person_id", "profile_id")
_LEAST_TEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadResume:
    """A resume that could not be read: where it is and why."""

    source: str
    error: MetierError


def read_resume(path: str | Path, *, graph: SkillGraph) -> Profile:
    """Read one file to a profile, or one row of a table: `TABLE#ID`, or `TABLE#ROW` (rows count from 1).

    Raises:
        NotFoundError: There is no such file, or no such row in it.
        UnreadableDocumentError: It gives no text.
        InputError: The row is broken.
    """
    table, mark, key = str(path).rpartition("#")
    if mark and Path(table).is_file() and not Path(path).is_file():
        return _of_table(Path(table), key, graph)
    document = _json(Path(path)) if str(path).lower().endswith(".json") else read_document(path)
    _check_length(document.text, str(path))
    return parse_resume(document, graph=graph, profile_id=_file_id(path))


def read_resumes(source: str | Path, *, graph: SkillGraph) -> Iterator[Profile | UnreadResume]:
    """Read a file, every readable file below a folder, or the rows of a CSV, JSON Lines or Parquet table.

    Args:
        source: The path. In a table the text is the column `resume`, `text`, `cv` …, else every long column,
            as a labelled section.
        graph: Links skills.

    Returns:
        Profiles and errors in the order of names or rows. Rows with one text share one reading.
    """
    path = Path(source)
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in EXTENSIONS and file.is_file():
                yield _one(file, graph)
    elif path.suffix.lower() in TABLE_EXTENSIONS and path.is_file():
        yield from _table(path, graph)
    else:
        yield _one(path, graph)


def is_of_people(columns: Iterable[str]) -> bool:
    """Say whether a table with these columns holds resumes, whatever else it holds."""
    return any(str(column).strip().lower() in _SURE_COLUMNS for column in columns)


def _one(path: Path, graph: SkillGraph) -> Profile | UnreadResume:
    try:
        return read_resume(path, graph=graph)
    except MetierError as error:
        return UnreadResume(source=str(path), error=error)


def _json(path: Path) -> Document:
    if not path.is_file():
        raise NotFoundError(f"there is no file {str(path)!r}", hint="Check the path.")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableDocumentError(f"{path} is too large", hint="Give a smaller file.")
    return read_json_resume(path.read_bytes(), str(path))


def _file_id(path: str | Path) -> str:
    """Key a file by its name and content, so that two files of one name stay apart."""
    digest = hashlib.blake2b(Path(path).read_bytes(), digest_size=4).hexdigest()
    return f"{Path(path).stem}-{digest}"


def _table(path: Path, graph: SkillGraph) -> Iterator[Profile | UnreadResume]:
    parsed: dict[str, Profile] = {}
    for number, row in read_rows(path):
        try:
            yield _of_row(path, number, row, graph, parsed)
        except MetierError as error:
            yield UnreadResume(source=f"{path}#{number}", error=error)


def _of_table(path: Path, key: str, graph: SkillGraph) -> Profile:
    """Read the row that bears an id, else the one of that number."""
    rows = list(read_rows(path))
    named = [entry for entry in rows if isinstance(entry[1], dict) and _row_id(entry[1]) == key]
    found = named or [entry for entry in rows if key == str(entry[0])]
    if not found:
        hint = f"Name an id of the table, or a row from 1 to {len(rows)}."
        raise NotFoundError(f"{path} has no row {key!r}", hint=hint)
    return _of_row(path, *found[0], graph, {})


def _of_row(
    path: Path, number: int, row: dict[str, Any] | InputError, graph: SkillGraph, parsed: dict[str, Profile]
) -> Profile:
    """Read a row; rows with one text share one reading, kept in `parsed`."""
    if isinstance(row, InputError):
        raise row
    source = f"{path}#{number}"
    text = _row_text(row, source)
    if text not in parsed:
        parsed[text] = parse_resume(_document(text, source), graph=graph)
    return replace(parsed[text], source=source, id=_row_id(row) or f"row-{number}")


def _row_text(row: dict[str, Any], source: str) -> str:
    texts = {str(column): value for column, value in row.items() if isinstance(value, str) and value.strip()}
    named = {column.strip().lower(): column for column in texts}
    chosen = next((named[name] for name in _TEXT_COLUMNS if name in named), None)
    if chosen is not None:
        text = texts[chosen]
    else:
        text = "\n\n".join(f"{column}:\n{value}" for column, value in texts.items() if len(value) >= _LEAST_TEXT)
    _check_length(text, source)
    if not text.strip():
        hint = f"Name the column of the text one of: {', '.join(_TEXT_COLUMNS[:6])}; columns found: {', '.join(map(str, row))}."
        raise InputError(f"{source} has no text", hint=hint)
    return html_to_text(clean(text))


def _check_length(text: str, source: str) -> None:
    if len(text) > MAX_CELL:
        hint = f"A resume holds at most {MAX_CELL:,}; in a table, look for a quote that is not closed."
        raise InputError(f"{source} holds {len(text):,} characters", hint=hint)


def _row_id(row: dict[str, Any]) -> str:
    named = {str(column).strip().lower(): str(value).strip() for column, value in row.items() if value is not None}
    return next((named[name] for name in _ID_COLUMNS if named.get(name)), "")


def _document(text: str, source: str) -> Document:
    builder = LineBuilder()
    for line in text.split("\n"):
        builder.add(line)
    if builder.is_empty():
        raise UnreadableDocumentError(f"{source} has no words", hint="Give the text of the resume.")
    return builder.document(source=source, media_type="text/plain")
