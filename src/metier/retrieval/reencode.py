"""A catalog from one encoder to another, while it goes on answering with the old one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metier.catalog import Catalog, Entry
from metier.catalog.reencoding import Waiting
from metier.models.base import Encoder
from metier.retrieval.index import BATCH, Indexer

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReencodeSummary:
    """What a re-encoding did.

    Attributes:
        records: How many records it encoded; those that an earlier run had done are not counted.
        cut: Texts that were longer than the encoder reads.
    """

    records: int
    cut: int = 0


def reencode(catalog: Catalog, encoder: Encoder, *, progress: Progress | None = None) -> ReencodeSummary:
    """Make the vectors of all records new, then switch to them at once.

    Until then every process goes on with the old ones. What was made is committed batch by batch: after a `kill -9`
    the same call goes on where it was. Records that are written meanwhile are encoded too. Other processes that
    have the catalog open are told to open it again.

    Args:
        catalog: The catalog; afterwards it is one of the new encoder.
        encoder: The new encoder.
        progress: Called after each batch with how many records are done, and how many there are.

    Raises:
        CatalogBusyError: Another process is re-encoding it.
    """
    count = cut = 0
    with catalog.reencoding(encoder.model_id, encoder.size) as work:
        while not (work.is_done or work.switch()):
            done, total = work.progress()
            for batch in work.waiting(BATCH):
                made = _entries(batch, catalog, encoder)
                work.keep(made)
                count += len(made)
                cut += sum(entry.cut for _, entry in made)
                done += len(made)
                if progress is not None:
                    progress(done, total)
    catalog.adopt()
    return ReencodeSummary(records=count, cut=cut)


def _entries(batch: Sequence[Waiting], catalog: Catalog, encoder: Encoder) -> list[tuple[Waiting, Entry]]:
    """Encode the records of a batch, with their parts where these are kept."""
    made: list[tuple[Waiting, Entry]] = []
    for has_parts in (True, False):
        some = [waiting for waiting in batch if waiting.has_parts == has_parts]
        if some:
            indexer = Indexer(catalog=catalog, encoder=encoder, with_parts=has_parts)
            made += zip(some, indexer.entries([waiting.record for waiting in some]), strict=True)
    return made
