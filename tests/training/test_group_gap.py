"""What groups get, before and after."""

import datetime as dt

import numpy as np
import pytest

from metier.errors import InputError
from metier.ranking.score import session_model
from metier.training.example import ExampleMaker, Group, questions_of
from metier.training.group_file import PersonGroups
from metier.training.group_gap import FEWEST, Gap, _exposure, exposure_gap, ndcg_gap

MODEL = session_model()


def of(person):
    return Group(
        profile_id=person,
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        job_ids=("j",),
        rows=np.full((1, len(MODEL.factors)), 0.5),
        grades=np.ones(1, dtype=np.int64),
        positions=np.zeros(1, dtype=np.int64),
    )


def test_the_gap_is_between_the_best_and_the_worst_served_of_large_groups():
    gap = Gap.of({"a": [(0.5, 0.7)] * 20, "b": [(0.4, 0.4)] * 20, "few": [(0.0, 0.0)] * (FEWEST - 1)})
    assert (gap.before, gap.after, gap.widened) == (0.1, 0.3, 0.2)
    assert gap.by_group["few"].count == FEWEST - 1


def test_questions_are_put_to_the_group_of_their_person_and_others_left_out():
    people = [*["x"] * 12, *["y"] * 12, "unknown"]
    groups = PersonGroups(by_person={"x": "a", "y": "b"})
    gap = ndcg_gap([of(one) for one in people], [0.5] * 25, [0.5] * 12 + [0.25] * 12 + [0.0], groups)
    assert {name: one.count for name, one in gap.by_group.items()} == {"a": 12, "b": 12}
    assert gap.widened == 0.25


def test_too_few_questions_of_a_group_are_an_error_that_counts_them():
    groups = PersonGroups(by_person={"x": "a", "y": "b"})
    with pytest.raises(InputError, match=r"'a': 12, 'b': 3") as told:
        ndcg_gap([of(one) for one in "x" * 12 + "y" * 3], [0.5] * 15, [0.5] * 15, groups)
    assert "name more people" in told.value.hint


def test_people_with_one_score_share_their_places():
    looked = _exposure(np.array([0.5, 0.9, 0.5]))
    assert looked[1] == 1.0
    assert looked[0] == looked[2] == pytest.approx((1 / np.log2(3) + 0.5) / 2)


class Blind:
    """Scores everybody alike."""

    def score(self, rows):
        return np.full(len(rows), 0.5)


def test_exposure_of_welders_and_nurses_for_jobs_of_welders(recommender, person_of, events):
    more = [
        person_of(
            f"Person\nLeeds\n\nWork experience\n{trade}, Shop {number}, 01/2016 - 12/2025\n- work\n",
            f"{trade}x{number}",
        )
        for trade in ("Welder", "Nurse")
        for number in range(10)
    ]
    recommender.add(more, with_parts=True)
    recommender.catalog.events.append(events)
    maker = ExampleMaker(recommender=recommender)
    groups = PersonGroups(by_person={one.id: one.id.split("x")[0] for one in more})
    questions = [one for one in questions_of(events) if all(key.startswith("Welder") for key in one.grades)]
    gap = exposure_gap(maker, questions, groups, before=Blind(), after=MODEL)
    assert gap.before == 0
    assert gap.by_group["Welder"].after > 1.1
    assert gap.by_group["Nurse"].after < 0.9
    few = PersonGroups(by_person={more[0].id: "a", more[1].id: "b"})
    assert exposure_gap(maker, questions, few, before=Blind(), after=MODEL) is None
