"""What a reader of one document format must do."""

from __future__ import annotations

from typing import Protocol

from metier.records.document import Document


class DocumentReader(Protocol):
    """Bytes of one format to text with layout."""

    def read(self, data: bytes, source: str) -> Document:
        """Read a document in reading order.

        Raises:
            UnreadableDocumentError: The bytes give no text; the message names `source`.
        """
        ...
