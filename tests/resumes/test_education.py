"""Entries of education: level, school, subject, dates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents import read_bytes
from metier.resumes.education import find_education_entries


def entries(text):
    document = read_bytes(text.encode(), "resume.txt")
    return find_education_entries(document, document.lines)


def told(entry):
    dates = (date.to_iso() if date else None for date in (entry.start_date, entry.end_date))
    return (entry.level, entry.institution and entry.institution.value, entry.area and entry.area.value, *dates)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BSc Nursing, University of Leeds, 2012-2015", ("bachelor", "University of Leeds", "Nursing", "2012", "2015")),
        ("BSc (Hons) in Adult Nursing | University of Leeds | 2015", ("bachelor", "University of Leeds", "Adult Nursing", None, "2015")),
        ("University of Leeds   2012 – 2015\nBSc Nursing", ("bachelor", "University of Leeds", "Nursing", "2012", "2015")),
        ("PhD in Statistics from Trinity College Dublin (2012 – 2016)", ("doctorate", "Trinity College Dublin", "Statistics", "2012", "2016")),
        ("Master of Science in Computer Science, ETH Zürich, 2018", ("master", None, "Computer Science", None, "2018")),
        ("Hochschule München, Bachelor Informatik, 10/2012 – 09/2016", ("bachelor", "Hochschule München", "Informatik", "2012-10", "2016-09")),
        ("A-levels, Leeds City College, 2012", ("upper_secondary", "Leeds City College", None, None, "2012")),
        ("Expected June 2026: BA History, King's College London", ("bachelor", "King's College London", "History", None, "2026-06")),
        ("GCSEs including Maths", ("school", None, None, None, None)),
        ("2011.9—2015.6  上海交通大学  计算机科学与技术专业  本科", ("bachelor", "上海交通大学", "计算机科学与技术", "2011-09", "2015-06")),
        ("东北大学 硕士 机械工程系 2010年9月-2013年7月", ("master", "东北大学", "机械工程", "2010-09", "2013-07")),
        ("专业：护理学 大专 深圳职业技术学院 2015年6月毕业", ("associate", "深圳职业技术学院", "护理学", None, "2015-06")),
    ],
)  # fmt: skip
def test_an_entry_of_one_degree(text, expected):
    (entry,) = entries(text)
    assert told(entry) == expected


@pytest.mark.parametrize(
    "text",
    [
        "BSc Nursing, University of Leeds, 2012 – 2015\nMSc Public Health, University of York, 2016 – 2017",
        "University of Leeds\nBSc Nursing\n2012 – 2015\nUniversity of York\nMSc Public Health\n2016 – 2017",
        "2012 – 2015\nUniversity of Leeds\nBSc in Nursing\n2016 – 2017\nUniversity of York\nMSc in Public Health",
    ],
    ids=["a-line", "school-first", "date-first"],
)
def test_two_degrees_are_two_entries(text):
    assert [told(entry) for entry in entries(text)] == [
        ("bachelor", "University of Leeds", "Nursing", "2012", "2015"),
        ("master", "University of York", "Public Health", "2016", "2017"),
    ]


def test_chinese_degrees_are_entries_in_the_documents_order():
    found = entries("2015.9-2018.6 复旦大学 硕士\n2011.9-2015.6 广东财经大学 本科\n2008-2011 上海中学 高中")
    assert [entry.level for entry in found] == ["master", "bachelor", "upper_secondary"]
    assert [entry.institution.value for entry in found] == ["复旦大学", "广东财经大学", "上海中学"]


def test_lines_under_an_entry_belong_to_it():
    (entry,) = entries("BSc Nursing, University of Leeds, 2015\nDissertation on wound care\nFirst-class honours")
    assert entry.span.text.endswith("First-class honours")


def test_an_entry_without_a_known_level_and_school_is_less_sure():
    sure, unsure = entries("BSc Nursing, University of Leeds, 2015\nGCSEs including Maths")
    assert sure.confidence > unsure.confidence


@pytest.mark.parametrize("text", ["I like to learn.", "Leeds", "爱好：读书"])
def test_what_names_no_school_or_degree_is_no_entry(text):
    assert entries(text) == []


SECTION = st.lists(
    st.sampled_from(
        "BSc PhD University of Leeds College in from at Nursing , | ( – - 2012 2015 June 本科 复旦大学 专业 会计学 \n".split(
            " "
        )
    ),
    max_size=16,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(SECTION)
def test_what_is_found_stands_where_it_says(text):
    document = read_bytes(f"x\n{text}".encode(), "resume.txt")
    for entry in find_education_entries(document, document.lines):
        for found in (entry.institution, entry.area, entry.study_type):
            assert found is None or found.span.is_in(document.text)
            assert found is None or entry.span.start <= found.span.start < found.span.end <= entry.span.end
