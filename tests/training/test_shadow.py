"""How other the lists would be."""

import datetime as dt

import numpy as np

from metier.training.example import Group
from metier.training.shadow import shadow


class ByFirst:
    """Scores by the first factor, upwards or downwards."""

    def __init__(self, sign):
        self.sign = sign

    def score(self, rows):
        return self.sign * rows[:, 0]


def group(count):
    rows = np.arange(count, dtype=float)[:, None]
    return Group(
        profile_id="p",
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        job_ids=tuple(f"{place:02}" for place in range(count)),
        rows=rows,
        grades=np.zeros(count, dtype=np.int64),
        positions=np.zeros(count, dtype=np.int64),
    )


def test_the_same_ranker_changes_nothing():
    found = shadow(ByFirst(1), ByFirst(1), [group(30)])
    assert (found.lists, found.changed, found.first_changed, found.overlap) == (1, 0, 0, 1)


def test_what_both_have_is_the_overlap_and_a_new_order_is_a_change():
    found = shadow(ByFirst(1), ByFirst(-1), [group(15), group(8)])
    assert (found.lists, found.changed, found.first_changed) == (2, 1, 1)
    assert found.overlap == (0.5 + 1) / 2
