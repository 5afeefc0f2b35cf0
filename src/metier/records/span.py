"""A quote: a piece of a text together with where it stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A quote and its place: `text == document_text[start:end]`, offsets in characters."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, document_text: str, start: int, end: int) -> Span:
        """Cut the quote `document_text[start:end]`.

        Raises:
            ValueError: The offsets are not within the text, or the quote is empty.
        """
        if not 0 <= start < end <= len(document_text):
            raise ValueError(f"no quote at {start}:{end} of a text of {len(document_text)} characters")
        return cls(text=document_text[start:end], start=start, end=end)

    def is_in(self, document_text: str) -> bool:
        """Say whether this quote stands at its offsets in the text."""
        is_within = 0 <= self.start < self.end <= len(document_text)
        return is_within and document_text[self.start : self.end] == self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[T]):
    """A value read from a document, where it stands, and how sure the reading is (0 to 1)."""

    value: T
    span: Span | None
    confidence: float = 1.0
