"""Twins: the same text, another mark."""

import pytest

from metier.training.twin import HAN_MARKS, MARKS, twin_pairs, twins_of


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("text", ["Welder, ten years of pipe work", "焊工，十年工作经验"])
def test_twins_differ_in_the_mark_alone(text, mark):
    one, other = twins_of(text, mark, seed=3)
    assert one != other
    assert one.split("\n")[1] == other.split("\n")[1] == text
    known = (HAN_MARKS if "焊" in text else MARKS)[mark]
    assert (one.split("\n")[0], other.split("\n")[0]) in known
    assert twins_of(text, mark, seed=3) == (one, other)


def test_the_marks_come_in_turn():
    texts = [f"text {number}" for number in range(20)]
    found = twin_pairs(texts, count=6, seed=0)
    assert len(found) == 6
    assert len({one.split(":")[0].split(" ")[0] for _, one, _ in found}) > 2
    assert all(texts[place] in one for place, one, _ in found)
