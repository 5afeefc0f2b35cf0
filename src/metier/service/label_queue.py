"""Which pairs are worth a person's minute: those whose grade would tell the most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from metier.evaluation.agreement import krippendorff_alpha
from metier.models.base import Vectors
from metier.records.match import Match
from metier.service.desk import Desk
from metier.service.label_store import Label, LabelStore
from metier.service.wire import Question, ReasonsQuestion
from metier.training.active import lengthened, propose
from metier.training.few_shot import fit_head

PairKey = tuple[str, str]
_PEOPLE, _TRIES = 3, 4
_DEPTH, _STEP = 30, 3
"""So deep a person's list is gone through in such steps, so that what does not fit is asked about too."""
_LEARNED_FROM = 60
_OFTEN = 4
"""Every so manieth question is one that another person has answered, so that agreement can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSummary:
    """How far the labelling is.

    Attributes:
        alpha: Krippendorff's alpha of all who labelled; None where no two labelled the same pair.
    """

    own: int
    all: int
    labellers: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class LabelQueue:
    """The pairs of a tenant that have no grade yet."""

    desk: Desk

    def next(self, labeller: str, *, passed: Collection[PairKey] = ()) -> Match | None:
        """Give the pair to ask a labeller about: uncertain, like many others, unlike what has grades.

        Every fourth is one that somebody else has graded. The same labels give the same pair.

        Args:
            labeller: Who is asked.
            passed: What they would not say anything about.

        Returns:
            None where there is nothing left to ask, or nobody to ask about.
        """
        given = self._given()
        own = {_key(label) for label in given if label.labeller == labeller} | set(passed)
        if len(own) % _OFTEN == _OFTEN - 1:
            for label in given:
                found = self._match(_key(label)) if _key(label) not in own else None
                if found is not None:
                    return found
        candidates = self._candidates(own)
        if not candidates:
            return None
        learned = [(label, match) for label in given[-_LEARNED_FROM:] if (match := self._match(_key(label)))]
        labelled = _features([match for _, match in learned], like=candidates)
        grades = [str(label.grade) for label, _ in learned]
        head = fit_head(labelled, grades) if len(set(grades)) > 1 else None
        best = propose(_features(candidates, like=candidates), head=head, labelled=labelled, n=1)
        return candidates[best[0]]

    def summary(self, labeller: str) -> LabelSummary:
        """Say how far the labelling is."""
        given = self._given()
        ratings: dict[str, dict[str, str]] = {}
        for label in given:
            ratings.setdefault("\n".join(_key(label)), {})[label.labeller] = str(label.grade)
        return LabelSummary(
            own=sum(label.labeller == labeller for label in given),
            all=len(given),
            labellers=len({label.labeller for label in given}),
            alpha=krippendorff_alpha(ratings),
        )

    def _given(self) -> list[Label]:
        return LabelStore(self.desk.store).all()

    def _match(self, pair: PairKey) -> Match | None:
        """Give a pair; None where one of them is gone."""
        shelf = self.desk.shelf
        if not (shelf.version("person", pair[0]) and shelf.version("job", pair[1])):
            return None
        return self.desk.explain(*pair, ReasonsQuestion())[0]

    def _candidates(self, own: Collection[PairKey]) -> list[Match]:
        """Give pairs of some people, other ones each time, from head and tail of what is left of their lists."""
        people = self.desk.ids("person")
        order = np.random.default_rng([len(own)]).permutation(len(people))[: _PEOPLE * _TRIES]
        question = Question(n=_DEPTH, policy="mark", employer_cap=0)
        for first in range(0, len(order), _PEOPLE):
            lists = [self.desk.jobs_for(people[place], question) for place in sorted(order[first : first + _PEOPLE])]
            left = [[match for match, _ in explained if _pair(match) not in own][::_STEP] for explained in lists]
            if any(left):
                return [match for matches in left for match in matches]
        return []


def _pair(match: Match) -> PairKey:
    return match.profile.id, match.job.id


def _key(label: Label) -> PairKey:
    return label.profile_id, label.job_id


def _features(matches: Sequence[Match], *, like: Sequence[Match]) -> Vectors:
    """Give the factors of matches, what is not known as 0, brought to length 1; shape (matches, factors)."""
    names = [factor.name for factor in like[0].factors]
    rows = np.zeros((len(matches), len(names)), dtype=np.float32)
    for row, match in zip(rows, matches, strict=True):
        known = {factor.name: factor.value - 0.5 for factor in match.factors if not factor.is_neutral}
        row[:] = [known.get(name, 0.0) for name in names]
    return lengthened([rows])
