"""Pairs scored with an encoder that needs no model."""

import datetime as dt
from itertools import combinations
from math import factorial

import numpy as np
import pytest

from metier.models.wording import wording
from metier.ranking import Pair, PairRanker
from metier.ranking.encoded import encode_parts
from metier.records.requirement import Requirement
from metier.records.span import Span
from metier.retrieval.index import lexical_text, parts_of
from metier.testing import HashEncoder

DAY = dt.date(2026, 11, 20)
ENCODER = HashEncoder()


@pytest.fixture(scope="session")
def pair_of():
    """Put a person and a job together, each with the vectors of its parts."""

    def make(person, job, encoder=ENCODER):
        def encoded(record):
            parts = parts_of(record)
            vectors = encoder.encode([part.text for part in parts]).astype(np.float16)
            return encode_parts(parts, encoder, vectors, wording=wording(lexical_text(record)))

        return Pair(profile=person, job=job, profile_parts=encoded(person), job_parts=encoded(job))

    return make


@pytest.fixture(scope="session")
def match_of(graph, pair_of):
    """Score a person and a job, as on 20 November 2026."""

    def make(person, job, encoder=ENCODER):
        return PairRanker(encoder=encoder, graph=graph).score(pair_of(person, job, encoder), as_of=DAY)

    return make


@pytest.fixture(scope="session")
def need_of():
    """Make a requirement of the words of a job's text."""

    def make(job, words, kind, **fields):
        start = job.text.index(words)
        return Requirement(span=Span.of(job.text, start, start + len(words)), kind=kind, **fields)

    return make


@pytest.fixture(scope="session")
def shapley_by_definition():
    """Split a score over the factors that are not neutral, set by set, as Shapley (1953) defines it."""

    def split(score_of, values, neutral):
        moved = [int(place) for place in np.flatnonzero(values != neutral)]

        def score(chosen):
            row = neutral.copy()
            row[list(chosen)] = values[list(chosen)]
            return float(score_of(row[None])[0])

        contributions = np.zeros(len(values))
        for place in moved:
            others = [one for one in moved if one != place]
            for size in range(len(moved)):
                share = factorial(size) * factorial(len(others) - size) / factorial(len(moved))
                for chosen in combinations(others, size):
                    contributions[place] += share * (score((*chosen, place)) - score(chosen))
        return contributions

    return split
