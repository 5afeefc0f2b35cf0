"""Titles without shouting, pay, perks, gender marks and level."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.title import normalise_title


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Senior Java Developer (m/w/d)", "Java Developer"),
        ("Verkäufer*in (m/w/d)", "Verkäufer"),
        ("Développeur H/F", "Développeur"),
        ("URGENT!!! Welder needed", "Welder"),
        ("***HIRING NOW*** Driver", "Driver"),
        ("Care Assistant (Nights)", "Care Assistant"),
        ("Registered Nurse - ICU - Nights", "Registered Nurse"),
        ("Welder - £15/hr - Leeds", "Welder - Leeds"),
        ("Data Engineer | Remote | $120k", "Data Engineer"),
        ("Software Engineer II", "Software Engineer"),
        ("Head of Design at Google", "Head of Design"),
        ("Java开发工程师 15-30K·14薪", "Java开发工程师"),
        ("急聘 电焊工 包吃住", "电焊工"),
        ("(急招)叉车司机", "叉车司机"),
        ("高级Java工程师", "Java工程师"),
        ("🔥 Chef 🔥", "Chef"),
    ],
)
def test_the_name_of_the_work_is_left(title, bare):
    assert normalise_title(title) == bare


@pytest.mark.parametrize(
    "title",
    [
        "Night Porter",
        "Chef de Partie",
        "Staff Nurse",
        "Early Years Teacher",
        "Temporary Works Engineer",
        "Permanent Way Engineer",
        "Contract Manager",
        "Remote Sensing Scientist",
        "C++ Developer",
        "C# Developer",
        "叉车司机",
    ],
)
def test_words_that_are_part_of_the_work_stay(title):
    assert normalise_title(title) == title


@pytest.mark.parametrize("title", ["Senior", "II", "R", "Lead"])
def test_a_title_of_which_nothing_would_be_left_stays(title):
    assert normalise_title(title) == title


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_a_title_with_words_never_becomes_empty(title):
    assert bool(normalise_title(title)) == bool(title.split())
