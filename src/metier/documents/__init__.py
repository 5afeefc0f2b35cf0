"""Bytes to text with layout: PDF, DOCX, HTML, text; hidden text is found here."""

from metier.documents.base import DocumentReader
from metier.documents.read import read_bytes, read_document

__all__ = ["DocumentReader", "read_bytes", "read_document"]
