"""Pairs to scored matches, best first."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

import numpy as np

from metier.graph.base import SkillGraph
from metier.models.base import Encoder
from metier.ranking.attribution import UNIT
from metier.ranking.band import band_of, has_evidence
from metier.ranking.base import PairModel, Values
from metier.ranking.behaviour import Behaviour
from metier.ranking.constraint import check_constraints, is_ruled_out
from metier.ranking.coverage import CoverageQuestion
from metier.ranking.encoded import Encoded, nearness
from metier.ranking.feature import Features, PairView, features_of, title_nearness
from metier.ranking.person import PersonView
from metier.ranking.score import zero_shot_model
from metier.records.job import Job
from metier.records.match import Constraint, Coverage, Factor, Match
from metier.records.profile import Profile

ConstraintPolicy = Literal["remove", "mark"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """A person and a job with the vectors of their parts."""

    profile: Profile
    job: Job
    profile_parts: Encoded
    job_parts: Encoded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scored:
    """A pair with all that its match is made of; `fit` is the score as it came out, before it was rounded."""

    pair: Pair
    fit: float
    score: float
    employer_fit: float
    person_fit: float
    constraints: tuple[Constraint, ...]
    is_ruled_out: bool
    coverage: tuple[Coverage, ...]
    features: Features
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRanker:
    """Scores pairs by named factors; the score of a pair depends on that pair alone.

    Attributes:
        encoder: Made the vectors of the pairs.
        graph: Says how near two skills are.
        model: The two-sided score.
        policy: `remove` leaves out pairs with a condition that is not met; `mark` keeps them, last.
        behaviour: What events say of pairs; None where there are none.
    """

    encoder: Encoder
    graph: SkillGraph
    model: PairModel = field(default_factory=zero_shot_model)
    policy: ConstraintPolicy = "remove"
    behaviour: Behaviour | None = None

    def rank(self, pairs: Iterable[Pair], *, as_of: dt.date) -> list[Match]:
        """Score pairs and order them, best first; ties by the ids of job and person.

        Args:
            pairs: The pairs, in any order.
            as_of: The day on which the answer is reckoned.
        """
        people: dict[int, PersonView] = {}
        scored = [self._scored(pair, self._person(pair, people, as_of)) for pair in pairs]
        kept = [one for one in scored if self.policy == "mark" or not one.is_ruled_out]
        kept.sort(key=lambda one: (one.is_ruled_out, -one.score, one.pair.job.id, one.pair.profile.id))
        return [self._match(one, rank) for rank, one in enumerate(kept, start=1)]

    def score(self, pair: Pair, *, as_of: dt.date) -> Match:
        """Score one pair, without its attribution (see `attribute`)."""
        return self._match(self._scored(pair, PersonView(pair.profile, self.graph, as_of)), 0)

    def rows(self, pairs: Sequence[Pair], *, as_of: dt.date) -> Values:
        """Work out the factors of pairs, shape (pairs, factors), in the order of the model's."""
        people: dict[int, PersonView] = {}
        rows = [self._factors(pair, self._person(pair, people, as_of))[2] for pair in pairs]
        return np.stack(rows) if rows else np.empty((0, len(self.model.factors)))

    def _person(self, pair: Pair, known: dict[int, PersonView], as_of: dt.date) -> PersonView:
        person = known.get(id(pair.profile))
        if person is None:
            person = known[id(pair.profile)] = PersonView(pair.profile, self.graph, as_of)
        return person

    def _factors(self, pair: Pair, person: PersonView) -> tuple[tuple[Coverage, ...], Features, Values]:
        near = nearness(pair.job_parts, pair.profile_parts)
        question = CoverageQuestion(
            person=person,
            job=pair.job,
            profile_parts=pair.profile_parts,
            job_parts=pair.job_parts,
            near=near,
            title_near=title_nearness(near, pair.job_parts, pair.profile_parts),
        )
        view = PairView.of(question, neutral_coverage=self._neutral_coverage)
        features = features_of(view)
        if self.behaviour is not None:
            features |= self.behaviour.features(pair.profile.id, pair.job, pair.job_parts)
        return view.coverage, features, self._row(features)

    def _scored(self, pair: Pair, person: PersonView) -> _Scored:
        coverage, features, values = self._factors(pair, person)
        employer_fit, person_fit = (float(fits[0]) for fits in self.model.fits(values[None, :]))
        fit = math.sqrt(employer_fit * person_fit)
        constraints = check_constraints(pair.profile, pair.job, as_of=person.as_of)
        return _Scored(
            pair=pair,
            fit=fit,
            score=round(round(fit / UNIT) * UNIT, 6),
            employer_fit=employer_fit,
            person_fit=person_fit,
            constraints=constraints,
            is_ruled_out=is_ruled_out(constraints),
            coverage=coverage,
            features=features,
            values=values,
        )

    def _match(self, scored: _Scored, rank: int) -> Match:
        profile, job = scored.pair.profile, scored.pair.job
        likely = self.model.probability(scored.fit)
        unknown = _unknown_factors(self.model.factors, self.model.neutral)
        return Match(
            profile=profile,
            job=job,
            rank=rank,
            score=scored.score,
            employer_fit=round(scored.employer_fit, 6),
            person_fit=round(scored.person_fit, 6),
            band=band_of(scored.fit) if has_evidence(profile, job) else "not_enough_evidence",
            constraints=scored.constraints,
            coverage=scored.coverage,
            neutral_coverage=self._neutral_coverage,
            calibrated=likely is not None,
            probability=None if likely is None else round(likely, 6),
            factors=tuple(
                one if scored.features.get(one.name) is None else Factor(name=one.name, value=value, contribution=0.0)
                for one, value in zip(unknown, scored.values.tolist(), strict=True)
            ),
        )

    def attribute(self, matches: Sequence[Match]) -> list[Match]:
        """Add to each match what its factors contributed; for the few that are shown."""
        return [self._attributed(match) for match in matches]

    def _attributed(self, match: Match) -> Match:
        values = np.array([factor.value for factor in match.factors])
        base, contributions = self.model.attribute(values)
        factors = tuple(
            replace(factor, contribution=round(float(given), 6))
            for factor, given in zip(match.factors, contributions, strict=True)
        )
        return replace(match, base=round(base, 6), factors=factors)

    @property
    def _neutral_coverage(self) -> float:
        return self.model.neutral[self.model.factors.index("coverage")]

    def _row(self, features: Features) -> Values:
        values = [features.get(name) for name in self.model.factors]
        return np.array(
            [
                round(neutral if value is None else value, 6)
                for value, neutral in zip(values, self.model.neutral, strict=True)
            ]
        )


@cache
def _unknown_factors(names: tuple[str, ...], neutral: tuple[float, ...]) -> tuple[Factor, ...]:
    """Give each factor as it is told when nothing is known of it."""
    return tuple(
        Factor(name=name, value=round(value, 6), contribution=0.0, is_neutral=True)
        for name, value in zip(names, neutral, strict=True)
    )
