"""How differently a ranker serves groups of people, in both directions, before and after a training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metier.errors import InputError
from metier.ranking.base import PairModel
from metier.records.job import Job
from metier.records.profile import Profile
from metier.training.example import ExampleMaker, Group, Question
from metier.training.group_file import PersonGroups

Floats = NDArray[np.float64]
FEWEST = 10
"""A group with fewer questions, or people, is told but decides nothing."""
MOST_JOBS, MOST_PEOPLE = 30, 150
"""So many jobs, and people for each, at most are ranked for exposure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupValue:
    """A mean of a group before and after, and of how many questions or people."""

    count: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What groups get.

    Attributes:
        before: The most that a group gets less the least, over groups of `FEWEST` at least; `after` likewise.
    """

    by_group: Mapping[str, GroupValue]
    before: float
    after: float

    @classmethod
    def of(cls, values: Mapping[str, Sequence[tuple[float, float]]]) -> Gap:
        """Compare groups by their values before and after."""
        by_group = {
            name: GroupValue(
                count=len(pairs),
                before=round(float(np.mean([before for before, _ in pairs])), 6),
                after=round(float(np.mean([after for _, after in pairs])), 6),
            )
            for name, pairs in sorted(values.items())
        }
        large = [one for one in by_group.values() if one.count >= FEWEST]
        return cls(
            by_group=by_group,
            before=_spread([one.before for one in large]),
            after=_spread([one.after for one in large]),
        )

    @property
    def widened(self) -> float:
        """Give by how much the gap grew; below 0 where it shrank."""
        return round(self.after - self.before, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """Gaps of people as seekers and as those who are found.

    Attributes:
        ndcg: Of nDCG@10 of the jobs for them.
        exposure: Of how much their places in the lists for jobs are looked at, 1 being even (demographic parity of
            exposure, Singh and Joachims 2018); None where too few people of the file are in the catalog.
        without_group: People measured on of whom the file says nothing.
        unknown: People of the file of whom neither the catalog nor its events know anything.
    """

    ndcg: Gap
    exposure: Gap | None
    without_group: int
    unknown: int

    @property
    def widened(self) -> float:
        """Give by how much the gap grew that grew the most."""
        return max(gap.widened for gap in (self.ndcg, self.exposure) if gap is not None)


def _spread(values: Sequence[float]) -> float:
    return round(max(values) - min(values), 6) if len(values) > 1 else 0.0


def ndcg_gap(tested: Sequence[Group], before: Sequence[float], after: Sequence[float], groups: PersonGroups) -> Gap:
    """Compare groups by the nDCG of their questions.

    Args:
        tested: The questions' groups of pairs.
        before: nDCG of each under the ranker in use.
        after: The same under the new one.
        groups: Of the people.

    Raises:
        InputError: Fewer than two groups have `FEWEST` questions.
    """
    values: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for group, pair in zip(tested, zip(before, after, strict=True), strict=True):
        if group.profile_id in groups.by_person:
            values[groups.by_person[group.profile_id]].append(pair)
    gap = Gap.of(values)
    if sum(one.count >= FEWEST for one in gap.by_group.values()) < 2:
        counted = ", ".join(f"{name!r}: {one.count}" for name, one in gap.by_group.items()) or "none"
        raise InputError(
            f"too few later questions of people with a group to compare ({counted})",
            hint=f"Two groups need {FEWEST} each: name more people in the file, or leave --groups out.",
        )
    return gap


def exposure_gap(
    maker: ExampleMaker,
    questions: Sequence[Question],
    groups: PersonGroups,
    *,
    before: PairModel,
    after: PairModel,
) -> Gap | None:
    """Rank people of the groups for the jobs that were chosen last, and compare how much each group is looked at."""
    chosen = [key for question in reversed(questions) for key, grade in sorted(question.grades.items()) if grade]
    loaded = maker.recommender.load("job", list(dict.fromkeys(chosen))[:MOST_JOBS])
    jobs = [job for job in loaded if isinstance(job, Job)]
    people = _people(maker, groups)
    counted = [groups.by_person[person.id] for person in people]
    if not jobs or sum(counted.count(name) >= FEWEST for name in set(counted)) < 2:
        return None
    totals = np.zeros((2, len(people)))
    asked = Question(profile_id="", at=questions[-1].at, earlier=(), grades={}, shown={})
    for job in jobs:
        rows = maker.rows(asked, [(person, job) for person in people])
        totals += np.stack([_exposure(model.score(rows)) for model in (before, after)])
    shares = totals / totals.mean(axis=1, keepdims=True)
    values: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, one, other in zip(counted, *shares.tolist(), strict=True):
        values[name].append((one, other))
    return Gap.of(values)


def _people(maker: ExampleMaker, groups: PersonGroups) -> list[Profile]:
    """Give people of the file that the catalog holds, in the order of chance."""
    known = sorted(set(maker.recommender.catalog.ids("person")) & groups.by_person.keys())
    order = np.random.default_rng(maker.seed).permutation(len(known))[:MOST_PEOPLE]
    return [maker.profile(known[place]) for place in sorted(order.tolist())]


def _exposure(scores: Floats) -> Floats:
    """Give each row one by the logarithm of its rank, ties sharing theirs."""
    rounded = np.round(scores, 6)
    order = np.argsort(-rounded, kind="stable")
    looked = np.empty(len(scores))
    looked[order] = 1 / np.log2(np.arange(len(scores)) + 2)
    _, same = np.unique(rounded, return_inverse=True)
    means: Floats = (np.bincount(same, looked) / np.bincount(same))[same]
    return means
