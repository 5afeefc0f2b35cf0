"""Headings in English, Chinese and neighbouring languages, and the sections that they open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents import read_bytes
from metier.resumes.heading import heading_of, section_span, split_sections


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Work Experience", "work"),
        ("WORK EXPERIENCE:", "work"),
        ("2. Employment History", "work"),
        ("• Career History •", "work"),
        ("W O R K", "work"),
        ("Berufserfahrung", "work"),
        ("Expérience professionnelle", "work"),
        ("工作经历", "work"),
        ("工作經歷", "work"),
        ("三、工作经历", None),
        ("工作经历 Work Experience", "work"),
        ("Education / 教育背景", "education"),
        ("Education and Training", "education"),
        ("Ausbildung", "education"),
        ("Key Skills", "skills"),
        ("Skills & Tools", "skills"),
        ("技能特长", "skills"),
        ("Languages", "languages"),
        ("Sprachkenntnisse", "languages"),
        ("Licences and Certificates", "certificates"),
        ("持有证书", "certificates"),
        ("Profile", "summary"),
        ("自我评价", "summary"),
        ("求职意向", "wishes"),
        ("Right to work", "wishes"),
        ("项目经验", "projects"),
        ("Hobbies", "other"),
        ("References", "other"),
        ("I have work experience in Leeds", None),
        ("Skilled welder of pressure vessels", None),
        ("我有五年工作经历", None),
        ("---", None),
        ("", None),
        ("Work " * 20, None),
    ],
)
def test_a_line_is_a_heading_only_as_a_whole(line, kind):
    assert heading_of(line) == kind


def sections(text, name="resume.txt"):
    document = read_bytes(text.encode(), name)
    return [
        (kind, [document.text[line.start : line.end] for line in lines]) for kind, lines in split_sections(document)
    ]


def test_a_resume_is_cut_at_its_headings():
    text = "Jane Smith\nLeeds\nWork Experience\nNurse, 2019 – 2021\nEducation:\nBSc Nursing\nHobbies\nReading"
    assert sections(text) == [
        ("header", ["Jane Smith", "Leeds"]),
        ("work", ["Nurse, 2019 – 2021"]),
        ("education", ["BSc Nursing"]),
        ("other", ["Reading"]),
    ]


def test_a_chinese_resume_is_cut_at_its_headings():
    text = "张伟\n工作经历\n会计，2019年至今\n教育背景\n复旦大学 本科\n自我评价\n认真负责"
    assert [kind for kind, _ in sections(text)] == ["header", "work", "education", "summary"]


def test_a_heading_may_stand_before_its_section_on_one_line():
    assert sections("Jane\nLanguages: English, French\n技能：账务处理、报税\nNurse: ward 7") == [
        ("header", ["Jane"]),
        ("languages", ["English, French"]),
        ("skills", ["账务处理、报税", "Nurse: ward 7"]),
    ]


def test_a_heading_without_a_body_opens_nothing():
    assert sections("Work\nEducation\nBSc Nursing") == [("education", ["BSc Nursing"])]


def test_a_line_set_like_the_headings_opens_an_unnamed_section():
    text = "# Jane\n\n## Work\nNurse at Leeds Hospital\n\n## Things I made\nA boat"
    assert sections(text, "resume.md")[-2:] == [
        ("work", ["Nurse at Leeds Hospital"]),
        ("unnamed", ["Things I made", "A boat"]),
    ]


def test_a_bullet_is_no_heading_unless_it_is_written_large():
    text = "Jane\nSkills\n• Languages\n• wound care\n• WORK EXPERIENCE\nNurse, 2019"
    assert [kind for kind, _ in sections(text)] == ["header", "skills", "work"]


def test_the_span_of_a_section_is_its_body():
    document = read_bytes(b"Work\nNurse, 2019\nWard 7\nSkills\nCare", "resume.txt")
    assert [section_span(document, lines).text for _, lines in split_sections(document)] == [
        "Nurse, 2019\nWard 7",
        "Care",
    ]


RESUME = st.lists(
    st.sampled_from(
        [
            "Work",
            "工作经历",
            "Skills: SQL",
            "Education",
            "Nurse, 2019",
            "• SQL",
            "Languages",
            "语言：英语",
            "BIG",
            "护士",
        ]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(RESUME)
def test_every_line_but_headings_is_in_one_section_in_order(texts):
    document = read_bytes("\n".join(texts).encode(), "resume.txt")
    kept = [line.start for _, lines in split_sections(document) for line in lines]
    assert kept == sorted(set(kept))
    inside = {line.start for line in document.lines} - set(kept)
    for start in inside:
        line = document.text[start:].split("\n")[0]
        assert heading_of(line.split(":")[0].split("：")[0])


def test_a_heading_below_the_level_of_the_sections_opens_none():
    text = "# Jane\n\n## Work\n### Nurse, Leeds Hospital\n2019 – 2021\n### Cook, Hill Hotel\n2015 – 2019"
    kinds = [kind for kind, _ in sections(text, "resume.md")]
    assert kinds[-1] == "work"
    assert kinds.count("unnamed") <= 1


def test_a_heading_that_lost_its_line_break_opens_its_section():
    text = "Jane\nSkills\nPython- Exprience - 24 monthsCompany Details\ncompany - Acme\ndescription - Developer"
    assert [kind for kind, _ in sections(text)] == ["header", "skills", "work"]
