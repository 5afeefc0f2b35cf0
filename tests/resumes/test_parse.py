"""A whole resume to a profile: sections, jobs, education, skills, languages, licences, all quoted."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents import read_bytes
from metier.graph.linker import SkillLinker
from metier.resumes import parse_resume, read_resume
from metier.sample import demo_resumes

GRAPH = SkillLinker()

NURSE = """Jane Smith
Registered Nurse | Leeds, UK | jane@example.org | 0113 496 0000

PROFILE
Nurse with ten years' experience of surgical wards.

EMPLOYMENT HISTORY
Staff Nurse, St Mary's Hospital, Leeds
Jan 2019 to date
- Wound care
Bank Nurse | Leeds Care Ltd | June 2020 – May 2021
- IV therapy
Healthcare Assistant, Sunrise Care Home Ltd, 2015 – 2017

EDUCATION
BSc Nursing, University of Leeds, 2012 – 2015

LANGUAGES
English (native), Polish B2

LICENCES
Full UK driving licence

REFERENCES
On request
"""

ACCOUNTANT = """个 人 简 历
姓名：李娜    性别：女    籍贯：四川成都
现居地：上海    电话：138-0013-8000    邮箱：lina@example.com
求职意向：会计 / 财务主管

工作经历
2019年3月——至今    上海某某贸易有限公司    会计主管
1、负责公司日常账务处理
2、编制财务报表
2018/9—2019/6   广州某某有限公司   出纳
1、现金管理

教育背景
2011.9-2015.6   复旦大学   会计学专业   本科

语言能力
英语六级
"""


def parsed(text, name="resume.txt"):
    return parse_resume(read_bytes(text.encode(), name), graph=GRAPH)


def test_an_english_resume_as_a_whole():
    person = parsed(NURSE)
    assert person.basics.name.value == "Jane Smith"
    assert [(job.position.value, job.name.value, job.is_current) for job in person.work] == [
        ("Staff Nurse", "St Mary's Hospital", True),
        ("Bank Nurse", "Leeds Care Ltd", False),
        ("Healthcare Assistant", "Sunrise Care Home Ltd", False),
    ]
    assert [(entry.institution.value, entry.level) for entry in person.education] == [
        ("University of Leeds", "bachelor")
    ]
    assert [(language.language, language.level) for language in person.languages] == [("en", "C2"), ("pl", "B2")]
    assert len(person.certificates) == 1
    assert person.stated_years.value == 10
    assert [kind for kind, _ in person.sections] == [
        "header",
        "summary",
        "work",
        "education",
        "languages",
        "certificates",
        "other",
    ]


def test_a_chinese_resume_as_a_whole():
    person = parsed(ACCOUNTANT)
    assert (person.language, person.basics.name.value, person.basics.location.value.city) == ("zh", "李娜", "Shanghai")
    assert [(job.position.value, job.name.value) for job in person.work] == [
        ("会计主管", "上海某某贸易有限公司"),
        ("出纳", "广州某某有限公司"),
    ]
    assert [span.text for span in person.work[0].highlights] == ["1、负责公司日常账务处理", "2、编制财务报表"]
    assert (person.education[0].level, person.education[0].area.value) == ("bachelor", "会计学")
    assert person.preferences.titles == ("会计", "财务主管")
    assert [language.language for language in person.languages] == ["en"]
    assert "accounting" in {skill.name for skill in person.skills}


@pytest.mark.parametrize(("text", "months"), [(NURSE, 48), (ACCOUNTANT, 28)])
def test_overlapping_jobs_count_once_and_to_date_ends_on_the_day(text, months):
    assert parsed(text).experience_months(dt.date(2020, 12, 31)) == pytest.approx(
        months + (12 if text is NURSE else 0), abs=1
    )


def test_the_welder_of_the_sample_has_two_jobs_of_which_one_goes_on():
    welder = read_resume(demo_resumes()[0], graph=GRAPH)
    assert [work.position.value for work in welder.work if work.position] == ["TIG Welder", "Fabricator/Welder"]
    assert welder.work[0].is_current
    assert welder.experience_months(dt.date(2026, 6, 1)) in range(106, 110)


def test_the_accountant_of_the_sample_is_read():
    person = read_resume(demo_resumes()[2], graph=GRAPH)
    assert person.language == "zh"
    assert person.work[0].is_current
    assert person.education[0].level == "associate"


def test_jobs_are_found_without_a_heading():
    person = parsed("Jane Smith\nStaff Nurse, St Mary's Hospital\nJan 2019 – Dec 2020\nWard 7.")
    assert [job.position.value for job in person.work] == ["Staff Nurse"]


def test_a_degree_is_no_job_and_a_job_no_degree():
    person = parsed(
        "Jane Smith\nEducation\nBSc Nursing, University of Leeds, 2012 – 2015\nWork\nCook, Bistro Nine, 2016 – 2018"
    )
    assert (len(person.education), len(person.work)) == (1, 1)
    assert person.work[0].position.value == "Cook"


def test_a_section_is_told_by_its_content_where_its_heading_does_not_say():
    text = "# Jane Smith\n\n## Education\nBSc Nursing, University of Leeds, 2015\n\n## Where the years went\nCook, Bistro Nine Ltd, 2016 – 2018\nBusy."
    assert [job.position.value for job in parsed(text, "resume.md").work] == ["Cook"]


@pytest.mark.parametrize("text", ["No driving licence", "I do not have a driving licence", "没有驾驶证"])
def test_a_licence_that_is_denied_is_not_held(text):
    assert parsed(f"Jane Smith\n{text}").certificates == ()


def test_the_name_and_interests_show_no_skill():
    person = parsed("Java Smith\nNurse\nInterests\nPython")
    assert {skill.name.split(" (")[0] for skill in person.skills} & {"Java", "Python"} == set()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Ten years of experience as a nurse", 10),
        ("12+ years' experience in care", 12),
        ("五年工作经验", 5),
        ("8年以上会计从业经验", 8),
        ("Aged 45 years", None),
        ("Over 100 years of experience", None),
    ],
)
def test_years_that_are_stated(text, years):
    found = parsed(f"Jane Smith\n{text}").stated_years
    assert (found.value if found else None) == years


def test_the_id_is_the_callers_or_follows_the_text():
    document = read_bytes(NURSE.encode(), "resume.txt")
    assert parse_resume(document, graph=GRAPH, profile_id="7").id == "7"
    assert parse_resume(document, graph=GRAPH).id == parsed(NURSE).id != parsed(ACCOUNTANT).id


def test_a_resume_in_one_long_line_is_read():
    person = parsed(" ".join(NURSE.split()) + " Python developer" * 500)
    assert person.basics.email.value == "jane@example.org"
    assert any(skill.name.startswith("Python") for skill in person.skills)


def spans_of(person):
    basics = person.basics
    for found in (basics.name, basics.label, basics.email, basics.phone, basics.url, basics.summary, basics.location):
        yield found.span if found else None
    for job in person.work:
        yield from (job.span, *job.highlights, *(part.span for part in (job.name, job.position, job.location) if part))
    for entry in person.education:
        yield from (entry.span, *(part.span for part in (entry.institution, entry.area, entry.study_type) if part))
    yield from (span for _, span in person.sections)
    yield from (entry.span for entry in (*person.languages, *person.certificates))
    yield from (mention.span for skill in person.skills for mention in skill.mentions)
    yield person.stated_years.span if person.stated_years else None


@pytest.mark.parametrize("text", [NURSE, ACCOUNTANT, *(path.read_text(encoding="utf-8") for path in demo_resumes())])
def test_every_quote_stands_where_it_says(text):
    person = parsed(text)
    spans = [span for span in spans_of(person) if span]
    assert len(spans) > 15
    assert all(span.is_in(person.text) for span in spans)


PIECES = [
    *NURSE.split("\n"),
    *ACCOUNTANT.split("\n"),
    "|",
    "to date",
    "至今",
    "2019",
    "# Work",
    "• SQL",
    "😀",
    "\u202e",
    "²",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
        min_size=1,
        max_size=25,
    )
)
def test_any_resume_is_parsed_and_quoted(pieces):
    person = parsed("Resume\n" + "\n".join(pieces))
    assert all(span is None or span.is_in(person.text) for span in spans_of(person))
    assert person.experience_months(dt.date(2026, 1, 1)) is None or person.experience_months(dt.date(2026, 1, 1)) >= 0
