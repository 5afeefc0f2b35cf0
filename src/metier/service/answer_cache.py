"""Answers that are given again as they are, until something is written that could change them."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

Version = tuple[int | str, ...]
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A rendered answer.

    Attributes:
        version: What it was made of; of another version it is not given.
        etag: Its entity tag, with the quotes.
    """

    version: Version
    body: bytes
    etag: str


def etag_of(body: bytes) -> str:
    """Give the entity tag of an answer."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


class AnswerCache:
    """Rendered answers by the question; those that were asked for longest ago go first.

    Args:
        most_bytes: How large all of them may be together.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, question: str, version: Version) -> Kept | None:
        """Give the answer to a question if nothing that it was made of has changed."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is None or kept.version != version:
                return None
            self._kept.move_to_end(question)
            return kept

    def keep(self, question: str, version: Version, body: bytes) -> Kept:
        """Keep an answer."""
        kept = Kept(version=version, body=body, etag=etag_of(body))
        with self._lock:
            before = self._kept.pop(question, None)
            self._bytes += len(body) - (len(before.body) if before else 0)
            self._kept[question] = kept
            while self._bytes > self._most and self._kept:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest.body)
        return kept
