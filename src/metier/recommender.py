"""The whole flow on one screen: jobs for a person, people for a job, and why."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from metier.catalog import MEMORY, Catalog, Kind, UpsertSummary
from metier.errors import NotFoundError
from metier.explanation import ReaderLanguage, explain
from metier.graph.base import SkillGraph
from metier.graph.graph_linker import GraphLinker
from metier.jobs import cluster_jobs, read_jobs
from metier.models.base import Encoder
from metier.models.named import open_encoder
from metier.ranking import Pair, PairRanker
from metier.ranking.diversity import cap_employers, share_places
from metier.ranking.encoded import Encoded, encode_parts
from metier.ranking.ranker import ConstraintPolicy
from metier.ranking.score import TwoSidedModel, zero_shot_model
from metier.records.explanation import Explanation
from metier.records.job import Job
from metier.records.match import Match
from metier.records.profile import Profile
from metier.records.text_id import text_id
from metier.resumes import UnreadResume, read_resume, read_resumes
from metier.retrieval.base import Hit, Query, Retriever
from metier.retrieval.hybrid import HybridRetriever
from metier.retrieval.index import Acknowledge, Indexer, Record, lexical_text, parts_of, search_text, skill_uris
from metier.retrieval.part import Part

DEPTH = 100
EMPLOYER_CAP = 3
_REMEMBERED = 4000
_FEW = 2000
"""So many ids are searched among; of more, the hits of a deeper search are kept."""
_LOOKED_AT = 4
"""So many times as many matches as are given out are searched for reposts and near-copies."""


@dataclass(slots=True, eq=False)
class Recommender:
    """Matches people and jobs over one catalog, in both directions with the same code.

    Attributes:
        catalog: Where the jobs and people are.
        encoder: Text to vectors; the same that the catalog was made with.
        graph: Skills.
        model: The two-sided score.
        policy: What becomes of a pair with a condition that is not met: `remove`, or `mark` it and put it last.
        depth: How many hits are ranked.
    """

    catalog: Catalog
    encoder: Encoder
    graph: SkillGraph
    model: TwoSidedModel = field(default_factory=zero_shot_model)
    policy: ConstraintPolicy = "remove"
    depth: int = DEPTH
    _encoded: OrderedDict[tuple[Kind, str], Encoded] = field(default_factory=OrderedDict)
    _records: OrderedDict[tuple[Kind, str, int], Record] = field(default_factory=OrderedDict)
    _stored: dict[tuple[Kind, str], tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def open(
        cls, uri: str = MEMORY, *, encoder: str | Encoder = "metier", graph: SkillGraph | None = None
    ) -> Recommender:
        """Open a catalog: a folder's path, or `memory://` for one that lasts as long as this object.

        Raises:
            EncoderMismatchError: The catalog was made with another encoder.
        """
        model: Encoder = open_encoder(encoder) if isinstance(encoder, str) else encoder
        catalog = Catalog.open(uri, encoder_id=model.model_id, size=model.size)
        return cls(catalog=catalog, encoder=model, graph=graph or GraphLinker())

    @classmethod
    def of_jobs(cls, *sources: str | Path) -> Recommender:
        """Make one in memory over the jobs of some feeds; rows that are no jobs are left out."""
        recommender = cls.open()
        for source in sources:
            recommender.add(job for job in read_jobs(str(source), graph=recommender.graph) if isinstance(job, Job))
        return recommender

    @classmethod
    def of_people(cls, *sources: str | Path) -> Recommender:
        """Make one in memory over the resumes of files, folders or tables; the unreadable are left out."""
        recommender = cls.open()
        for source in sources:
            found = read_resumes(source, graph=recommender.graph)
            recommender.add(person for person in found if not isinstance(person, UnreadResume))
        return recommender

    def add(
        self, records: Iterable[Record], *, acknowledge: Acknowledge | None = None, with_parts: bool = False
    ) -> UpsertSummary:
        """Add jobs and people; what is acknowledged is in the very next answer.

        Args:
            records: Jobs, people, or both.
            acknowledge: Called after each batch is committed.
            with_parts: Encode the parts now; else when a record is first ranked.
        """
        indexer = Indexer(catalog=self.catalog, encoder=self.encoder, with_parts=with_parts)
        return indexer.write(records, acknowledge=acknowledge)

    def jobs_for(
        self,
        person: Profile | str | Path,
        *,
        n: int = 10,
        as_of: dt.date | None = None,
        employer_cap: int | None = EMPLOYER_CAP,
        only: Collection[str] | None = None,
    ) -> list[Match]:
        """Recommend jobs for a person.

        Args:
            person: A profile, or the path of a resume.
            n: How many at most.
            as_of: The day on which the answer is reckoned; today when left out.
            employer_cap: How many of one employer at most; None for all.
            only: Ids of the jobs to choose from; None for all.

        Returns:
            Matches, best first, each with its factors' contributions.
        """
        profile = person if isinstance(person, Profile) else read_resume(person, graph=self.graph)
        day = as_of or dt.datetime.now(tz=dt.UTC).date()
        jobs = [job for job in self._hits("job", profile, day, only) if isinstance(job, Job)]
        matches = self._rank([(profile, job) for job in jobs], day)
        clusters = cluster_jobs([match.job for match in matches[: n * _LOOKED_AT]])
        shared = share_places(
            matches,
            document=lambda match: clusters.get(match.job.id, match.job.id),
            target_id=lambda match: match.job.id,
        )
        return self._shown(cap_employers(shared, cap=employer_cap), n)

    def people_for(
        self, job: Job, *, n: int = 10, as_of: dt.date | None = None, only: Collection[str] | None = None
    ) -> list[Match]:
        """Recommend people for a job.

        Args:
            job: The job; it need not be in the catalog.
            n: How many at most.
            as_of: The day on which experience "to date" ends; today when left out.
            only: Ids of the people to choose from; None for all.

        Returns:
            Matches, best first, each with its factors' contributions.
        """
        day = as_of or dt.datetime.now(tz=dt.UTC).date()
        people = [person for person in self._hits("person", job, day, only) if isinstance(person, Profile)]
        distinct = list({text_id(person.text): person for person in reversed(people)}.values())
        matches = self._rank([(person, job) for person in distinct], day)
        twins = self._twins(people)
        named = [replace(match, duplicates=twins[text_id(match.profile.text)]) for match in matches]
        return self._shown(named, n)

    def stored(self, kind: Kind, key: str) -> Record:
        """Give a record of the catalog, whose vectors are then taken from there too.

        Raises:
            NotFoundError: There is none.
        """
        found = self._load(kind, [key])
        if not found:
            raise NotFoundError(f"there is no {kind} {key!r}", hint="List what there is with: metier catalog status")
        return found[0]

    def match(self, person: Profile, job: Job, *, as_of: dt.date | None = None) -> Match:
        """Score one pair, whatever its conditions."""
        day = as_of or dt.datetime.now(tz=dt.UTC).date()
        ranker = PairRanker(encoder=self.encoder, graph=self.graph, model=self.model, policy="mark")
        return ranker.attribute(ranker.rank(self._pairs([(person, job)]), as_of=day))[0]

    def explain(self, match: Match, *, language: ReaderLanguage = "en") -> Explanation:
        """Say why: one reason for each requirement, tied to a line of the resume and of the job."""
        return explain(
            match, language=language, graph=self.graph.graph if isinstance(self.graph, GraphLinker) else None
        )

    def _hits(self, kind: Kind, query: Record, day: dt.date, only: Collection[str] | None = None) -> list[Record]:
        """Search, and leave out the jobs that have ended; where these crowd out others, search among the others."""
        search = Query(vector=self._vector(query), text=lexical_text(query), skills=skill_uris(query))
        retriever = HybridRetriever.over(self.catalog, kind)
        depth = self.depth
        while True:
            hits = self._current_hits(retriever, search, depth=depth, only=only, day=day if kind == "job" else None)
            found = self._load(kind, [hit.id for hit in hits])
            if len(hits) < depth or 2 * len({_key(record) for record in found}) >= self.depth:
                return found
            depth *= 2  # most of them say the same: there is room for others

    def _current_hits(
        self, retriever: Retriever, search: Query, *, depth: int, only: Collection[str] | None, day: dt.date | None
    ) -> list[Hit]:
        """Search, and leave out jobs that have ended; the more have, the deeper the search goes at once."""
        ends = self.catalog.ends() if day is not None else {}
        if day is None or not ends:
            return _search(retriever, search, depth=depth, only=only)
        ended = sum(1 for last in ends.values() if last < day)
        first = depth + (2 * depth * ended) // max(1, self.catalog.size_of("job") - ended)
        for reach in (min(first, 8 * depth), 8 * depth):
            hits = _search(retriever, search, depth=reach, only=only)
            kept = [hit for hit in hits if hit.id not in ends or ends[hit.id] >= day][:depth]
            if len(kept) == depth or len(hits) < reach:
                return [replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1)]
        current = self.catalog.current_jobs(day)
        among = current if only is None else set(only).intersection(current)
        return _search(retriever, search, depth=depth, only=among)

    def _vector(self, query: Record) -> NDArray[np.float32] | None:
        """Give the search vector of a query, a stored one's from the catalog; None where no encoder reads it."""
        text = search_text(query)
        if not self.encoder.reads(text):
            return None
        stored = self._stored_id(query)
        vector = self.catalog.vector(_key(query)[0], stored) if stored else None
        return self.encoder.encode([text])[0] if vector is None else vector

    def _stored_id(self, record: Record) -> str:
        """Give the id under which the catalog holds a record as it is now; empty where it does not."""
        key = _key(record)
        stored, version = self._stored.get(key, ("", 0))
        return stored if stored and self.catalog.versions(key[0], [stored]).get(stored) == version else ""

    def _load(self, kind: Kind, ids: Sequence[str]) -> list[Record]:
        """Read records, those that have not changed since from memory."""
        versions = self.catalog.versions(kind, ids)
        keys = [(kind, key, versions[key]) for key in ids if key in versions]
        missing = [key for _, key, version in keys if (kind, key, version) not in self._records]
        read: Sequence[Record] = self.catalog.jobs(missing) if kind == "job" else self.catalog.people(missing)
        fresh = {record.id: record for record in read}
        records = [fresh[key] if key in fresh else self._records[kind, key, version] for _, key, version in keys]
        for place, record in zip(keys, records, strict=True):
            _remember(self._records, place, record)
            self._stored[_key(record)] = (record.id, place[2])
        return records

    def _rank(self, pairs: Sequence[tuple[Profile, Job]], day: dt.date) -> list[Match]:
        ranker = PairRanker(encoder=self.encoder, graph=self.graph, model=self.model, policy=self.policy)
        return ranker.rank(self._pairs(pairs), as_of=day)

    def _shown(self, matches: Sequence[Match], n: int) -> list[Match]:
        ranker = PairRanker(encoder=self.encoder, graph=self.graph, model=self.model)
        shown = [replace(match, rank=rank) for rank, match in enumerate(matches[:n], start=1)]
        return ranker.attribute(shown)

    def _pairs(self, pairs: Sequence[tuple[Profile, Job]]) -> list[Pair]:
        self._encode([record for pair in pairs for record in pair])
        return [
            Pair(profile=person, job=job, profile_parts=self._encoded[_key(person)], job_parts=self._encoded[_key(job)])
            for person, job in pairs
        ]

    def _encode(self, records: Collection[Record]) -> None:
        """See that the parts of all records are encoded: from memory, from the catalog, else now, all at once."""
        unknown = {_key(record): record for record in records if _key(record) not in self._encoded}
        wanted = {key: parts_of(record) for key, record in unknown.items()}
        vectors = self._stored_parts(wanted)
        texts = list(dict.fromkeys(part.text for key, parts in wanted.items() if key not in vectors for part in parts))
        fresh = dict(zip(texts, self.encoder.encode(texts), strict=True)) if texts else {}
        for key, parts in wanted.items():
            if key not in vectors:
                vectors[key] = np.array([fresh[part.text] for part in parts], dtype=np.float16)
            rows = vectors[key].reshape(len(parts), self.encoder.size)
            self._encoded[key] = encode_parts(parts, self.encoder, rows, text=lexical_text(unknown[key]))
        for key in map(_key, records):
            self._encoded.move_to_end(key)
        while len(self._encoded) > _REMEMBERED + len(records):
            self._encoded.popitem(last=False)

    def _stored_parts(
        self, wanted: dict[tuple[Kind, str], tuple[Part, ...]]
    ) -> dict[tuple[Kind, str], NDArray[np.float16]]:
        """Read the vectors of records that came from the catalog, where it has as many as there are parts."""
        found = {}
        kinds: tuple[Kind, ...] = ("job", "person")
        for kind in kinds:
            known = {self._stored[key][0]: key for key in wanted if key[0] == kind and key in self._stored}
            now = self.catalog.versions(kind, list(known)) if known else {}
            ids = {one: key for one, key in known.items() if now.get(one) == self._stored[key][1]}
            for stored_id, vectors in self.catalog.parts(kind, list(ids)).items():
                if len(vectors) == len(wanted[ids[stored_id]]):
                    found[ids[stored_id]] = vectors
        return found

    def _twins(self, people: Sequence[Profile]) -> dict[str, tuple[str, ...]]:
        by_text: dict[str, list[str]] = {}
        for person in people:
            by_text.setdefault(text_id(person.text), []).append(person.id)
        return {text: tuple(ids[1:]) for text, ids in by_text.items()}


def _search(retriever: Retriever, query: Query, *, depth: int, only: Collection[str] | None) -> list[Hit]:
    """Search among some ids; where these are many, it is faster to look deeper among all and keep theirs."""
    if only is None or len(only) <= _FEW:
        return retriever.search(query, depth=depth, only=only)
    allowed = only if isinstance(only, set | frozenset) else set(only)
    for reach in (2 * depth, 8 * depth):
        hits = retriever.search(query, depth=reach)
        kept = [hit for hit in hits if hit.id in allowed][:depth]
        if len(kept) == depth or len(hits) < reach:
            return [replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1)]
    return retriever.search(query, depth=depth, only=only)


def _key(record: Record) -> tuple[Kind, str]:
    """Key a record's parts by its kind and what it says."""
    if isinstance(record, Job):
        return "job", record.content_hash or text_id(record.text)
    return "person", text_id(record.text, *record.preferences.titles)


def _remember(memory: OrderedDict[tuple[Kind, str, int], Record], key: tuple[Kind, str, int], record: Record) -> None:
    memory[key] = record
    memory.move_to_end(key)
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)
