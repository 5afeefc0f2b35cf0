"""What a person has just done moves their list, the same way each time."""

import datetime as dt
from dataclasses import replace

from metier.records.event import Event
from metier.service.session import dismissed, rerank, stances


def did(kind, job_id, actor="person"):
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    return Event(id=f"{kind}-{job_id}", kind=kind, profile_id="ana", job_id=job_id, actor=actor, at=at)


def test_the_last_deed_holds_and_a_click_does_not_bring_back():
    stance = stances([did("save", "a"), did("dismiss", "a"), did("click", "a"), did("impression", "b")])
    assert stance == {"a": "dismiss"}
    assert dismissed(stance) == {"a"}
    assert dismissed(stances([did("dismiss", "a"), did("save", "a")])) == set()
    assert stances([did("dismiss", "a", actor="employer")]) == {}


def variants(match):
    titles = {"w1": "TIG Welder", "w2": "TIG Welder", "n1": "Nurse", "n2": "Nurse"}
    order = ["w1", "n1", "w2", "n2"]
    return [
        replace(
            match,
            rank=rank,
            score=0.5 - rank / 1000,
            job=replace(
                match.job,
                id=key,
                title=titles[key],
                skills=match.job.skills if key[0] == "w" else (),
                hiring_organization=titles[key],
            ),
        )
        for rank, key in enumerate(order, start=1)
    ]


def ids(matches):
    return [match.job.id for match in matches]


def test_a_dismissed_job_vanishes_and_its_likes_sink(match):
    found = variants(match)
    moved = rerank(found, stances([did("dismiss", "w1")]), [found[0].job])
    assert ids(moved) == ["n1", "n2", "w2"]
    assert [one.rank for one in moved] == [1, 2, 3]


def test_jobs_like_the_saved_ones_rise_and_scores_stay(match):
    found = variants(match)
    moved = rerank(found, stances([did("save", "n2")]), [found[3].job])
    assert ids(moved)[:2] == ["n1", "n2"]
    assert {one.job.id: one.score for one in moved} == {one.job.id: one.score for one in found}
    assert moved == rerank(found, stances([did("save", "n2")]), [found[3].job])


def test_nothing_done_moves_nothing(match):
    assert rerank(variants(match), {}, []) == variants(match)
