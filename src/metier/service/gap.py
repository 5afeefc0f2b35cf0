"""Which requirements stand between a person and their best jobs, ranked by the jobs that each would unlock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metier.records.match import Coverage, Match
from metier.records.requirement import Requirement


@dataclass(slots=True, kw_only=True)
class Gap:
    """One thing that jobs ask for and the person does not show.

    Attributes:
        name: The skill, licence or language; the words of the posting for anything else.
        uri: The concept, where it is one.
        unlocks: Jobs whose only missing must it is.
        asked_by: Jobs that ask for it and find it missing.
        quotes: For each of these jobs, its words.
    """

    kind: str
    name: str
    uri: str = ""
    unlocks: list[str] = field(default_factory=list)
    asked_by: list[str] = field(default_factory=list)
    quotes: dict[str, str] = field(default_factory=dict)


def find_gaps(matches: Sequence[Match]) -> list[Gap]:
    """Find what is missing for some jobs, what unlocks most of them first, ties by how many ask and by name."""
    gaps: dict[tuple[str, str], Gap] = {}
    for match in matches:
        missing = [entry for entry in match.coverage if _is_missing(entry)]
        musts = {key for entry in missing if entry.requirement.importance == "must" for key, _, _ in _named(entry)}
        for entry in missing:
            for key, name, uri in _named(entry):
                gap = gaps.setdefault(key, Gap(kind=entry.requirement.kind, name=name, uri=uri))
                if match.job.id not in gap.quotes:
                    gap.asked_by.append(match.job.id)
                    gap.quotes[match.job.id] = entry.requirement.span.text
                    if musts == {key}:
                        gap.unlocks.append(match.job.id)
    return sorted(gaps.values(), key=lambda gap: (-len(gap.unlocks), -len(gap.asked_by), gap.kind, gap.name))


def _is_missing(entry: Coverage) -> bool:
    """Say whether the resume lacks a thing, or is silent about it: either way it is to be shown or learned."""
    return entry.verdict in {"missing", "not_stated"} and entry.weight > 0 and not entry.requirement.is_waived


def _named(entry: Coverage) -> list[tuple[tuple[str, str], str, str]]:
    """Give key, name and URI of what a requirement asks for; one that names several skills asks for the first."""
    need: Requirement = entry.requirement
    mentions = [mention for mention in need.mentions if not mention.is_negated]
    if need.licence:
        return [(("licence", need.licence), need.licence, "")]
    if need.language:
        return [(("language", need.language), need.language, "")]
    if mentions:
        return [(("skill", mentions[0].uri), mentions[0].preferred_label, mentions[0].uri)]
    return [((need.kind, need.span.text.casefold()), need.span.text, "")]
