"""Abbreviations that a text explains are found in either order, and no other bracket is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.graph.abbreviation import abbreviations


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Natural Language Processing (NLP) and more", "NLP", "Natural Language Processing"),
        ("we use computer numerical control (CNC) machines", "CNC", "computer numerical control"),
        ("KPI (key performance indicator)", "KPI", "key performance indicator"),
        ("Electronic patient records（EPR）", "EPR", "Electronic patient records"),
        ("of planning\nand risk management (RM) in brackets", "RM", "risk management"),
    ],
)
def test_an_explained_abbreviation_is_found(text, short, long):
    (found,) = abbreviations(text)
    assert found.short == short
    assert text[found.start : found.end] == long


@pytest.mark.parametrize(
    "text", ["experience (MUST)", "a nurse (nights)", "Sales (UK)", "()", "(NLP)", "pay (£30,000)", ""]
)
def test_other_brackets_are_no_abbreviation(text):
    assert list(abbreviations(text)) == []


@given(st.text(alphabet="ABab (（)）\n中.", max_size=80))
def test_any_text_gives_places_inside_it(text):
    for found in abbreviations(text):
        assert 0 <= found.start < found.end <= len(text)
