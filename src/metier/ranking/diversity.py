"""Who shares a place in the list, and how many places one employer may take."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from metier.records.match import Match

KeyOf = Callable[[Match], str]


def share_places(matches: Sequence[Match], *, document: KeyOf, target_id: KeyOf) -> list[Match]:
    """Give documents that are the same one place, held by the best of them and naming the others.

    Args:
        matches: Best first.
        document: Maps a match to what its target has in common with those that are the same.
        target_id: Maps a match to its target's id.
    """
    places: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        places[document(match)].append(match)
    return [replace(best, duplicates=tuple(sorted(map(target_id, others)))) for best, *others in places.values()]


def cap_employers(matches: Sequence[Match], *, cap: int | None) -> list[Match]:
    """Keep at most `cap` matches of one employer; its last kept match says how many more there are.

    Args:
        matches: Best first; jobs without an employer are never capped.
        cap: None keeps all.
    """
    if cap is None:
        return list(matches)
    totals = Counter(_employer(match) for match in matches)
    seen: Counter[str] = Counter()
    kept = []
    for match in matches:
        employer = _employer(match)
        seen[employer] += 1
        if not employer or seen[employer] < cap:
            kept.append(match)
        elif seen[employer] == cap:
            kept.append(replace(match, more_from_employer=totals[employer] - cap))
    return kept


def _employer(match: Match) -> str:
    return " ".join(match.job.hiring_organization.casefold().split())
