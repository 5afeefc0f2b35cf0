"""Files, folders and tables of resumes to profiles; one that cannot be read is given as its error."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
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
_ID_COLUMNS = ("id", "_id", "uid", "resume_id", "person_id", "profile_id")
_LEAST_TEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadResume:
    """A resume that could not be read: where it is and why."""

    source: str
    error: MetierError


def read_resume(path: str | Path, *, graph: SkillGraph) -> Profile:
    """Read one file to a profile.

    Raises:
        NotFoundError: There is no such file.
        UnreadableDocumentError: It gives no text.
    """
    document = _json(Path(path)) if str(path).lower().endswith(".json") else read_document(path)
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
        source = f"{path}#{number}"
        if isinstance(row, InputError):
            yield UnreadResume(source=source, error=row)
            continue
        try:
            text = _row_text(row, source)
            if text not in parsed:
                parsed[text] = parse_resume(_document(text, source), graph=graph)
            yield _numbered(parsed[text], source, _row_id(row) or f"row-{number}")
        except MetierError as error:
            yield UnreadResume(source=source, error=error)


def _numbered(profile: Profile, source: str, profile_id: str) -> Profile:
    return replace(profile, source=source, id=profile_id)


def _row_text(row: dict[str, Any], source: str) -> str:
    texts = {str(column): value for column, value in row.items() if isinstance(value, str) and value.strip()}
    named = {column.strip().lower(): column for column in texts}
    chosen = next((named[name] for name in _TEXT_COLUMNS if name in named), None)
    if chosen is not None:
        text = texts[chosen]
    else:
        text = "\n\n".join(f"{column}:\n{value}" for column, value in texts.items() if len(value) >= _LEAST_TEXT)
    if len(text) > MAX_CELL:
        raise InputError(f"{source} holds {len(text):,} characters", hint=f"A resume holds at most {MAX_CELL:,}.")
    if not text.strip():
        hint = f"Name the column of the text one of: {', '.join(_TEXT_COLUMNS[:6])}; columns found: {', '.join(map(str, row))}."
        raise InputError(f"{source} has no text", hint=hint)
    return html_to_text(clean(text))


def _row_id(row: dict[str, Any]) -> str:
    named = {str(column).strip().lower(): value for column, value in row.items()}
    return next((str(named[name]).strip() for name in _ID_COLUMNS if named.get(name) not in {None, ""}), "")


def _document(text: str, source: str) -> Document:
    builder = LineBuilder()
    for line in text.split("\n"):
        builder.add(line)
    if builder.is_empty():
        raise UnreadableDocumentError(f"{source} has no words", hint="Give the text of the resume.")
    return builder.document(source=source, media_type="text/plain")
