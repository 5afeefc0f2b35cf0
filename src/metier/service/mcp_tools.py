"""The nine tools of the MCP server, as plain calls on a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from metier.errors import InputError, NotFoundError
from metier.graph.reading import TextReader
from metier.records.event import Actor, EventKind
from metier.records.job import Job
from metier.records.profile import Profile
from metier.service.desk import Desk
from metier.service.job_search import JobSearch
from metier.service.mcp_answer import (
    ConceptsOut,
    EventOut,
    ExplanationOut,
    GapOut,
    GapsOut,
    JobsOut,
    MatchesOut,
    PostingOut,
    ResumeOut,
    concepts_out,
    factors_out,
    job_out,
    match_out,
    quote_of,
    resume_out,
)
from metier.service.wire import EventIn, Filters, GapQuestion, PersonIn, PostingIn, Question, ReasonsQuestion

_PIECE = 8000
_MOST_REQUIREMENTS = 40
_MOST_GAPS = 25
_MOST_BYTES = 10_000_000

ResumeText = Annotated[
    str, StringConstraints(max_length=200_000), Field(description="The resume's text; one of the three.")
]
PersonId = Annotated[
    str, StringConstraints(max_length=256), Field(description="A person of the catalog; one of the three.")
]
ResumeFile = Annotated[
    str,
    StringConstraints(max_length=1000),
    Field(description="A file below the folder the server was started with; one of the three."),
]
JobId = Annotated[str, StringConstraints(max_length=256), Field(description="A job of the catalog; one of the two.")]
PostingText = Annotated[
    str, StringConstraints(max_length=200_000), Field(description="A posting's text, title first; one of the two.")
]
Count = Annotated[int, Field(ge=1, le=25, description="How many.")]
Language = Annotated[Literal["en", "zh"], Field(description="The language of the reasons.")]


class McpTools:
    """What a model may ask of one catalog.

    Args:
        desk: The catalog at work.
        files: The folder whose files may be named as resumes; none if None.
    """

    def __init__(self, desk: Desk, *, files: Path | None = None) -> None:
        self._desk = desk
        self._files = files.resolve() if files is not None else None
        parts = desk.parts
        self._search = JobSearch(desk.folder, encoder=parts.encoder, graph=parts.graph)
        self._reader: TextReader | None = None

    def close(self) -> None:
        """Close what the tools opened themselves."""
        self._search.close()

    def parse_resume(
        self, resume_text: ResumeText = "", person_id: PersonId = "", resume_file: ResumeFile = ""
    ) -> ResumeOut:
        """Read a resume: work, education, skills linked to ESCO, languages, certificates, wishes. Nothing is kept."""
        profile = self._profile(resume_text, person_id, resume_file)
        return resume_out(profile, profile.experience_months(self._desk.today()))

    def recommend_jobs(
        self,
        resume_text: ResumeText = "",
        person_id: PersonId = "",
        resume_file: ResumeFile = "",
        n: Count = 5,
        filters: Filters | None = None,
        lang: Language = "en",
    ) -> MatchesOut:
        """Recommend jobs of the catalog for a person, each with score, conditions, reasons with quotes, and gaps."""
        question = Question(n=n, lang=lang, **(filters or Filters()).model_dump())
        explained = self._desk.jobs_for(self._person(resume_text, person_id, resume_file), question)
        return MatchesOut(
            matches=[match_out(match, explanation) for match, explanation in explained],
            versions=self._desk.versions(None),
        )

    def rank_people(
        self,
        job_id: JobId = "",
        posting_text: PostingText = "",
        n: Count = 5,
        filters: Filters | None = None,
        lang: Language = "en",
    ) -> MatchesOut:
        """Rank the people of the catalog for a job, blind: no name, no contact, no photo; with reasons and quotes."""
        question = Question(n=n, lang=lang, **(filters or Filters()).model_dump())
        explained = self._desk.people_for(self._job(job_id, posting_text), question)
        return MatchesOut(
            matches=[match_out(match, explanation) for match, explanation in explained],
            versions=self._desk.versions(None),
        )

    def explain_match(
        self,
        resume_text: ResumeText = "",
        person_id: PersonId = "",
        resume_file: ResumeFile = "",
        job_id: JobId = "",
        posting_text: PostingText = "",
        lang: Language = "en",
    ) -> ExplanationOut:
        """Explain one person and one job: the score and what it is made of, each condition, each requirement."""
        person = self._person(resume_text, person_id, resume_file)
        match, explanation = self._desk.explain(person, self._job(job_id, posting_text), ReasonsQuestion(lang=lang))
        return ExplanationOut(
            match=match_out(match, explanation),
            base=match.base,
            factors=factors_out(match),
            versions=self._desk.versions(None),
        )

    def skill_gap(
        self, resume_text: ResumeText = "", person_id: PersonId = "", resume_file: ResumeFile = "", n: Count = 25
    ) -> GapsOut:
        """Say what a person lacks for their n best jobs, what would unlock most of them first."""
        found = self._desk.gaps(self._person(resume_text, person_id, resume_file), GapQuestion(n=n))
        gaps = [
            GapOut(
                name=gap["name"],
                kind=gap["kind"],
                uri=gap["uri"],
                unlocks=len(gap["unlocks"]),
                asked_by=[one["job"] for one in gap["asked_by"][:10]],
                quote=gap["asked_by"][0]["quote"][:400],
            )
            for gap in found["gaps"][:_MOST_GAPS]
        ]
        return GapsOut(jobs=found["jobs"], gaps=gaps)

    def search_jobs(
        self,
        query: Annotated[
            str, StringConstraints(min_length=1, max_length=2000), Field(description="A title, a sentence, skills.")
        ],
        n: Count = 10,
    ) -> JobsOut:
        """Search the catalog's open jobs by meaning, words and skills; without a person and without a score."""
        if not query.strip():
            raise InputError("the query is empty", hint="Give a title, a sentence, or skills.")
        return JobsOut(jobs=[job_out(job) for job in self._search.find(query, n=n, on=self._desk.today())])

    def get_job(
        self,
        job_id: Annotated[str, StringConstraints(min_length=1, max_length=256), Field(description="Of the catalog.")],
        offset: Annotated[int, Field(ge=0, description="Where in the text to begin.")] = 0,
    ) -> PostingOut:
        """Give one job of the catalog: what names it, its requirements, and up to 8,000 characters of its text."""
        job = self._stored_job(job_id)
        end = offset + _PIECE
        spans = [quote_of(need.span) for need in job.requirements[:_MOST_REQUIREMENTS]]
        return PostingOut(
            job=job_out(job),
            requirements=[quote for quote in spans if quote is not None],
            text=job.text[offset:end],
            offset=offset,
            next_offset=end if end < len(job.text) else None,
        )

    def resolve_skill(
        self,
        text: Annotated[
            str,
            StringConstraints(min_length=1, max_length=20_000),
            Field(description="A skill, a title, or sentences, English or Chinese."),
        ],
    ) -> ConceptsOut:
        """Name the skills and occupations (ESCO, ISCO, CSCO) that a text names or means, with offsets and scores."""
        if self._reader is None:
            self._reader = TextReader(encoder=self._desk.parts.encoder)
        return concepts_out(self._reader.read(text))

    def record_event(
        self,
        kind: Annotated[EventKind, Field(description="A dismissed job does not come back; a saved one draws others.")],
        person_id: Annotated[str, StringConstraints(min_length=1, max_length=256)],
        job_id: Annotated[str, StringConstraints(min_length=1, max_length=256)],
        event_id: Annotated[
            str,
            StringConstraints(min_length=1, max_length=200),
            Field(description="Yours, new for each event; the same id sent twice counts once."),
        ],
        actor: Actor = "person",
        note: Annotated[str, StringConstraints(max_length=2000)] = "",
    ) -> EventOut:
        """Record what someone did with a job; it is on disk and in the person's next answer when this returns."""
        self._stored_person(person_id)
        self._stored_job(job_id)
        stated = EventIn(id=event_id, kind=kind, profile_id=person_id, job_id=job_id, actor=actor, note=note.strip())
        (event,), receipts = self._desk.send_events([stated])
        return EventOut(id=event.id, is_new=receipts.result()[0] == "stored")

    # Who and what is asked about

    def _person(self, resume_text: str, person_id: str, resume_file: str) -> str | Profile:
        """Give the key of a stored person, so that their events count, or the profile of what was sent."""
        if person_id and not resume_text.strip() and not resume_file:
            self._stored_person(person_id)
            return person_id
        return self._profile(resume_text, person_id, resume_file)

    def _profile(self, resume_text: str, person_id: str, resume_file: str) -> Profile:
        if sum(map(bool, (resume_text.strip(), person_id, resume_file))) != 1:
            hint = "Give exactly one of resume_text, person_id and resume_file."
            raise InputError("it is not clear whose resume is meant", hint=hint)
        if person_id:
            return self._stored_person(person_id)
        if resume_file:
            return self._of_file(resume_file)
        return self._desk.read_person(PersonIn(text=resume_text))

    def _of_file(self, name: str) -> Profile:
        if self._files is None:
            hint = "Start it with --files FOLDER, or give resume_text."
            raise InputError(f"this server reads no files, so not {name!r}", hint=hint)
        path = (self._files / name).resolve()
        if not path.is_relative_to(self._files) or not path.is_file():
            raise NotFoundError(f"there is no file {name!r} in the server's folder", hint="Name a file below it.")
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{name!r} is larger than 10 MB", hint="Give a smaller file, or resume_text.")
        found = self._desk.parse(path.read_bytes(), path.name, "profile")
        if not isinstance(found, Profile):
            raise InputError(f"{name!r} holds no resume", hint="Give a resume.")
        return found

    def _job(self, job_id: str, posting_text: str) -> str | Job:
        if bool(job_id) == bool(posting_text.strip()):
            raise InputError("it is not clear which job is meant", hint="Give one of job_id and posting_text.")
        if job_id:
            return self._stored_job(job_id).id
        title, _, rest = posting_text.strip().partition("\n")
        return self._desk.read_posting(PostingIn(title=title[:2000], description=rest.strip() or title))

    def _stored_job(self, job_id: str) -> Job:
        try:
            return self._desk.job(job_id)
        except NotFoundError as error:
            raise NotFoundError(str(error), hint="Find ids with search_jobs.") from error

    def _stored_person(self, person_id: str) -> Profile:
        try:
            return self._desk.person(person_id)
        except NotFoundError as error:
            raise NotFoundError(str(error), hint="Find ids with rank_people, or give resume_text.") from error
