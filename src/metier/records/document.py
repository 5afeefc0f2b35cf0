"""A document that was read: its text in reading order, with the layout that helps to parse it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["heading", "paragraph", "list_item", "table_row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document; `start` and `end` are character offsets into its text.

    Attributes:
        level: Of a heading, 1 the widest; 0 when the format does not say.
        font_size: In points, 0 when the format has none.
        page: Counted from 1.
        column: The column of the page, counted from 0 at the left.
    """

    start: int
    end: int
    kind: LineKind = "paragraph"
    level: int = 0
    font_size: float = 0.0
    is_bold: bool = False
    page: int = 1
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A read document.

    Attributes:
        source: The file or row that it was read from, as the caller named it.
        media_type: Such as `application/pdf`.
        text: The whole text; every offset in Metier points into it.
        lines: The lines that have text, in reading order, never overlapping.
        language: ISO 639-1 code of the main language, empty when unknown.
        warnings: What a person should know: pages left out, tracked changes, invisible text.
    """

    source: str
    media_type: str
    text: str
    lines: tuple[Line, ...] = ()
    language: str = ""
    warnings: tuple[str, ...] = ()
