"""The whole flow on one screen: jobs for a person, people for a job, and why."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from metier.catalog import MEMORY, Catalog, Kind, StoredParts, UpsertSummary
from metier.errors import NotFoundError
from metier.explanation import ReaderLanguage, explain
from metier.graph.base import SkillGraph
from metier.graph.graph_linker import GraphLinker
from metier.jobs import cluster_jobs, read_jobs
from metier.models.base import Encoder
from metier.models.named import open_encoder
from metier.models.wording import Wording, wording
from metier.ranking import Pair, PairRanker
from metier.ranking.additive import AdditiveModel
from metier.ranking.base import PairModel
from metier.ranking.behaviour import SESSION_DAYS, Behaviour, RecentJob, recent_weights
from metier.ranking.diversity import cap_employers, share_places
from metier.ranking.encoded import Encoded, encode_parts
from metier.ranking.ranker import ConstraintPolicy
from metier.ranking.score import session_model, zero_shot_model
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

K = TypeVar("K")
V = TypeVar("V")
DEPTH = 100
EMPLOYER_CAP = 3
_REMEMBERED = 4000
_RECENT = 5
"""So many of a person's recent jobs are searched with, each for `_RECENT_DEPTH` others."""
_RECENT_DEPTH = 60
_POPULAR_DEPTH = 50
_EVENTS_READ = 200
_MOST_SPARE = 1000
"""So many jobs at most are looked at in the place of those that the person dismissed."""
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
    model: PairModel = field(default_factory=zero_shot_model)
    policy: ConstraintPolicy = "remove"
    depth: int = DEPTH
    _encoded: OrderedDict[tuple[Kind, str], Encoded] = field(default_factory=OrderedDict)
    _records: OrderedDict[tuple[Kind, str, int], Record] = field(default_factory=OrderedDict)
    _alike: OrderedDict[tuple[str, int], tuple[str, ...]] = field(default_factory=OrderedDict)
    _stored: dict[tuple[Kind, str], tuple[str, int]] = field(default_factory=dict)
    _run_id: str = ""
    _drawn: dict[tuple[dt.datetime, int], Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def open(
        cls, uri: str = MEMORY, *, encoder: str | Encoder = "metier", graph: SkillGraph | None = None
    ) -> Recommender:
        """Open a catalog: a folder's path, or `memory://` for one that lasts as long as this object.

        A ranker that was promoted in it takes the place of the one that ships.

        Raises:
            EncoderMismatchError: The catalog was made with another encoder.
        """
        model: Encoder = open_encoder(encoder) if isinstance(encoder, str) else encoder
        catalog = Catalog.open(uri, encoder_id=model.model_id, size=model.size)
        made = cls(catalog=catalog, encoder=model, graph=graph or GraphLinker())
        made.use_promoted()
        return made

    def use_promoted(self) -> None:
        """Answer from now on with the ranker that is promoted in the catalog, or with the one that ships if none is."""
        if self.catalog.models.id_in_use("ranker") == self._run_id:
            return
        promoted = self.catalog.models.in_use("ranker")
        self._run_id = promoted.id if promoted else ""
        self.model = AdditiveModel.from_json(promoted.model) if promoted else zero_shot_model()

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
        with self.catalog.steady():
            ranker = self.ranker(day)
            jobs = self.jobs_found(profile, day, ranker.behaviour, only)
            matches = ranker.rank(self.pairs([(profile, job) for job in jobs]), as_of=day)
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
        with self.catalog.steady():
            people = [person for person in self._hits("person", job, day, only) if isinstance(person, Profile)]
            distinct = list({text_id(person.text): person for person in reversed(people)}.values())
            matches = self.ranker(day).rank(self.pairs([(person, job) for person in distinct]), as_of=day)
        twins = self._twins(people)
        named = [replace(match, duplicates=twins[text_id(match.profile.text)]) for match in matches]
        return self._shown(named, n)

    def stored(self, kind: Kind, key: str) -> Record:
        """Give a record of the catalog, whose vectors are then taken from there too.

        Raises:
            NotFoundError: There is none.
        """
        found = self.load(kind, [key])
        if not found:
            raise NotFoundError(f"there is no {kind} {key!r}", hint="List what there is with: metier catalog status")
        return found[0]

    def match(self, person: Profile, job: Job, *, as_of: dt.date | None = None) -> Match:
        """Score one pair, whatever its conditions."""
        day = as_of or dt.datetime.now(tz=dt.UTC).date()
        ranker = replace(self.ranker(day), policy="mark")
        return ranker.attribute(ranker.rank(self.pairs([(person, job)]), as_of=day))[0]

    def explain(self, match: Match, *, language: ReaderLanguage = "en") -> Explanation:
        """Say why: one reason for each requirement, tied to a line of the resume and of the job."""
        return explain(
            match, language=language, graph=self.graph.graph if isinstance(self.graph, GraphLinker) else None
        )

    def _hits(
        self, kind: Kind, query: Record, day: dt.date, only: Collection[str] | None = None, *, spare: int = 0
    ) -> list[Record]:
        """Search, and leave out the jobs that have ended; where these crowd out others, search among the others."""
        search = self._query(query)
        retriever = HybridRetriever.over(self.catalog, kind)
        depth = self.depth + spare
        while True:
            hits = self._current_hits(retriever, search, depth=depth, only=only, day=day if kind == "job" else None)
            found = self.load(kind, [hit.id for hit in hits])
            if len(hits) < depth or 2 * len({_key(record) for record in found}) >= self.depth:
                return found
            depth *= 2  # most of them say the same: there is room for others

    def _current_hits(
        self, retriever: Retriever, search: Query, *, depth: int, only: Collection[str] | None, day: dt.date | None
    ) -> list[Hit]:
        """Search, and leave out jobs that have ended; the more have, the deeper the search goes at once."""
        ends = self.catalog.ends() if day is not None else {}
        if day is None or not ends:
            return _search_among(retriever, search, depth=depth, only=only)
        ended = sum(1 for last in ends.values() if last < day)
        first = depth + (2 * depth * ended) // max(1, self.catalog.size_of("job") - ended)
        for reach in (min(first, 8 * depth), 8 * depth):
            hits = _search_among(retriever, search, depth=reach, only=only)
            kept = [hit for hit in hits if hit.id not in ends or ends[hit.id] >= day][:depth]
            if len(kept) == depth or len(hits) < reach:
                return [replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1)]
        current = self.catalog.current_jobs(day)
        among = current if only is None else set(only).intersection(current)
        return _search_among(retriever, search, depth=depth, only=among)

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

    def load(self, kind: Kind, ids: Sequence[str]) -> list[Record]:
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

    def _shown(self, matches: Sequence[Match], n: int) -> list[Match]:
        model = session_model() if matches and len(matches[0].factors) > len(self.model.factors) else self.model
        ranker = PairRanker(encoder=self.encoder, graph=self.graph, model=model)
        return ranker.attribute([replace(match, rank=rank) for rank, match in enumerate(matches[:n], start=1)])

    def model_on(self, day: dt.date) -> PairModel:
        """Give the score of a day: once there are events, the one that ships heeds them too."""
        has_events = self.catalog.events.has_any(before=_end(day))
        return session_model() if has_events and self.model is zero_shot_model() else self.model

    def ranker(self, day: dt.date) -> PairRanker:
        """Give what scores pairs on a day."""
        before = _end(day)
        return PairRanker(
            encoder=self.encoder,
            graph=self.graph,
            model=self.model_on(day),
            policy=self.policy,
            behaviour=self._behaviour(before) if self.catalog.events.has_any(before=before) else None,
        )

    def _behaviour(self, before: dt.datetime) -> Behaviour:
        return Behaviour(
            recent_of=lambda profile_id: self._recent(profile_id, before),
            popularity=self._popularity(before - dt.timedelta(days=1)),
        )

    def _popularity(self, midnight: dt.datetime) -> Mapping[str, int]:
        """Count how many people each job drew as of the beginning of a day, anew where that past has changed."""
        stamp = (midnight, self.catalog.events.changes(before=midnight))
        if stamp not in self._drawn:
            since = midnight - dt.timedelta(days=SESSION_DAYS)
            self._drawn = {stamp: self.catalog.events.people_by_job(since=since, before=midnight)}
        return self._drawn[stamp]

    def _recent(self, profile_id: str, before: dt.datetime) -> list[RecentJob]:
        """Give the jobs that a person did something with lately, as far as the catalog holds them, newest first."""
        events = self.catalog.events.of_person(profile_id, before=before, most=_EVENTS_READ)
        return self.recent_jobs(recent_weights(events, before=before))

    def recent_jobs(self, weights: Mapping[str, float]) -> list[RecentJob]:
        """Give weighed jobs with their parts, those that the catalog does not hold left out."""
        jobs = [job for job in self.load("job", list(weights)) if isinstance(job, Job)]
        encoded = self._encode(jobs)
        return [RecentJob(job=job, parts=encoded[id(job)], weight=weights[job.id]) for job in jobs]

    def jobs_found(
        self, profile: Profile, day: dt.date, behaviour: Behaviour | None, only: Collection[str] | None = None
    ) -> list[Job]:
        """Search with the profile and, where there are events, with the person's recent jobs and among popular ones."""
        words = self.catalog.events.last_words(profile.id, before=_end(day)) if behaviour is not None else {}
        dismissed = {key for key, word in words.items() if word == "dismiss"}
        hits = self._hits("job", profile, day, only, spare=min(len(dismissed), _MOST_SPARE))
        found = {job.id: job for job in hits if isinstance(job, Job)}
        if behaviour is None:
            return list(found.values())
        recent = behaviour.recent(profile.id)
        popular = sorted(behaviour.popularity, key=lambda key: (-behaviour.popularity[key], key))[:_POPULAR_DEPTH]
        liked = [one.job for one in recent if one.weight > 0][:_RECENT]
        ids = [*popular, *(key for job in liked for key in self._like(job))]
        if only is not None:
            ids = [key for key in ids if key in only]
        others = self.load("job", [key for key in dict.fromkeys(ids) if key not in found])
        found |= {job.id: job for job in _current(others, day) if isinstance(job, Job)}
        return [job for key, job in found.items() if key not in dismissed]

    def _like(self, job: Job) -> tuple[str, ...]:
        """Search with a job that somebody did something with, anew only where jobs were written since."""
        place = (job.id, self.catalog.last_write())
        if place not in self._alike:
            hits = HybridRetriever.over(self.catalog, "job").search(self._query(job), depth=_RECENT_DEPTH)
            _remember(self._alike, place, tuple(hit.id for hit in hits))
        return self._alike[place]

    def _query(self, record: Record) -> Query:
        return Query(
            vector=self._vector(record), text=lexical_text(record), skills=skill_uris(record), places=record.places
        )

    def pairs(self, pairs: Sequence[tuple[Profile, Job]]) -> list[Pair]:
        """Put people and jobs together with the vectors of their parts."""
        encoded = self._encode([record for pair in pairs for record in pair])
        return [
            Pair(profile=person, job=job, profile_parts=encoded[id(person)], job_parts=encoded[id(job)])
            for person, job in pairs
        ]

    def _encode(self, records: Iterable[Record]) -> dict[int, Encoded]:
        """Give the parts of records by their `id()`: from memory, from the catalog, else encoded now, all at once."""
        distinct = {id(record): record for record in records}
        keys = {number: _key(record) for number, record in distinct.items()}
        unknown = {keys[number]: record for number, record in distinct.items() if keys[number] not in self._encoded}
        wanted = {key: parts_of(record) for key, record in unknown.items()}
        stored = self._stored_parts(wanted)
        texts = list(dict.fromkeys(part.text for key, parts in wanted.items() if key not in stored for part in parts))
        fresh = dict(zip(texts, self.encoder.encode(texts), strict=True)) if texts else {}
        for key, parts in wanted.items():
            kept = stored.get(key)
            vectors = kept.vectors if kept else np.array([fresh[part.text] for part in parts], dtype=np.float16)
            words = kept and Wording.from_line(kept.wording)
            self._encoded[key] = encode_parts(
                parts,
                self.encoder,
                vectors.reshape(len(parts), self.encoder.size),
                wording=words or wording(lexical_text(unknown[key])),
            )
        found = {number: self._encoded[key] for number, key in keys.items()}
        for key in keys.values():
            self._encoded.move_to_end(key)
        while len(self._encoded) > _REMEMBERED:
            self._encoded.popitem(last=False)
        return found

    def _stored_parts(self, wanted: dict[tuple[Kind, str], tuple[Part, ...]]) -> dict[tuple[Kind, str], StoredParts]:
        """Read the parts of records that came from the catalog, where it has as many as there are parts."""
        found = {}
        kinds: tuple[Kind, ...] = ("job", "person")
        for kind in kinds:
            known = {self._stored[key][0]: key for key in wanted if key[0] == kind and key in self._stored}
            now = self.catalog.versions(kind, list(known)) if known else {}
            ids = {one: key for one, key in known.items() if now.get(one) == self._stored[key][1]}
            for stored_id, parts in self.catalog.parts(kind, list(ids)).items():
                if len(parts.vectors) == len(wanted[ids[stored_id]]):
                    found[ids[stored_id]] = parts
        return found

    def _twins(self, people: Sequence[Profile]) -> dict[str, tuple[str, ...]]:
        by_text: dict[str, list[str]] = {}
        for person in people:
            by_text.setdefault(text_id(person.text), []).append(person.id)
        return {text: tuple(ids[1:]) for text, ids in by_text.items()}


def _end(day: dt.date) -> dt.datetime:
    """Give when a day is over, in UTC; the last of all days ends before its time."""
    if day == dt.date.max:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def _current(records: Iterable[Record], day: dt.date) -> list[Record]:
    return [record for record in records if not (isinstance(record, Job) and record.is_expired(day))]


def _search_among(retriever: Retriever, query: Query, *, depth: int, only: Collection[str] | None) -> list[Hit]:
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


def _remember(memory: OrderedDict[K, V], key: K, value: V) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > _REMEMBERED:
        memory.popitem(last=False)
