"""Contrast sets: pairs made of what people chose by changing one cause, of which the order is known.

After Gardner et al. (2020). Of a person and a job, and the same two with one skill that the job asks for taken out of
the resume, or with the job's level moved away from the person's, the first pair fits better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from metier.ranking.base import PairModel, Values
from metier.ranking.person import LEVELS, PersonView
from metier.records.job import Job
from metier.records.profile import Profile
from metier.training.example import ExampleMaker, Group, Question

Cause = Literal["skill", "seniority"]
CAUSES: tuple[Cause, ...] = ("skill", "seniority")
MOST = 300
"""So many questions at most are asked for contrasts."""
_AWAY = 3
"""So many levels a job is moved away."""
_NEAR = 1.0
"""Only jobs at most so many levels from the person's are moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A pair with a changed cause, and the same with its cause whole, as a group of two; ties keep the wrong order."""

    cause: Cause
    group: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """How many contrasts a model puts in the right order; pairs that it scores alike are not in it."""

    pairs: int
    before: float
    after: float


def contrasts_of(maker: ExampleMaker, questions: Sequence[Question]) -> list[Contrast]:
    """Make contrasts of the best job of each of the last questions, as far as its person and job hold a cause."""
    return [contrast for question in questions[-MOST:] for contrast in _of_question(maker, question)]


def _of_question(maker: ExampleMaker, question: Question) -> Iterator[Contrast]:
    chosen = sorted((key for key, grade in question.grades.items() if grade), key=lambda key: -question.grades[key])
    jobs = [job for job in maker.recommender.load("job", chosen[:1]) if isinstance(job, Job)]
    profile = maker.profile(question.profile_id)
    for job in jobs:
        without = without_skill(profile, job)
        if without is not None:
            yield _contrast(maker, question, "skill", [(without, job), (profile, job)])
        moved = with_level_moved(maker, question, profile, job)
        if moved is not None:
            yield _contrast(maker, question, "seniority", [(profile, moved), (profile, job)])


def without_skill(profile: Profile, job: Job) -> Profile | None:
    """Take the first skill that both name out of a resume, its words blanked; None where there is none."""
    asked = {mention.uri for mention in job.skills if not mention.is_negated}
    shared = [skill for skill in profile.skills if skill.uri in asked and skill.mentions]
    if not shared:
        return None
    text = profile.text
    for mention in shared[0].mentions:
        text = text[: mention.span.start] + " " * (mention.span.end - mention.span.start) + text[mention.span.end :]
    kept = tuple(skill for skill in profile.skills if skill.uri != shared[0].uri)
    return replace(profile, text=text, skills=kept)


def with_level_moved(maker: ExampleMaker, question: Question, profile: Profile, job: Job) -> Job | None:
    """Move the level of a job away from the person's, which is near it; None where one of them is not known."""
    level = PersonView(profile, maker.recommender.graph, question.at.date()).level
    if level is None or job.seniority is None:
        return None
    stands = LEVELS.index(job.seniority.value)
    if abs(stands - level) > _NEAR:
        return None
    moved = stands + _AWAY if stands + _AWAY < len(LEVELS) else stands - _AWAY
    return replace(job, seniority=replace(job.seniority, value=LEVELS[moved]))


def _contrast(maker: ExampleMaker, question: Question, cause: Cause, pairs: Sequence[tuple[Profile, Job]]) -> Contrast:
    group = Group(
        profile_id=question.profile_id,
        at=question.at,
        job_ids=("changed", "whole"),
        rows=maker.rows(question, pairs),
        grades=np.array([0, 1], dtype=np.int64),
        positions=np.zeros(2, dtype=np.int64),
    )
    return Contrast(cause=cause, group=group)


def answered(contrasts: Sequence[Contrast], *, before: PairModel, after: PairModel) -> dict[Cause, Answered]:
    """Say by cause how many contrasts two models answer to."""
    found: dict[Cause, Answered] = {}
    for cause in CAUSES:
        rows = [contrast.group.rows for contrast in contrasts if contrast.cause == cause]
        if rows:
            shares = [np.mean([_is_right(model, pair) for pair in rows]) for model in (before, after)]
            found[cause] = Answered(
                pairs=len(rows), before=round(float(shares[0]), 6), after=round(float(shares[1]), 6)
            )
    return found


def _is_right(model: PairModel, rows: Values) -> bool:
    changed, whole = np.round(model.score(rows), 6)
    return bool(whole > changed)
