"""Near-duplicates and reposts: which postings are one job told again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rensa import RMinHash, RMinHashLSH

from metier.graph.title import normalise_title
from metier.records.job import Job

_PERMUTATIONS = 128
_BANDS = 32
_SEED = 42
_ALIKE = 0.75
"""Least share of common shingles (Jaccard, estimated by MinHash: Broder 1997)."""
_SHINGLE = 3
_REMEMBERED = 4000
"""Texts whose hashes are kept for the next query."""
_WORD = re.compile(r"[\u4e00-\u9fff]|\w+")


def cluster_jobs(jobs: Sequence[Job]) -> dict[str, str]:
    """Find near-duplicates: nearly the same text, and no other employer, title or place.

    Args:
        jobs: In any order; the answer does not depend on it.

    Returns:
        Job id to cluster id, which is the smallest id of the cluster.
    """
    ordered = sorted(jobs, key=lambda job: job.id)
    leader = {job.id: job.id for job in ordered}
    index = RMinHashLSH(_ALIKE, _PERMUTATIONS, _BANDS)
    hashes = [_min_hash(job.text) for job in ordered]
    for place, (job, hashed) in enumerate(zip(ordered, hashes, strict=True)):
        for other in sorted(index.query(hashed)):
            if hashed.jaccard(hashes[other]) >= _ALIKE and _may_be_same(job, ordered[other]):
                _join(leader, job.id, ordered[other].id)
        index.insert(place, hashed)
    return {key: _root(leader, key) for key in leader}


def _join(leader: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_root(leader, one), _root(leader, other)))
    leader[second] = first


def _root(leader: dict[str, str], key: str) -> str:
    while leader[key] != key:
        key = leader[key]
    return key


@lru_cache(maxsize=_REMEMBERED)
def _min_hash(text: str) -> RMinHash:
    """Hash the description: what stands below the head, which names employer and place."""
    hashed = RMinHash(_PERMUTATIONS, _SEED)
    hashed.update(sorted(_shingles(text.partition("\n\n")[2] or text)))
    return hashed


def _shingles(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[place : place + _SHINGLE]) for place in range(max(1, len(words) - _SHINGLE + 1))}


def _may_be_same(one: Job, other: Job) -> bool:
    return (
        _agree(_folded(one.hiring_organization), _folded(other.hiring_organization))
        and _agree(_folded(normalise_title(one.title)), _folded(normalise_title(other.title)))
        and _agree(_places(one), _places(other))
    )


def _agree(one: object, other: object) -> bool:
    """Say whether two values are equal, or one is not known."""
    return not one or not other or one == other


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _places(job: Job) -> frozenset[str]:
    return frozenset(_place_names(job))


def _place_names(job: Job) -> Iterable[str]:
    for found in job.job_location:
        yield found.value.city or found.value.region or found.value.country
