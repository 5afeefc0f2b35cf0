"""People and jobs with graded judgements between them, ranked by the whole flow in both directions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from metier.errors import InputError
from metier.evaluation.metric import ndcg
from metier.graph.base import SkillGraph
from metier.jobs import read_jobs
from metier.recommender import Recommender
from metier.records.job import Job
from metier.records.profile import Profile
from metier.resumes import read_resumes

Grades = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sample in which somebody has judged how well people and jobs fit.

    Attributes:
        people: By the name of the resume's file.
        jobs: By id.
        grades: Grade by job id by the name of the resume; a pair that is not there has 0.
    """

    people: Mapping[str, Profile]
    jobs: Mapping[str, Job]
    grades: Grades

    def halves(self) -> tuple[Judged, Judged]:
        """Split by person, to choose on one half and to report on the other; the jobs are in both."""
        names = sorted(self.people, key=lambda name: hashlib.blake2b(name.encode(), digest_size=8).digest())
        return self._of(names[::2]), self._of(names[1::2])

    def _of(self, names: list[str]) -> Judged:
        people = {name: self.people[name] for name in sorted(names)}
        return Judged(people=people, jobs=self.jobs, grades={name: self.grades.get(name, {}) for name in people})

    def people_by_job(self) -> dict[str, dict[str, int]]:
        """Turn the grades round: grade by the name of the resume by job id, only jobs that suit somebody."""
        turned: dict[str, dict[str, int]] = {}
        for name, grades in self.grades.items():
            for job_id, grade in grades.items():
                turned.setdefault(job_id, {})[name] = grade
        return turned


def read_judged(jobs: Path, resumes: Path, qrels: Path, *, graph: SkillGraph) -> Judged:
    """Read a feed, a folder of resumes and their judgements (resume, job, grade, with tabs between).

    Raises:
        InputError: A row has no grade, or names a resume or a job that is not there.
    """
    people = {
        Path(found.source).name: found for found in read_resumes(resumes, graph=graph) if isinstance(found, Profile)
    }
    known = {job.id: job for job in read_jobs(str(jobs), graph=graph) if isinstance(job, Job)}
    grades: dict[str, dict[str, int]] = {}
    for number, line in enumerate(qrels.read_text(encoding="utf-8").splitlines()[1:], start=2):
        name, job_id, grade = line.split("\t")
        if name not in people or job_id not in known:
            raise InputError(
                f"{qrels}, line {number}: {name!r} or {job_id!r} is not there", hint="Judge what is there."
            )
        grades.setdefault(name, {})[job_id] = int(grade)
    return Judged(people=people, jobs=known, grades=grades)


def measure_jobs_for(judged: Judged, recommender: Recommender, *, as_of: dt.date) -> dict[str, float]:
    """Give the nDCG@10 of each person's list of jobs, as `metier recommend` would give it."""
    measured = {}
    for name, grades in judged.grades.items():
        if any(grades.values()):
            matches = recommender.jobs_for(judged.people[name], as_of=as_of, employer_cap=None)
            measured[name] = ndcg([match.job.id for match in matches], grades, k=10)
    return measured


def measure_people_for(judged: Judged, recommender: Recommender, *, as_of: dt.date) -> dict[str, float]:
    """Give the nDCG@10 of each job's list of people, as `metier people` would give it."""
    names = {person.id: name for name, person in judged.people.items()}
    measured = {}
    for job_id, grades in judged.people_by_job().items():
        matches = recommender.people_for(judged.jobs[job_id], as_of=as_of)
        measured[job_id] = ndcg([names[match.profile.id] for match in matches], grades, k=10)
    return measured
