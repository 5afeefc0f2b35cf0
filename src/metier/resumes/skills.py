"""The skills that a resume shows, with every place that shows them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from metier.graph.base import SkillGraph
from metier.records.date import PartialDate
from metier.records.profile import ProfileSkill, Work
from metier.records.skill import Mention
from metier.records.span import Span

_MAX_MENTIONS = 8


def find_skills(
    text: str, work: Sequence[Work], graph: SkillGraph, *, left_out: Sequence[Span] = ()
) -> tuple[ProfileSkill, ...]:
    """Find the skills that a resume names, with when each was last used by the dated entries that name it.

    Args:
        text: The resume's text.
        work: Its dated entries.
        graph: Links the mentions.
        left_out: Spans that say nothing of skill: the name, the address, interests.

    Returns:
        Skills in the order of their first mention; what the text negates is left out.
    """
    by_uri: dict[str, list[Mention]] = defaultdict(list)
    for mention in graph.link(text):
        if not mention.is_negated and not any(_overlap(mention.span, span) for span in left_out):
            by_uri[mention.uri].append(mention)
    return tuple(_skill(mentions, work) for mentions in by_uri.values())


def _skill(mentions: list[Mention], work: Sequence[Work]) -> ProfileSkill:
    using = [entry for entry in work if any(_overlap(mention.span, entry.span) for mention in mentions)]
    dated = [date for entry in using if (date := entry.end_date or entry.start_date)]
    return ProfileSkill(
        uri=mentions[0].uri,
        name=mentions[0].preferred_label,
        mentions=tuple(mentions[:_MAX_MENTIONS]),
        confidence=max(mention.score for mention in mentions),
        last_used=max(dated, key=PartialDate.last_day, default=None),
        is_current=any(entry.is_current for entry in using),
        months=_months(using),
    )


def _months(work: Sequence[Work]) -> int:
    """Count the months of ended entries, those of two at once only once; a current one has no end but today."""
    ended = [
        (entry.start_date.first_day(), entry.end_date.last_day())
        for entry in work
        if entry.start_date and entry.end_date
    ]
    days, reached = 0, dt.date.min
    for start, end in sorted(ended):
        days += max(0, (end - max(start, reached)).days)
        reached = max(reached, end)
    return max(1, round(days / 30.44)) if ended else 0


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end
