"""Jobs and people into a catalog: encoded, then written in acknowledged batches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from metier.catalog import Catalog, Entry, UpsertSummary
from metier.catalog.entry import kind_of
from metier.models.base import Cutter, Encoder
from metier.models.wording import wording
from metier.records.job import Job
from metier.records.profile import Profile
from metier.retrieval.part import Part, job_parts, job_search_text, profile_parts, profile_search_text, scored_text

BATCH = 64
Record = Job | Profile
Acknowledge = Callable[[Sequence[Record], UpsertSummary], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """Writes records to a catalog.

    Attributes:
        with_parts: Encode the parts too, so that ranking finds them ready; else they are encoded when first ranked.
    """

    catalog: Catalog
    encoder: Encoder
    with_parts: bool = True

    def write(self, records: Iterable[Record], *, acknowledge: Acknowledge | None = None) -> UpsertSummary:
        """Encode and write records in batches, the next one being read meanwhile.

        What is there already with the same content is not encoded again; of a job it is noted that it was seen.

        Args:
            records: Jobs or people, or both.
            acknowledge: Called with each batch once it is committed.
        """
        total = UpsertSummary(added=0, changed=0, unchanged=0)
        for batch in _batches(records):
            summary = self._write(batch)
            total = UpsertSummary(
                added=total.added + summary.added,
                changed=total.changed + summary.changed,
                unchanged=total.unchanged + summary.unchanged,
                cut=total.cut + summary.cut,
            )
            if acknowledge is not None:
                acknowledge(batch, summary)
        return total

    def _write(self, batch: Sequence[Record]) -> UpsertSummary:
        same = self.catalog.unchanged(batch)
        entries = self.entries([one for one in batch if (kind_of(one), one.id) not in same])
        summary = self.catalog.upsert(entries)
        self.catalog.mark_seen([one for one in batch if isinstance(one, Job) and ("job", one.id) in same])
        return replace(summary, unchanged=summary.unchanged + len(same), cut=sum(entry.cut for entry in entries))

    def entries(self, records: Sequence[Record]) -> list[Entry]:
        """Encode records: search vectors and, if wished, those of the parts; equal texts are encoded once."""
        searched = [search_text(record) for record in records]
        parted = [[part.text for part in parts_of(record)] if self.with_parts else [] for record in records]
        texts = list(dict.fromkeys([*searched, *(text for parts in parted for text in parts)]))
        rows = {text: row for row, text in enumerate(texts)}
        vectors = self.encoder.encode(texts)
        lexical = [lexical_text(record) for record in records]
        is_cut = self.encoder.cut(texts) if isinstance(self.encoder, Cutter) else [False] * len(texts)
        return [
            Entry(
                kind=kind_of(record),
                record=record,
                vector=vectors[rows[text]],
                parts=_pick(vectors, [rows[part] for part in parts]) if self.with_parts else None,
                lexical=words,
                wording=wording(words).to_line(),
                skills=skill_uris(record),
                cut=sum(is_cut[rows[one]] for one in (text, *parts)),
            )
            for record, text, parts, words in zip(records, searched, parted, lexical, strict=True)
        ]


def _pick(vectors: NDArray[np.float32], rows: list[int]) -> NDArray[np.float16]:
    return vectors[np.array(rows, dtype=np.int64)].astype(np.float16)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Give batches; the next is read by a second thread, since the encoder leaves Python's lock to it."""
    iterator = iter(records)

    def read() -> list[Record]:
        return list(islice(iterator, BATCH))

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(read)
        while batch := coming.result():
            coming = pool.submit(read)
            yield batch


def search_text(record: Record) -> str:
    """Give the text of a record's search vector."""
    return job_search_text(record) if isinstance(record, Job) else profile_search_text(record)


def parts_of(record: Record) -> tuple[Part, ...]:
    """Give the parts of a record."""
    return job_parts(record) if isinstance(record, Job) else profile_parts(record)


def lexical_text(record: Record) -> str:
    """Give the text that full-text search and shared wording see; a job's title counts three times."""
    return f"{record.title}\n{record.title}\n{record.text}" if isinstance(record, Job) else scored_text(record)


def skill_uris(record: Record) -> tuple[str, ...]:
    """Give the URIs of a record's skills, in order, negated ones left out."""
    if isinstance(record, Job):
        return tuple(dict.fromkeys(mention.uri for mention in record.skills if not mention.is_negated))
    return tuple(skill.uri for skill in record.skills)


def seen_on(job: Job, day: dt.date) -> Job:
    """Mark a job as seen on a day."""
    return replace(job, first_seen=day, last_seen=day)
