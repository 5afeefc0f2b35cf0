"""One tenant's catalog at work: what the REST routes, the web page and the saved searches all call."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar
from uuid import uuid4

import sqlalchemy as sa

from metier.catalog import EventLog, Kind, ModelRegistry
from metier.catalog.entry import kind_of
from metier.catalog.schema import open_truth
from metier.documents.read import read_bytes
from metier.errors import InputError, NotFoundError
from metier.graph.base import SkillGraph
from metier.jobs import parse_job
from metier.jobs.feed import posting_of_document
from metier.jobs.table import RowsFeed
from metier.models.base import Encoder
from metier.recommender import Recommender
from metier.records.codec import from_json
from metier.records.document import Document
from metier.records.event import Event
from metier.records.explanation import Explanation
from metier.records.job import Job, Posting
from metier.records.match import Match
from metier.records.profile import Profile
from metier.resumes import make_preferences, parse_resume, with_preferences
from metier.resumes.json_resume import read_json_resume
from metier.retrieval.catalog_encoder import encoder_of
from metier.retrieval.index import Indexer, Record, seen_on
from metier.service.answer import match_fields, versions
from metier.service.answer_cache import AnswerCache, Kept, Version
from metier.service.document_reader import DocumentReader
from metier.service.event_writer import EventWriter, Receipt
from metier.service.facet import Facets
from metier.service.gap import find_gaps
from metier.service.label_store import LabelStore
from metier.service.options import ServiceOptions
from metier.service.shelf import Shelf, from_cursor, to_cursor
from metier.service.tables import open_store
from metier.service.wire import EventIn, Filters, GapQuestion, PersonIn, PostingIn, Question, ReasonsQuestion

T = TypeVar("T", Job, Profile)
Change = Literal["added", "changed", "unchanged"]
Explained = tuple[Match, Explanation]
_STORABLE = re.compile(r"[^\x00-\x1f\x7f/\\]{1,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What all tenants share.

    Attributes:
        reader: Reads uploaded documents.
    """

    encoder: Encoder
    graph: SkillGraph
    options: ServiceOptions
    reader: DocumentReader


@dataclass(slots=True, kw_only=True, eq=False)
class Desk:
    """Everything that can be asked of one tenant's catalog; each call may come from any thread.

    Attributes:
        folder: Where the catalog is.
        store: The tables of the service.
    """

    folder: Path
    parts: Parts
    store: sa.Engine
    truth: sa.Engine
    shelf: Shelf
    cache: AnswerCache = field(default_factory=AnswerCache)
    _reader: Recommender
    _writer: Recommender
    _events: EventWriter
    _facets: dict[Kind, Facets]
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, folder: Path, parts: Parts) -> Desk:
        """Open a tenant's catalog, which is made where there is none; an encoder that it keeps goes first."""
        parts = replace(parts, encoder=encoder_of(str(folder), parts.encoder))
        reader = Recommender.open(str(folder), encoder=parts.encoder, graph=parts.graph)
        reader.depth = parts.options.settings.depth
        writer = Recommender.open(str(folder), encoder=parts.encoder, graph=parts.graph)
        truth, store = open_truth(folder), open_store(folder)
        return cls(
            folder=folder,
            parts=parts,
            store=store,
            truth=truth,
            shelf=Shelf(truth),
            _reader=reader,
            _writer=writer,
            _events=EventWriter(writer.catalog.events),
            _facets={"job": Facets(truth, "job"), "person": Facets(truth, "person")},
        )

    def close(self) -> None:
        """Write what waits, and close the databases."""
        self._events.close()
        for recommender in (self._reader, self._writer):
            recommender.catalog.close()
        self.truth.dispose()
        self.store.dispose()

    def warm(self) -> None:
        """Load what the first answer would have to wait for."""
        text = "Warm-up\nExperience with a tool"
        person = parse_resume(read_bytes(text.encode(), "warm.txt"), graph=self.parts.graph)
        self.jobs_for(person, Question(n=1))

    def today(self, as_of: dt.date | None = None) -> dt.date:
        """Give the day on which an answer is reckoned."""
        if as_of is not None:
            return as_of
        stated = self.parts.options.as_of
        return dt.date.fromisoformat(stated) if stated else dt.datetime.now(tz=dt.UTC).date()

    @property
    def models(self) -> ModelRegistry:
        """Give the trained models."""
        return self._writer.catalog.models

    def now(self) -> dt.datetime:
        """Give the time, on the day that the service reckons on."""
        return dt.datetime.combine(self.today(), dt.datetime.now(tz=dt.UTC).timetz())

    @property
    def events(self) -> EventLog:
        """Give what people did."""
        return self._writer.catalog.events

    # Reading what is sent

    def read_posting(self, posting: PostingIn, job_id: str = "") -> Job:
        """Make a job of a posting; the id that the path names goes before the one within.

        Raises:
            BadPostingError: It makes no job.
        """
        row = posting.model_dump(exclude_none=True) | ({"id": job_id} if job_id else {})
        found = next(iter(RowsFeed(source="api", rows=(row,)).read()))
        if not isinstance(found, Posting):
            raise found
        job = parse_job(found, graph=self.parts.graph)
        return seen_on(_storable(replace(job, id=job_id or job.id)), self.today())

    def read_person(self, person: PersonIn, person_id: str = "") -> Profile:
        """Make a profile of a resume's text or of a JSON Resume, with the wishes that are stated.

        Raises:
            UnreadableDocumentError: There is no text.
            BadPreferencesError: A wish is none.
        """
        if bool(person.text.strip()) == bool(person.resume):
            raise InputError("a person is a text or a resume", hint="Give one of `text` and `resume`.")
        key = person_id or person.id or ""
        document = (
            read_json_resume(json.dumps(person.resume).encode("utf-8", "replace"), "api")
            if person.resume
            else read_bytes(person.text.encode("utf-8", "replace"), "api.txt")
        )
        profile = _storable(parse_resume(document, graph=self.parts.graph, profile_id=key))
        if person.preferences is not None:
            profile = with_preferences(profile, make_preferences(person.preferences.stated()))
        return profile

    def parse(self, data: bytes, name: str, kind: Literal["auto", "profile", "job"]) -> Record:
        """Read an uploaded document: a resume or a posting.

        Raises:
            UnreadableDocumentError: It gives no text, has too many pages or takes too long.
        """
        document: Document = self.parts.reader.read(data, name)
        if kind == "job":
            return _storable(parse_job(posting_of_document(document), graph=self.parts.graph))
        return _storable(parse_resume(document, graph=self.parts.graph))

    # Writing

    def put(self, found: Sequence[Record]) -> list[Change]:
        """Write records of one kind; when this returns they are committed, synced and in the very next answer."""
        if not found:
            return []
        kind = kind_of(found[0])
        ids = [record.id for record in found]
        with self._writing:
            before = self.shelf.versions(kind, ids)
            catalog, encoder = self._writer.catalog, self._writer.encoder
            Indexer(catalog=catalog, encoder=encoder, with_parts=True).write(found)
            after = self.shelf.versions(kind, ids)
        return [
            "added" if key not in before else "unchanged" if before[key] == after.get(key) else "changed" for key in ids
        ]

    def expire(self, job_id: str, on: dt.date | None) -> dt.date:
        """End a job on a day, today if None.

        Raises:
            NotFoundError: There is no such job.
        """
        day = self.today(on)
        with self._writing:
            if not self._writer.catalog.expire([job_id], on=day):
                raise NotFoundError(f"there is no job {job_id!r}", hint="List what there is at /v1/jobs.")
        return day

    def delete(self, kind: Kind, key: str) -> None:
        """Delete a record for good; of a person also the events.

        Raises:
            NotFoundError: There is none.
        """
        gone = 0
        if kind == "person":
            gone += self.events.forget(key)
            LabelStore(self.store).forget(key)
        with self._writing:
            gone += self._writer.catalog.delete(kind, [key])
        if not gone:
            raise NotFoundError(f"there is no {kind} {key!r}", hint="Nothing was deleted.")

    def send_events(self, found: Sequence[EventIn]) -> tuple[list[Event], Future[list[Receipt]]]:
        """Hand events over; once the future is done they are committed, synced and move the person's next answer."""
        now = self.now()
        events = [
            Event(
                id=one.id or uuid4().hex,
                kind=one.kind,
                profile_id=one.profile_id,
                job_id=one.job_id,
                actor=one.actor,
                at=one.at or now,
                position=one.position,
                list_id=one.list_id.replace("\x00", ""),
                note=one.note.replace("\x00", ""),
            )
            for one in found
        ]
        return events, self._events.send(events)

    # Looking up

    def job(self, job_id: str) -> Job:
        """Give a job.

        Raises:
            NotFoundError: There is none.
        """
        return from_json(Job, self.shelf.document("job", job_id)[1])

    def person(self, person_id: str) -> Profile:
        """Give a person.

        Raises:
            NotFoundError: There is none.
        """
        return from_json(Profile, self.shelf.document("person", person_id)[1])

    def page(self, kind: Kind, *, cursor: str, limit: int) -> tuple[list[Record], str]:
        """Give a page of records in the order of their ids, and the cursor of the next; empty at the end."""
        after = from_cursor(cursor) if cursor else ""
        rows = self.shelf.documents(kind, after=after, limit=limit + 1)
        read: Callable[[str], Record] = partial(from_json, Job) if kind == "job" else partial(from_json, Profile)
        found = [read(text) for _, _, text in rows[:limit]]
        return found, to_cursor(found[-1].id) if len(rows) > limit else ""

    def ids(self, kind: Kind) -> list[str]:
        """Give the ids of a kind, sorted."""
        return self._writer.catalog.ids(kind)

    def count(self, kind: Kind) -> int:
        """Count the records of a kind."""
        return self._writer.catalog.count(kind)

    # Answering

    def jobs_for(self, person: str | Profile, question: Question) -> list[Explained]:
        """Recommend jobs for a person, by what they did too, with the reasons.

        Raises:
            NotFoundError: There is no such person.
        """
        only = self._allowed("job", question)
        with self._asking(question) as recommender:
            profile = recommender.stored("person", person) if isinstance(person, str) else person
            if not isinstance(profile, Profile):
                raise NotFoundError(f"{profile.id!r} is no person", hint="List who there is at /v1/people.")
            matches = recommender.jobs_for(
                profile,
                n=question.n,
                as_of=self.today(question.as_of),
                employer_cap=question.employer_cap or None,
                only=only,
            )
            return self._explained(recommender, matches, question.lang)

    def people_for(self, job: str | Job, question: Question) -> list[Explained]:
        """Recommend people for a job, with the reasons.

        Raises:
            NotFoundError: There is no such job.
        """
        only = self._allowed("person", question)
        with self._asking(question) as recommender:
            asked = recommender.stored("job", job) if isinstance(job, str) else job
            if not isinstance(asked, Job):
                raise NotFoundError(f"{asked.id!r} is no job", hint="List what there is at /v1/jobs.")
            matches = recommender.people_for(asked, n=question.n, as_of=self.today(question.as_of), only=only)
            return self._explained(recommender, matches, question.lang)

    def explain(self, person: str | Profile, job: str | Job, question: ReasonsQuestion) -> Explained:
        """Explain one pair, whatever its conditions.

        Raises:
            NotFoundError: One of them is not there.
        """
        profile = self.person(person) if isinstance(person, str) else person
        asked = self.job(job) if isinstance(job, str) else job
        with self._reading:
            self._reader.use_promoted()
            match = self._reader.match(profile, asked, as_of=self.today(question.as_of))
            return match, self._reader.explain(match, language=question.lang)

    def gaps(self, person: str | Profile, question: GapQuestion) -> dict[str, Any]:
        """Say what is missing for a person's best jobs, what would unlock most of them first."""
        explained = self.jobs_for(person, question)
        gaps = find_gaps([match for match, _ in explained])
        return {
            "jobs": len(explained),
            "gaps": [
                {
                    "kind": gap.kind,
                    "name": gap.name,
                    "uri": gap.uri or None,
                    "unlocks": gap.unlocks,
                    "asked_by": [{"job": key, "quote": gap.quotes[key]} for key in gap.asked_by],
                }
                for gap in gaps
            ],
            "versions": self.versions(question.as_of),
        }

    def versions(self, as_of: dt.date | None) -> dict[str, Any]:
        """Say what made an answer."""
        return versions(self._reader, self.parts.options.settings, self.today(as_of))

    def recommendations(self, person: str | Profile, question: Question) -> dict[str, Any]:
        """Give the jobs for a person as JSON values."""
        explained = self.jobs_for(person, question)
        key = person if isinstance(person, str) else person.id
        return {
            "source": key,
            "matches": [match_fields(match, explanation, "jobs") for match, explanation in explained],
            "versions": self.versions(question.as_of),
        }

    def people(self, job: str | Job, question: Question) -> dict[str, Any]:
        """Give the people for a job as JSON values."""
        explained = self.people_for(job, question)
        return {
            "source": job if isinstance(job, str) else job.id,
            "matches": [match_fields(match, explanation, "people") for match, explanation in explained],
            "versions": self.versions(question.as_of),
        }

    def version_for_person(self, person_id: str, question: Question) -> Version:
        """Give what the jobs for a person depend on: the jobs, the person, all that was done, the ranker, the day.

        Raises:
            NotFoundError: There is no such person.
        """
        version, written, removed = self.shelf.stamp("person", person_id, among="job")
        if not version:
            raise NotFoundError(f"there is no person {person_id!r}", hint="List who there is at /v1/people.")
        day = self.today(question.as_of)
        before = self.events.changes(before=dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC))
        return (written, removed, version, self.events.last(person_id), before, self._ranker(), day.isoformat())

    def version_for_job(self, job_id: str, question: Question) -> Version:
        """Give what the people for a job depend on: the people, what they did, the job, the ranker, the day.

        Raises:
            NotFoundError: There is no such job.
        """
        version, written, removed = self.shelf.stamp("job", job_id, among="person")
        if not version:
            raise NotFoundError(f"there is no job {job_id!r}", hint="List what there is at /v1/jobs.")
        return (
            written,
            removed,
            version,
            self.events.changes(),
            self._ranker(),
            self.today(question.as_of).isoformat(),
        )

    def _ranker(self) -> str:
        return self.models.id_in_use("ranker")

    def kept(self, question: str, version: Version, make: Callable[[], dict[str, Any]]) -> Kept:
        """Give an answer that was rendered before if nothing it was made of has changed, else make it."""
        found = self.cache.find(question, version)
        if found is None:
            body = json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            found = self.cache.keep(question, version, body)
        return found

    @contextmanager
    def _asking(self, question: Question) -> Iterator[Recommender]:
        """Let one ranking at a time use the recommender; Python would run them one after another anyway."""
        with self._reading, self._reader.catalog.steady():
            self._reader.policy = question.policy
            self._reader.use_promoted()
            yield self._reader

    def _explained(
        self, recommender: Recommender, matches: Sequence[Match], lang: Literal["en", "zh"]
    ) -> list[Explained]:
        return [(match, recommender.explain(match, language=lang)) for match in matches]

    def _allowed(self, kind: Kind, filters: Question) -> frozenset[str] | None:
        narrowed: Filters = filters.filters()
        return None if narrowed.is_empty() else self._facets[kind].matching(narrowed)


def _storable(record: T) -> T:
    """Refuse an id that no path can hold.

    Raises:
        InputError: It holds a slash or a control character, or is too long.
    """
    if not _STORABLE.fullmatch(record.id):
        raise InputError(
            f"the id {record.id[:60]!r} cannot be used", hint="No slashes, no control characters, at most 256."
        )
    return record
