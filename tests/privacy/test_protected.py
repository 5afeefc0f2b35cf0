"""Protected traits are found where resumes state them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.privacy import blank, find_protected
from metier.training.twin import HAN_MARKS, MARKS


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Date of birth: 12 May 1990", "Date of birth: 12 May 1990"),
        ("Gender: Female | Leeds", "Gender: Female "),
        ("Jane | 34 years old | Leeds", " 34 years old "),
        ("DOB : 01/02/1985", "DOB : 01/02/1985"),
        ("Marital Status – Married", "Marital Status – Married"),
        ("Father's Name: Ram Lal", "Father's Name: Ram Lal"),
        ("Nationality: Indian", "Nationality: Indian"),
        ("性别：女　年龄：29岁", "性别：女"),
        ("张伟 | 男 | 29岁 | 苏州", " 男 "),
        ("民族 汉族", "民族 汉族"),
        ("I am 45 years old and drive lorries", "I am 45 years old"),
        ("Familienstand: ledig", "Familienstand: ledig"),
        ("Pronouns: she/her\nWelder", "Pronouns: she/her"),
        ("Ann Lee (they/them)\nWelder", "(they/them)"),
        ("Mrs.\nAnn Lee", "Mrs."),
        ("# Mr. Ann Lee\nWelder", "# Mr."),
        ("张伟 | 先生 | 苏州", " 先生 "),
    ],
)
def test_a_stated_trait_is_found(text, stated):
    assert stated in [span.text for span in find_protected(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Female ward sister at City Hospital",
        "Worked with single parents and married couples",
        "Age UK, care coordinator",
        "Raced bicycles; weight training coach",
        "Managed children's services",
        "10 years old code base rewritten",
        "女装销售，男鞋导购",
        "负责婚姻登记窗口",
        "Right to work: UK citizen",
        "MS Office, Excel",
        "MS, Computer Science",
        "Miss no deadline, ever",
        "Reported to Mr. Harrow; he/she decided",
    ],
)
def test_work_with_people_is_no_trait_of_the_person(text):
    assert list(find_protected(text)) == []


@pytest.mark.parametrize(
    "mark", [mark for marks in (MARKS, HAN_MARKS) for kind in ("gender", "age") for mark in marks[kind]]
)
def test_every_mark_by_which_twins_are_told_apart_is_found(mark):
    for said in mark:
        text = f"{said}\nWelder"
        assert blank(text, find_protected(text)).split() == ["Welder"]


@given(st.text(max_size=200))
def test_blanking_keeps_the_length_and_leaves_nothing_protected(text):
    blanked = blank(text, find_protected(text))
    assert len(blanked) == len(text)
    assert all(one in (other, " ") for one, other in zip(blanked, text, strict=True))
