"""What unlocks most jobs comes first."""

from dataclasses import replace

from metier.records.match import Coverage
from metier.records.requirement import Requirement
from metier.records.skill import Mention
from metier.records.span import Span
from metier.service.gap import find_gaps


def need(text, verdict="missing", importance="must"):
    span = Span(text=text, start=0, end=len(text))
    mention = Mention(span=span, uri=f"skill:{text}", preferred_label=text)
    requirement = Requirement(span=span, kind="skill", importance=importance, mentions=(mention,))
    return Coverage(requirement=requirement, verdict=verdict, degree=0, weight=1)


def matched(match, job_id, *coverage):
    return replace(match, job=replace(match.job, id=job_id), coverage=coverage)


def test_gaps_are_ranked_by_the_jobs_that_they_unlock(match):
    found = find_gaps(
        [
            matched(match, "a", need("MIG")),
            matched(match, "b", need("MIG"), need("TIG")),
            matched(match, "c", need("TIG"), need("ARC")),
            matched(match, "d", need("TIG", "met"), need("ARC", "missing", "nice")),
        ]
    )
    assert [(gap.name, gap.unlocks, gap.asked_by) for gap in found] == [
        ("MIG", ["a"], ["a", "b"]),
        ("ARC", [], ["c", "d"]),
        ("TIG", [], ["b", "c"]),
    ]
    assert found[0].quotes == {"a": "MIG", "b": "MIG"}


def test_nothing_missing_is_no_gap(match):
    assert find_gaps([matched(match, "a", need("TIG", "met"))]) == []
