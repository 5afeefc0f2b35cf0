"""What a feed of postings must do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from metier.errors import InputError
from metier.records.job import Posting


class JobFeed(Protocol):
    """A source of raw postings."""

    def read(self) -> Iterator[Posting | InputError]:
        """Give each row as a posting, or as the error that tells what is wrong with it.

        Raises:
            InputError: The feed as a whole cannot be read.
        """
        ...
