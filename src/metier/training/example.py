"""Events to groups of pairs with factors and grades: what a person had before them, and what they did with it.

Every factor of a group is worked out from what had happened before the group, so that nothing leaks from after it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from metier.ranking import PairRanker
from metier.ranking.behaviour import SESSION_DAYS, Behaviour, recent_weights
from metier.ranking.score import session_model
from metier.recommender import Recommender
from metier.records.event import GRADE, Event
from metier.records.job import Job
from metier.records.profile import Profile

RANDOM_NEGATIVES = 40
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Pairs of one person that compete.

    Attributes:
        rows: Factors in the order of `session_model().factors`, shape (pairs, factors).
        grades: See `GRADE`, shape (pairs,).
        positions: The ranks at which they were shown, 0 where not known, shape (pairs,).
        missed: Grades of jobs that the person did something with and that the search did not find; they count in the
            best that there could be.
    """

    profile_id: str
    at: dt.datetime
    job_ids: tuple[str, ...]
    rows: NDArray[np.float64]
    grades: NDArray[np.int64]
    positions: NDArray[np.int64]
    missed: tuple[int, ...] = ()

    @property
    def is_telling(self) -> bool:
        """Say whether there is something to tell apart."""
        return len(set(self.grades.tolist())) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A person at a time, what they had done lately, and what they did then.

    Attributes:
        earlier: What the person did before, newest first.
        grades: Grade by job.
        shown: Rank by job, where a list was shown; empty where only deeds are known.
    """

    profile_id: str
    at: dt.datetime
    earlier: tuple[Event, ...]
    grades: dict[str, int]
    shown: dict[str, int]


def questions_of(events: Iterable[Event], *, since: dt.datetime | None = None) -> list[Question]:
    """Cut the events into questions, oldest first.

    A list that was shown is one question. Of what a person did without a list there are two: all of it as done by a
    person of whom nothing was known, and the second half with the first one known.

    Args:
        events: In any order; all that had happened, for what was done before.
        since: Only what was done from then on is asked about.
    """
    by_person: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        by_person[event.profile_id].append(event)
    found: list[Question] = []
    for person, done in by_person.items():
        fresh = [event for event in done if since is None or event.at >= since]
        lists = {event.list_id for event in fresh if event.kind == "impression" and event.list_id}
        found += [
            _of_list(person, done, [event for event in fresh if event.list_id == list_id]) for list_id in sorted(lists)
        ]
        found += _of_deeds(person, done, [event for event in fresh if event.list_id not in lists])
    return sorted(found, key=lambda question: (question.at, question.profile_id))


def _of_list(person: str, done: Sequence[Event], events: Sequence[Event]) -> Question:
    at = events[0].at
    shown = {event.job_id: event.position or 0 for event in events if event.kind == "impression"}
    return Question(
        profile_id=person,
        at=at,
        earlier=tuple(event for event in reversed(done) if event.at < at),
        grades=dict.fromkeys(shown, 0) | grades_of(events),
        shown=shown,
    )


def _of_deeds(person: str, done: Sequence[Event], events: Sequence[Event]) -> list[Question]:
    firsts: dict[str, dt.datetime] = {}
    for event in events:
        if event.kind != "impression":
            firsts.setdefault(event.job_id, event.at)
    if not firsts:
        return []
    graded = grades_of(events)
    times = list(firsts.values())
    first = Question(profile_id=person, at=times[0], earlier=(), grades=graded, shown={})
    half = len(firsts) // 2
    if not half:
        return [first]
    at = times[half]
    earlier = tuple(event for event in reversed(done) if event.at < at)
    known = {event.job_id for event in earlier}
    rest = {job_id: grade for job_id, grade in graded.items() if job_id not in known}
    return [first, Question(profile_id=person, at=at, earlier=earlier, grades=rest, shown={})]


def grades_of(events: Iterable[Event]) -> dict[str, int]:
    """Give the highest grade of each job of one person; a job dismissed last has 0."""
    graded: dict[str, int] = {}
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        higher = max(graded.get(event.job_id, 0), GRADE[event.kind])
        graded[event.job_id] = 0 if event.kind == "dismiss" else higher
    return graded


@dataclass(eq=False)
class ExampleMaker:
    """Makes groups of questions.

    Attributes:
        recommender: Has the jobs and people, and finds the jobs that a person would be shown.
        seed: The same seed draws the same jobs.
    """

    recommender: Recommender
    seed: int = 0
    _popularity: dict[dt.date, dict[str, int]] = field(default_factory=dict)
    _people: dict[str, Profile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        catalog = self.recommender.catalog
        self._jobs = catalog.ids("job")
        self._is_job = frozenset(self._jobs)
        self._is_person = frozenset(catalog.ids("person"))
        self._first_seen: dict[str, dt.datetime] = {}
        for event in catalog.events.read():
            self._first_seen.setdefault(event.job_id, event.at)

    def shown(self, questions: Iterable[Question]) -> Iterator[Group]:
        """Give the groups of questions in which a list was shown."""
        for question in questions:
            ids = [key for key in question.shown if key in self._is_job]
            if ids:
                yield self._group(question, ids)

    def drawn(self, questions: Iterable[Question], *, count: int = RANDOM_NEGATIVES) -> Iterator[Group]:
        """Give groups of what was done, and jobs drawn beside it.

        As many of the drawn jobs as of the others had had no event before: which jobs are new says when the data
        were cut, not what people want.
        """
        for place, question in enumerate(questions):
            wanted = [key for key in question.grades if key in self._is_job]
            known = {event.job_id for event in question.earlier} | question.grades.keys()
            new = sum(self._is_new(key, question.at) for key in wanted)
            chance = np.random.default_rng([self.seed, place])
            order = [self._jobs[row] for row in chance.permutation(len(self._jobs))[: count * 8]]
            rest = [key for key in order if key not in known]
            share = round(count * new / len(wanted)) if wanted else 0
            fresh = [key for key in rest if self._is_new(key, question.at)][:share]
            seen = [key for key in rest if not self._is_new(key, question.at)][: count - share]
            if wanted:
                yield self._group(question, [*wanted, *fresh, *seen])

    def found(self, questions: Iterable[Question], *, most: int | None = None) -> Iterator[Group]:
        """Give groups of what the search finds for the person at that time, in the order of the questions.

        Args:
            questions: Those of which nothing is found are left out.
            most: How many jobs of a group are kept: those that the person did something with, others by chance.
        """
        for place, question in enumerate(questions):
            behaviour = self._behaviour(question)
            profile = self.profile(question.profile_id)
            known = {event.job_id for event in question.earlier}
            jobs = self.recommender.jobs_found(profile, question.at.date(), behaviour)
            ids = [job.id for job in jobs if job.id not in known]
            missed = [grade for key, grade in question.grades.items() if grade and key in self._is_job - set(ids)]
            if most is not None and len(ids) > most:
                chance = np.random.default_rng([self.seed, place])
                order = {key: float(value) for key, value in zip(ids, chance.random(len(ids)), strict=True)}
                ids = sorted(ids, key=lambda key: (key not in question.grades, order[key]))[:most]
            if ids:
                yield self._group(question, ids, missed=missed)

    def rows(self, question: Question, pairs: Sequence[tuple[Profile, Job]]) -> NDArray[np.float64]:
        """Work out the factors of pairs as of a question, shape (pairs, factors)."""
        ranker = PairRanker(
            encoder=self.recommender.encoder,
            graph=self.recommender.graph,
            model=session_model(),
            policy="mark",
            behaviour=self._behaviour(question),
        )
        return ranker.rows(self.recommender.pairs(pairs), as_of=question.at.date())

    def _group(self, question: Question, ids: Sequence[str], *, missed: Sequence[int] = ()) -> Group:
        """Make a group in the order of the jobs' ids, by which answers break ties; it tells nothing of the grades."""
        profile = self.profile(question.profile_id)
        jobs = [job for job in self.recommender.load("job", sorted(ids)) if isinstance(job, Job)]
        rows = self.rows(question, [(profile, job) for job in jobs])
        return Group(
            profile_id=question.profile_id,
            at=question.at,
            job_ids=tuple(job.id for job in jobs),
            rows=rows,
            grades=np.array([question.grades.get(job.id, 0) for job in jobs], dtype=np.int64),
            positions=np.array([question.shown.get(job.id, 0) for job in jobs], dtype=np.int64),
            missed=tuple(missed),
        )

    def _behaviour(self, question: Question) -> Behaviour:
        weights = recent_weights(question.earlier, before=question.at)
        held = {key: weight for key, weight in weights.items() if key in self._is_job}
        recent = self.recommender.recent_jobs(held)
        return Behaviour(recent_of=lambda _: recent, popularity=self._popular(question.at.date()))

    def _popular(self, day: dt.date) -> dict[str, int]:
        """Count as of the beginning of a day, once for each."""
        if day not in self._popularity:
            before = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
            since = before - SESSION_DAYS * _DAY
            self._popularity[day] = self.recommender.catalog.events.people_by_job(since=since, before=before)
        return self._popularity[day]

    def _is_new(self, job_id: str, at: dt.datetime) -> bool:
        return job_id not in self._first_seen or self._first_seen[job_id] >= at

    def profile(self, profile_id: str) -> Profile:
        """Give a person; one of whom the catalog knows nothing has an empty profile."""
        if profile_id not in self._people:
            people = self.recommender.catalog.people([profile_id]) if profile_id in self._is_person else []
            self._people[profile_id] = people[0] if people else Profile(id=profile_id, source="", text="")
        return self._people[profile_id]
