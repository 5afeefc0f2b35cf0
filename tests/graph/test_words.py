"""The table of words holds every value that the records know, in both languages."""

from typing import get_args

import pytest

from metier.graph.words import words
from metier.records.job import Seniority
from metier.records.preferences import EmploymentType, Workplace
from metier.records.requirement import EducationLevel, LanguageLevel


@pytest.mark.parametrize(
    ("kind", "values", "unnamed"),
    [
        ("education", get_args(EducationLevel), {"none"}),
        ("seniority", get_args(Seniority), set()),
        ("workplace", get_args(Workplace), set()),
        ("employment_type", get_args(EmploymentType), set()),
        ("language_level", get_args(LanguageLevel), {"A1"}),
        ("schedule", ("night", "weekend", "shift", "on_call", "day"), set()),
    ],
)
def test_every_value_of_a_kind_has_its_words(kind, values, unnamed):
    assert {value for value, _ in words(kind)} == set(values) - unnamed


@pytest.mark.parametrize(
    "kind", ["education", "seniority", "workplace", "employment_type", "schedule", "language_level"]
)
def test_no_pattern_matches_nothing_and_most_know_chinese(kind):
    patterns = [pattern for _, pattern in words(kind)]
    assert not any(pattern.search("") for pattern in patterns)
    assert (
        sum(any("\u4e00" <= sign <= "\u9fff" for sign in pattern.pattern) for pattern in patterns) * 5
        >= len(patterns) * 4
    )


def test_a_kind_that_nobody_wrote_has_no_words():
    assert words("colour") == ()
