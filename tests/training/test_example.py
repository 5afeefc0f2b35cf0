"""Questions hold nothing of what came after them, and groups what competed."""

import datetime as dt

import numpy as np
import pytest

from metier.ranking.score import session_model
from metier.training.example import ExampleMaker, grades_of, questions_of

FACTORS = session_model().factors


def test_deeds_are_asked_of_a_person_unknown_and_of_one_whose_first_half_is_known(event_of):
    events = [event_of(number, "p", f"j{number}", number) for number in range(4)]
    cold, known = questions_of(events)
    assert (cold.earlier, list(cold.grades)) == ((), ["j0", "j1", "j2", "j3"])
    assert [one.job_id for one in known.earlier] == ["j1", "j0"]
    assert known.grades == {"j2": 1, "j3": 1}
    assert known.at == events[2].at
    (alone,) = questions_of(events[:1])
    assert alone.grades == {"j0": 1}


def test_a_list_is_one_question_with_its_ranks(event_of):
    shown = [event_of(f"s{rank}", "p", f"j{rank}", 5, "impression", list_id="l", position=rank) for rank in (1, 2, 3)]
    before, did = event_of("b", "p", "x", 1), event_of("c", "p", "j2", 6, "apply", list_id="l")
    (first, asked) = questions_of([*shown, did, before])
    assert first.grades == {"x": 1}
    assert (asked.grades, asked.shown) == ({"j1": 0, "j2": 3, "j3": 0}, {"j1": 1, "j2": 2, "j3": 3})
    assert [one.id for one in asked.earlier] == ["b"]


def test_only_what_came_since_is_asked_about_and_what_came_before_is_known(event_of):
    events = [event_of(number, "p", f"j{number}", number) for number in range(4)]
    questions = questions_of(events, since=events[2].at)
    assert all(not question.grades.keys() & {"j0", "j1"} for question in questions)
    assert [one.job_id for one in questions[1].earlier] == ["j2", "j1", "j0"]


def test_the_highest_grade_counts_unless_the_last_word_is_a_dismissal(event_of):
    kinds = ("click", "apply", "click")
    assert grades_of([event_of(place, "p", "j", place, kind) for place, kind in enumerate(kinds)]) == {"j": 3}
    assert grades_of([event_of(1, "p", "j", 1, "dismiss"), event_of(0, "p", "j", 0)]) == {"j": 0}
    assert grades_of([event_of(0, "p", "j", 0, "dismiss"), event_of(1, "p", "j", 1)]) == {"j": 1}


def test_groups_of_drawn_and_of_found_jobs(recommender, events):
    recommender.catalog.events.append(events)
    questions = [question for question in questions_of(events) if question.earlier][:12]
    maker = ExampleMaker(recommender=recommender, seed=3)
    drawn, found = list(maker.drawn(questions, count=20)), list(maker.found(questions, most=15))
    assert len(drawn) == len(questions)
    for group, question in zip(drawn, questions, strict=True):
        assert group.rows.shape == (len(group.job_ids), len(FACTORS))
        assert ((group.rows >= 0) & (group.rows <= 1)).all()
        assert dict(zip(group.job_ids, group.grades, strict=True)).items() >= question.grades.items()
        assert not {one.job_id for one in question.earlier} & set(group.job_ids)
    assert all(len(group.job_ids) <= 15 for group in found)
    again = list(ExampleMaker(recommender=recommender, seed=3).drawn(questions, count=20))
    assert [one.job_ids for one in again] == [one.job_ids for one in drawn]


def test_later_events_change_no_factor_of_an_earlier_group(recommender, events):
    questions = questions_of(events[:200])[:20]
    recommender.catalog.events.append(events[:200])
    before = list(ExampleMaker(recommender=recommender).found(questions))
    recommender.catalog.events.append([one for one in events[200:] if one.at > questions[-1].at + dt.timedelta(days=2)])
    after = list(ExampleMaker(recommender=recommender).found(questions))
    for one, other in zip(before, after, strict=True):
        same = dict(zip(other.job_ids, other.rows.tolist(), strict=True))
        assert all(same[key] == row for key, row in zip(one.job_ids, one.rows.tolist(), strict=True))


def test_a_shown_list_keeps_its_ranks_and_leaves_out_unknown_jobs(recommender, jobs, event_of):
    ids = [jobs[0].id, "gone", jobs[30].id]
    shown = [
        event_of(place, "p", key, 1, "impression", list_id="l", position=place + 1) for place, key in enumerate(ids)
    ]
    (group,) = ExampleMaker(recommender=recommender).shown(
        questions_of([*shown, event_of("c", "p", ids[2], 2, list_id="l")])
    )
    assert (group.job_ids, group.positions.tolist(), group.grades.tolist()) == ((ids[2], ids[0]), [3, 1], [1, 0])
    assert group.is_telling


def test_the_order_of_a_group_does_not_tell_what_was_chosen(recommender, events):
    """Ties keep this order, so that a model that knows nothing must not seem to know."""
    recommender.catalog.events.append(events)
    questions = [question for question in questions_of(events) if question.earlier][:12]
    maker = ExampleMaker(recommender=recommender)
    for group in [*maker.drawn(questions), *maker.found(questions, most=9)]:
        assert list(group.job_ids) == sorted(group.job_ids)


@pytest.mark.parametrize("seed", [0, 1])
def test_drawn_jobs_are_as_new_as_those_that_were_chosen(recommender, events, seed):
    recommender.catalog.events.append(events)
    maker = ExampleMaker(recommender=recommender, seed=seed)
    late = questions_of(events)[-30:]
    for group in maker.drawn(late, count=10):
        is_new = np.array([maker._is_new(key, group.at) for key in group.job_ids])
        if not is_new[group.grades > 0].any():
            assert not is_new.any()
