"""A pattern that is not tried could not have matched."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.trigger import Triggers, needed_letters
from metier.graph.words import words


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bNMC\b", {"nmc"}),
        (r"forklift (?:licen[cs]e|ticket)", {"forklift "}),
        (r"\b(?:cat|dog)s?\b", {"cat", "dog"}),
        (r"(?:叉车|焊工)证", {"叉车", "焊工"}),
        (r"(?:welding )?card", {"card"}),
        (r"\d+ years?", {" year"}),
        (r"(?=driving)x|yy", None),
        (r"[a-z]+", None),
        (r"(?:ab|[cd])", None),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern, needed):
    assert needed_letters(pattern) == (None if needed is None else frozenset(needed))


PATTERNS = [
    re.compile(source, re.IGNORECASE)
    for source in (
        r"\bNMC\b",
        r"fork(?:lift)? ?(?:truck )?licen[cs]e",
        r"a+b|ccc",
        r"\d{2}",
        r"叉车(?:证|司机)",
        r"x?yz+",
    )
]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("NMCnmc forkliftruckense aabc12叉车证司机xyz")), max_size=40))
def test_whatever_matches_is_among_the_possible(text):
    possible = Triggers(PATTERNS).possible(text)
    assert possible == sorted(set(possible))
    assert {place for place, pattern in enumerate(PATTERNS) if pattern.search(text)} <= set(possible)


def test_patterns_of_which_nothing_is_needed_are_always_tried():
    assert Triggers([re.compile("[a-z]+"), re.compile("welder")]).possible("nurse") == [0]
    assert Triggers([]).possible("nurse") == []


def test_the_tables_that_ship_lose_nothing(graph):
    patterns = [pattern for _, pattern in words("education")]
    texts = [
        "Bachelor of Science (Hons)",
        "PhD",
        "大专及以上学历",
        "B.Sc. in nursing",
        "high school diploma",
        "no degree",
        "HNC",
    ]
    for text in texts:
        assert {place for place, one in enumerate(patterns) if one.search(text)} <= set(
            Triggers(patterns).possible(text)
        )
