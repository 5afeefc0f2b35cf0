"""Nearness of texts by the skills they name."""

import pytest

from metier.training.knowledge import TextNearness


def test_texts_of_one_skill_are_near_and_texts_without_one_are_not(graph):
    near = TextNearness(graph)
    assert near("TIG welding of pipes", "experience in TIG welding") == pytest.approx(1)
    assert near("TIG welding", "Python") < 0.5
    assert near("hello", "TIG welding") == 0
    assert near("Python", "TIG welding and Python") == near("TIG welding and Python", "Python")
