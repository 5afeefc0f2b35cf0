"""A file to a document: the reader is chosen by what the bytes are, then by the name."""

from __future__ import annotations

from pathlib import Path

from metier.documents.base import DocumentReader
from metier.errors import NotFoundError, UnreadableDocumentError
from metier.records.document import Document

MAX_BYTES = 50_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_FORMATS = "PDF, DOCX, HTML, Markdown, text or JSON Resume"


def read_document(path: str | Path) -> Document:
    """Read a file to text with layout.

    Raises:
        NotFoundError: There is no such file.
        UnreadableDocumentError: It gives no text; the message names the file, the hint the remedy.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFoundError(f"there is no file {str(path)!r}", hint="Check the path.")
    if file.stat().st_size > MAX_BYTES:
        raise UnreadableDocumentError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB", hint="Give a smaller file.")
    return read_bytes(file.read_bytes(), str(path))


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
    name = source.lower()
    if data[:1024].lstrip().startswith(b"%PDF") or name.endswith(".pdf"):
        from metier.documents.pdf import PdfReader  # noqa: PLC0415

        return PdfReader()
    if data.startswith(b"PK\x03\x04") or name.endswith(".docx"):
        from metier.documents.docx import DocxReader  # noqa: PLC0415

        return DocxReader()
    if data.startswith((_OLE, b"{\\rtf")) or name.endswith((".doc", ".rtf", ".odt", ".pages")):
        raise UnreadableDocumentError(f"{source} is in an old word-processor format", hint="Save it as DOCX or PDF.")
    if data.startswith(_PICTURES):
        raise UnreadableDocumentError(
            f"{source} is a picture",
            hint="Reading pictures of text is not part of this release: give PDF or DOCX with text.",
        )
    if name.endswith((".html", ".htm", ".xhtml")) or data[:2000].lstrip().lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        from metier.documents.html import HtmlReader  # noqa: PLC0415

        return HtmlReader()
    from metier.documents.plain import PlainReader  # noqa: PLC0415

    return PlainReader()
