"""A match to its reasons; one whose quotes do not stand at their offsets cannot be made."""

from __future__ import annotations

from collections.abc import Sequence

from metier.explanation.sentence import ReaderLanguage, sentence_of, shorten, summary_of
from metier.graph.graph_path import GraphPath
from metier.graph.knowledge_graph import KnowledgeGraph, shipped_graph
from metier.ranking.attribution import UNIT
from metier.records.explanation import Explanation, Reason
from metier.records.match import Coverage, Match

_MAX_GAPS = 8
_STEPS = 2


def explain(match: Match, *, language: ReaderLanguage = "en", graph: KnowledgeGraph | None = None) -> Explanation:
    """Word what the ranking has judged: one reason for each requirement, the gaps, a summary.

    Args:
        match: An attributed match (see `PairRanker.attribute`).
        language: The reader's language.
        graph: Says how two skills are related; the one that ships if None.

    Returns:
        Reasons in the job's order. Their shares sum to what the coverage factor contributed to the score.
    """
    entries = tuple(entry for entry in match.coverage if _is_quoted(entry, match))
    shares = _shares(match)
    reasons = tuple(
        _reason(entry, share, language, graph or shipped_graph())
        for entry, share in zip(match.coverage, shares, strict=True)
        if entry in entries
    )
    return Explanation(reasons=reasons, gaps=_gaps(entries), summary=summary_of(entries, language))


def _reason(entry: Coverage, share: float, language: ReaderLanguage, graph: KnowledgeGraph) -> Reason:
    path = _path(entry, graph)
    return Reason(
        requirement=entry.requirement,
        verdict=entry.verdict,
        evidence=entry.evidence,
        share=share,
        sentence=sentence_of(entry, language, related=path.words(language) if path else ""),
        path=path.sentence if path else "",
    )


def _path(entry: Coverage, graph: KnowledgeGraph) -> GraphPath | None:
    if entry.near is None or not all(uri in graph for uri in entry.near):
        return None
    return graph.path(*entry.near, max_length=_STEPS)


def _is_quoted(entry: Coverage, match: Match) -> bool:
    in_job = entry.requirement.span.is_in(match.job.text)
    return in_job and (entry.evidence is None or entry.evidence.is_in(match.profile.text))


def _shares(match: Match) -> list[float]:
    """Split what coverage contributed over the requirements: by weight times distance from the neutral degree.

    The coverage factor is the weighted mean of the degrees, so the split is linear; the last rounding goes to the
    requirement with the largest share.
    """
    contribution = next((factor.contribution for factor in match.factors if factor.name == "coverage"), 0.0)
    counted = [entry for entry in match.coverage if entry.weight > 0]
    raw = [entry.weight * (entry.degree - match.neutral_coverage) for entry in match.coverage]
    if not counted or abs(sum(raw)) < UNIT:
        return [0.0] * len(match.coverage)
    shares = [round(contribution * one / sum(raw), 6) for one in raw]
    largest = max(range(len(shares)), key=lambda place: (abs(shares[place]), -place))
    shares[largest] = round(shares[largest] + contribution - sum(shares), 6)
    return shares


def _gaps(entries: Sequence[Coverage]) -> tuple[str, ...]:
    """Give the requirements that are not met, those that weigh the most first."""
    open_entries = [entry for entry in entries if entry.verdict in {"missing", "not_stated"} and entry.weight > 0]
    open_entries.sort(key=lambda entry: (-entry.weight * (1 - entry.degree), entry.requirement.span.start))
    return tuple(dict.fromkeys(shorten(entry.requirement.span.text) for entry in open_entries))[:_MAX_GAPS]
