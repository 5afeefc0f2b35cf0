"""A feed by its name: a table, saved answers of job boards, pages with JSON-LD, a folder of these, an address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from metier.documents.encoding import decode
from metier.documents.read import read_document
from metier.documents.rows import TABLE_EXTENSIONS
from metier.errors import InputError, MetierError, NotFoundError
from metier.jobs.base import JobFeed
from metier.jobs.board import board_rows, board_url
from metier.jobs.fetch import fetch
from metier.jobs.json_ld import find_job_postings, page_job_postings
from metier.jobs.table import RowsFeed, TableFeed
from metier.records.document import Document
from metier.records.job import Posting

Fetch = Callable[[str], bytes]
_PAGES = (".html", ".htm")
_DOCUMENTS = (".pdf", ".docx", ".md", ".txt")
EXTENSIONS = (*TABLE_EXTENSIONS, ".json", *_PAGES, *_DOCUMENTS)
_MAX_TITLE = 120


def open_feed(source: str, *, fetch: Fetch = fetch) -> JobFeed:
    """Choose how to read a feed.

    Args:
        source: A file, a folder, an https address, or `greenhouse:BOARD`, `lever:SITE`, `ashby:BOARD`.
        fetch: Reads an address.

    Raises:
        NotFoundError: There is no such file.
        InputError: The feed cannot be read as one.
    """
    address = board_url(source) or (source if source.startswith(("https://", "http://")) else None)
    if address is not None:
        return _of_bytes(fetch(address), source)
    path = Path(source)
    if path.is_dir():
        return FolderFeed(path=path)
    if not path.is_file():
        raise NotFoundError(f"there is no file {source!r}", hint="Check the path.")
    if path.suffix.lower() in TABLE_EXTENSIONS:
        return TableFeed(path=path)
    if path.suffix.lower() in {".json", *_PAGES}:
        return _of_bytes(path.read_bytes(), source)
    if path.suffix.lower() in _DOCUMENTS:
        return DocumentFeed(path=path)
    hint = f"Give one of: {', '.join(EXTENSIONS)}."
    raise InputError(f"{source}: {path.suffix or 'a file without extension'} is no feed of jobs", hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFeed:
    """Every feed below a folder, in the order of their names."""

    path: Path

    def read(self) -> Iterator[Posting | InputError]:
        """Give the postings of all files; a file that cannot be read is one error."""
        for file in sorted(self.path.rglob("*")):
            if file.suffix.lower() in EXTENSIONS and file.is_file():
                try:
                    yield from open_feed(str(file)).read()
                except MetierError as error:
                    yield error if isinstance(error, InputError) else InputError(str(error), hint=error.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFeed:
    """One posting as a document; its first line is the title."""

    path: Path

    def read(self) -> Iterator[Posting | InputError]:
        """Give the posting.

        Raises:
            UnreadableDocumentError: The document gives no text.
        """
        yield posting_of_document(read_document(self.path))


def posting_of_document(document: Document) -> Posting:
    """Make a posting of a document: the first heading, else the first line, is the title, all else the description."""
    lines = document.lines
    title = next((line for line in lines[:8] if line.kind == "heading"), lines[0])
    words = document.text[title.start : title.end].strip(" #*")
    named = " ".join(words.split())[:_MAX_TITLE]
    rest = document.text[: title.start] + document.text[title.end :]
    return Posting(source=document.source, row=1, fields={"title": named, "description": rest.strip() or named})


def _of_bytes(data: bytes, source: str) -> JobFeed:
    text = decode(data)
    if text.lstrip()[:1] in {"{", "["} or source.lower().endswith(".json"):
        return RowsFeed(source=source, rows=tuple(_json_rows(text, source)))
    return RowsFeed(source=source, rows=tuple(_page_rows(text, source)))


def _json_rows(text: str, source: str) -> list[Any]:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source} is not JSON: {error}", hint="Save the answer again, whole.") from error
    if not isinstance(payload, dict | list):
        raise InputError(f"{source} holds no postings", hint="Give a list of objects, or an object that holds one.")
    rows = board_rows(payload)
    if rows is not None:
        return rows
    linked = list(find_job_postings(payload))
    if linked:
        return linked
    if isinstance(payload, list):
        return payload
    lists = [
        value for value in payload.values() if isinstance(value, list) and any(isinstance(one, dict) for one in value)
    ]
    return lists[0] if len(lists) == 1 and "title" not in payload else [payload]


def _page_rows(page: str, source: str) -> list[Any]:
    linked: list[Any] = page_job_postings(page)
    if linked:
        return linked
    from trafilatura import extract  # noqa: PLC0415 - heavy, and only pages without JSON-LD need it

    text = extract(page, include_comments=False, favor_recall=True) or ""
    if not text.strip():
        hint = "Save the page with its content, or give the text of the posting as a file."
        raise InputError(f"{source} has no posting: neither JSON-LD nor a main text", hint=hint)
    parser = LexborHTMLParser(page)
    heading = parser.css_first("h1") or parser.css_first("title")
    title = " ".join(heading.text().split()) if heading else text.strip().split("\n", 1)[0]
    return [{"title": title[:_MAX_TITLE], "description": text}]
