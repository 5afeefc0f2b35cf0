"""Languages with their level, and the words that name a people, a dish or a verb instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.spoken_language import find_languages


def known(text):
    return [(found.language, found.level) for found in find_languages(text) if found.is_ability]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fluent English", [("en", "C1")]),
        ("German (B2)", [("de", "B2")]),
        ("native Polish speaker", [("pl", "C2")]),
        ("English: native, German: B1", [("en", "C2"), ("de", "B1")]),
        ("English (fluent), French (basic)", [("en", "C1"), ("fr", "A2")]),
        ("Fluent in English and German", [("en", "C1"), ("de", "C1")]),
        ("bilingual English/Spanish", [("en", "C2"), ("es", "C2")]),
        ("fluent English and basic German", [("en", "C1"), ("de", "A2")]),
        ("Welsh speaker essential", [("cy", None)]),
        ("speak mandarin", [("zh", None)]),
        ("German is a plus", [("de", None)]),
        ("english required", [("en", None)]),
        ("sehr gute Deutschkenntnisse", [("de", "B2")]),
        ("英语六级", [("en", "B2")]),
        ("英语口语流利", [("en", "C1")]),
        ("英语、日语流利", [("en", "C1"), ("ja", "C1")]),
        ("粤语优先", [("yue", None)]),
        ("普通话流利", [("zh", "C1")]),
    ],
)
def test_languages_with_levels(text, found):
    assert known(text) == found


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("English, IELTS 7.5", None),
        ("英语 雅思6.5", "B2"),
        ("Chinese HSK5", "C1"),
        ("日语N1", "C1"),
        ("日语 N2", "B2"),
        ("Japanese (JLPT N3)", "B1"),
        ("Korean TOPIK 6", "C2"),
        ("Japanese JLPT 7", None),
        ("JLPT 0 Japanese", None),
    ],
)
def test_exams(text, level):
    assert find_languages(text)[0].level == level


@pytest.mark.parametrize(
    "text", ["", "polish the floor", "English teacher", "Chinese food", "Thai massage", "finish on time"]
)
def test_other_meanings_are_no_ability(text):
    assert known(text) == []


WORDS = st.sampled_from(
    ["English", "德语", "Polish", "JLPT", "HSK", "N2", "0", "9", "fluent", "B2", "and", ",", "流利", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join))
def test_quotes_stand_in_the_text_in_order(text):
    end = 0
    for found in find_languages(text):
        assert found.span.is_in(text)
        assert found.span.start >= end
        end = found.span.end
