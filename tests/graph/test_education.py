"""Levels of education by their names, in English, German and Chinese."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.education import find_education


def levels(text):
    return [found.value for found in find_education(text)]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("BSc in Physics", "bachelor"),
        ("Bachelor’s degree in Nursing", "bachelor"),
        ("degree or equivalent", "bachelor"),
        ("本科及以上学历", "bachelor"),
        ("M.Sc.", "master"),
        ("MBA", "master"),
        ("硕士研究生", "master"),
        ("Ph.D.", "doctorate"),
        ("PhD", "doctorate"),
        ("大专及以上", "associate"),
        ("NVQ level 3", "vocational"),
        ("abgeschlossene Ausbildung", "vocational"),
        ("中专", "vocational"),
        ("high school diploma or GED", "upper_secondary"),
        ("高中学历", "upper_secondary"),
        ("GCSEs", "school"),
    ],
)
def test_levels_by_their_names(text, level):
    assert set(levels(text)) == {level}


@pytest.mark.parametrize(
    "text", ["学历不限", "不限学历", "學歷不限", "学历要求：不限", "学历: 不限", "无学历要求", "对学历无要求"]
)
def test_no_level_asked_in_chinese(text):
    assert levels(text) == ["none"]


@pytest.mark.parametrize(
    "text", ["", "a high degree of autonomy", "Scrum master", "master the basics", "MS Office", "Master electrician"]
)
def test_other_degrees_and_masters_are_no_level(text):
    assert levels(text) == []


def test_levels_come_in_the_order_of_the_text():
    assert levels("Master's degree, or a BSc with experience") == ["master", "bachelor"]


WORDS = st.sampled_from(["BSc", "a degree", "学历不限", "硕士", "PhD", "no", "\n", "’", "GED"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join))
def test_every_quote_stands_in_the_text(text):
    assert all(found.span.is_in(text) for found in find_education(text))


@pytest.mark.parametrize(
    "text",
    [
        "52-bed nursing home",
        "ICU, ER or med-surg",
        "experience with an LLM",
        "at a level where you can settle an argument",
        "A Level 6 award",
        "bachelor accommodation",
        "重症专科护士证",
    ],
)
def test_words_that_only_look_like_a_degree(text):
    assert levels(text) == []
