"""A whole posting is read: its title, occupations and skills, with offsets; what is cut is told."""

import pytest

from metier.graph.reading import MOST_CHARACTERS, TextReader, pieces, title_span

READER = TextReader()
POSTING = """Job title: Sr. TIG Welder (m/f/d)

We weld stainless pipe for dairies.
- MIG and TIG welding
- no management experience needed
"""


def test_a_posting():
    reading = READER.read(POSTING)
    assert reading.title == "TIG Welder"
    assert reading.occupations[0].preferred_label == "welder"
    assert {"perform metal inert gas welding", "perform tungsten inert gas welding"} <= {
        one.preferred_label for one in reading.skills
    }
    assert all(one.span.is_in(POSTING) for one in (*reading.skills, *reading.occupations))
    assert reading.not_read == ()


def test_words_that_name_the_occupation_are_no_skill_of_their_own():
    assert READER.read("Civil Engineer").skills == ()
    assert [one.preferred_label for one in READER.read("Java Developer").skills] == ["Java (computer programming)"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Nurse", "Nurse"),
        ("\n\n  急聘护士3名 \n负责护理", "急聘护士3名"),
        ("岗位名称：会计\n要求", "会计"),
        ("We are looking for a nurse to join us.\nNurse", None),
        ("Wash dishes, peel potatoes, clean floors.", None),
        ("负责病房护理。", None),
        ("x" * 200, None),
        ("🎉🎉", None),
        ("", None),
    ],
)
def test_the_title_is_the_first_line_if_it_is_one(text, title):
    span = title_span(text)
    assert (text[slice(*span)] if span else None) == title


@pytest.mark.parametrize("text", ["", " ", "🎉🎉", "\ufffd", "Ξένη γλώσσα και λέξεις", "\x00", "'" * 50, "((((" * 50])
def test_odd_texts_give_a_reading(text):
    reading = READER.read(text)
    assert reading.text == text
    assert reading.not_read == ()


def test_a_text_of_a_hundred_thousand_characters_is_read_to_its_end():
    text = "Filler about nothing much at all here.\n" * 2600 + "Python and TIG welding"
    assert len(text) > 100_000
    labels = [one.preferred_label for one in READER.read(text).skills]
    assert labels[-2:] == ["Python (computer programming)", "perform tungsten inert gas welding"]


def test_what_is_cut_is_told():
    text = "a " * (MOST_CHARACTERS // 2) + "Python"
    (cut,) = READER.read(text).not_read
    assert (cut.start, cut.end) == (MOST_CHARACTERS, len(text))
    assert cut.reason


@pytest.mark.parametrize("text", ["", "short", "word " * 20_000, "字" * 70_000, "line\n" * 30_000])
def test_pieces_make_up_the_text(text):
    parts = pieces(text)
    assert "".join(text[start:end] for start, end in parts) == text
