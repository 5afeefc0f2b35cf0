"""A file to a document: the reader is chosen by what the bytes are, then by the name."""

from __future__ import annotations

import re
from pathlib import Path

from metier.documents.base import DocumentReader
from metier.errors import NotFoundError, UnreadableDocumentError
from metier.records.document import Document

MAX_BYTES = 50_000_000
_FORMS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("pdf", re.compile(rb".{0,1000}%PDF-", re.DOTALL)),
    ("docx", re.compile(rb"PK\x03\x04")),
    ("old", re.compile(rb"\xd0\xcf\x11\xe0|\{\\rtf")),
    ("picture", re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0\0\0\0|RIFF.{4}WEBP", re.DOTALL)),
    ("html", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)),
)
_EXTENSIONS = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".xhtml": "html"} | dict.fromkeys(
    (".doc", ".rtf", ".odt", ".pages"), "old"
)
_FORMATS = "PDF, DOCX, HTML, Markdown, text or JSON Resume"


def read_document(path: str | Path) -> Document:
    """Read a file to text with layout.

    Raises:
        NotFoundError: There is no such file.
        UnreadableDocumentError: It gives no text; the message names the file, the hint the remedy.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise NotFoundError(f"there is no file {str(path)!r}", hint="Check the path.")
        if file.stat().st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1_000_000} MB"
            raise UnreadableDocumentError(f"{path} is larger than {size}", hint="Give a smaller file.")
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(
            f"{path} cannot be opened: {error.strerror}", hint="Check the path and its rights."
        ) from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, source: str) -> Document:
    """Read the bytes of a file to text with layout.

    Args:
        data: The whole file.
        source: Its name, for messages and for its extension.

    Raises:
        UnreadableDocumentError: The bytes give no text.
    """
    if not data.strip():
        raise UnreadableDocumentError(f"{source} is empty", hint=f"Give {_FORMATS}.")
    return _reader(data, source).read(data, source)


def _reader(data: bytes, source: str) -> DocumentReader:
    # Each reader brings a library of its own; only the one that is needed is loaded.
    stated = _EXTENSIONS.get(Path(source).suffix.lower(), "plain")
    match next((form for form, start in _FORMS if start.match(data)), stated):
        case "pdf":
            from metier.documents.pdf import PdfReader  # noqa: PLC0415

            return PdfReader()
        case "docx":
            from metier.documents.docx import DocxReader  # noqa: PLC0415

            return DocxReader()
        case "html":
            from metier.documents.html import HtmlReader  # noqa: PLC0415

            return HtmlReader()
        case "old":
            message = f"{source} is in an old word-processor format, or locked by a password"
            raise UnreadableDocumentError(message, hint="Save it without a password, as DOCX or PDF.")
        case "picture":
            hint = "Reading pictures of text is not part of this release: give PDF or DOCX with text."
            raise UnreadableDocumentError(f"{source} is a picture", hint=hint)
        case _:
            from metier.documents.plain import PlainReader  # noqa: PLC0415

            return PlainReader()
