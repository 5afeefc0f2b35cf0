"""Runs of text on a page to rows in reading order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.reading_order import Segment, rows_in_order


def segment(text, left, row, *, width=None, leading=18.0, size=10.0):
    bottom = 780.0 - leading * row
    right = left + (width if width is not None else 5.0 * len(text))
    return Segment(text=text, left=left, right=right, bottom=bottom, top=bottom + size, size=size)


def read(segments):
    """Read the runs in any order of the file."""
    shuffled = list(segments)
    random.Random(3).shuffle(shuffled)
    return ["   ".join(one.text for one in row) for row in rows_in_order(shuffled)]


def column(side, left, *, rows=12, leading=18.0, first=0.0):
    return [
        segment(f"{side} {row:02} of a story in many words", left, first + row, leading=leading) for row in range(rows)
    ]


def test_one_column_is_read_top_down():
    assert read(column("only", 60)) == [f"only {row:02} of a story in many words" for row in range(12)]


@pytest.mark.parametrize("leading", [18.0, 15.0, 13.0])
def test_two_columns_are_read_one_after_the_other(leading):
    expected = [f"{side} {row:02} of a story in many words" for side in ("left", "right") for row in range(12)]
    assert read(column("left", 60) + column("right", 320, leading=leading)) == expected


def test_what_stands_over_and_under_two_columns_stays_there():
    title, foot = segment("Jane Smith, Registered Nurse", 60, -2, width=460), segment("Page 1 of 1", 60, 14, width=460)
    found = read([title, foot, *column("left", 60), *column("right", 320)])
    assert (found[0], found[-1]) == (title.text, foot.text)
    assert found[1:13] == [f"left {row:02} of a story in many words" for row in range(12)]


def test_the_right_column_is_marked_as_such():
    rows = rows_in_order(column("left", 60) + column("right", 320))
    assert [row[0].column for row in rows] == [0] * 12 + [1] * 12


def test_three_columns_are_read_one_after_the_other():
    found = read([*column("one", 40), *column("two", 240), *column("three", 440)])
    assert [text.split()[0] for text in found] == ["one"] * 12 + ["two"] * 12 + ["three"] * 12


@pytest.mark.parametrize(
    "labels",
    [
        ["2010 – 2012", "2012 – 2014", "2014 – 2016", "2016 – 2018", "2018 – 2020", "2020 – present"],
        ["Name", "Phone", "Address", "Skills", "Languages", "Licence"],
        ["姓名", "电话", "地址", "技能", "语言", "驾照"],
    ],
    ids=["dates", "labels", "chinese-labels"],
)
def test_labels_stay_beside_their_values(labels):
    values = [f"value number {row} of the form" for row in range(len(labels))]
    parts = [segment(label, 60, row) for row, label in enumerate(labels)]
    parts += [segment(value, 200, row) for row, value in enumerate(values)]
    assert read(parts) == [f"{label}   {value}" for label, value in zip(labels, values, strict=True)]


def test_a_date_beside_several_lines_goes_before_the_first_of_them():
    dates = ["2016 – 2018", "2018 – 2020", "2020 – 2022", "2022 – today"]
    parts = [segment(date, 60, 4 * place) for place, date in enumerate(dates)]
    parts += [segment(f"job {row // 4} line {row % 4} of words", 200, row) for row in range(16)]
    found = read(parts)
    assert [found[4 * place].split("   ")[0] for place in range(4)] == dates
    assert len(found) == 16


def test_words_of_one_height_are_one_row_from_left_to_right():
    assert read([segment("Nurse", 60, 0), segment("Leeds", 200, 0.05), segment("2019", 400, 0)]) == [
        "Nurse   Leeds   2019"
    ]


def test_no_text_has_no_rows():
    assert rows_in_order([]) == []


SEGMENTS = st.lists(
    st.builds(
        segment,
        st.sampled_from(["Nurse", "2019 – 2020", "姓名", "a longer run of words", "Leeds"]),
        st.floats(0, 500),
        st.floats(0, 40),
        size=st.floats(2, 30),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(SEGMENTS)
def test_no_word_is_lost_or_read_twice(segments):
    def words(parts):
        return sorted("".join(part.text for part in parts).replace(" ", ""))

    assert words([one for row in rows_in_order(segments) for one in row]) == words(segments)
