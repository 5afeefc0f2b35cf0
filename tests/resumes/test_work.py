"""Dated jobs: who, where, from when to when, and what was done."""

import datetime as dt
import io
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents import read_bytes
from metier.records.profile import Profile
from metier.resumes.work import find_work, latest_first


def jobs(text, name="resume.txt"):
    document = read_bytes(text.encode(), name)
    return find_work(document, document.lines)


def told(job):
    last = "…" if job.is_current else job.end_date and job.end_date.to_iso()
    return job.position and job.position.value, job.name and job.name.value, job.start_date.to_iso(), last


def months(found, as_of=dt.date(2026, 1, 1)):
    return Profile(id="1", source="", text="", work=tuple(found)).experience_months(as_of)


NURSE = ("Staff Nurse", "St Mary's Hospital", "2019-01", "…")
ACCOUNTANT = ("会计主管", "深圳市某某贸易有限公司", "2019-03", "…")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff Nurse, St Mary's Hospital, Jan 2019 – Present", NURSE),
        ("Staff Nurse, St Mary's Hospital\nJan 2019 to date", NURSE),
        ("Jan 2019 – Present\nSt Mary's Hospital\nStaff Nurse", NURSE),
        ("St Mary's Hospital | Staff Nurse | 01/2019 – present", NURSE),
        ("Staff Nurse at St Mary's Hospital (1 Jan 2019 - present)", NURSE),
        ("Position: Staff Nurse\nEmployer: St Mary's Hospital\nJan 2019 – now", NURSE),
        ("2019年3月——至今    深圳市某某贸易有限公司    会计主管", ACCOUNTANT),
        ("深圳市某某贸易有限公司 会计主管 2019.03-至今", ACCOUNTANT),
        ("公司：深圳市某某贸易有限公司\n职位：会计主管\n2019/3~现在", ACCOUNTANT),
        ("深圳市某某贸易有限公司/会计主管/自2019年3月起", ACCOUNTANT),
        ("Software Engineer @ Globex, Berlin — 2016–2018", ("Software Engineer", "Globex", "2016", "2018")),
        ("Night porter, Hotel Weimar 2012 – 2014", ("Night porter", "Hotel Weimar", "2012", "2014")),
        ("某公司 2019年7月-9月 实习生", ("实习生", "某公司", "2019-07", "2019-09")),
        ("Freelance translator since 2018", ("Freelance translator", None, "2018", "…")),
        ("2019 - 2021", (None, None, "2019", "2021")),
    ],
)
def test_the_parts_of_a_heading_stand_in_any_order(text, expected):
    (job,) = jobs(text)
    assert told(job) == expected


def test_lines_under_a_job_are_what_was_done():
    text = (
        "Staff Nurse, St Mary's Hospital, Leeds\nJan 2019 – Present\n• Wound care\n• IV therapy\n"
        "Carer | Sunrise Care Home Ltd | York | 2015 – 2018\nHelped residents with their daily routines."
    )
    nurse, carer = jobs(text)
    assert [span.text for span in nurse.highlights] == ["Wound care", "IV therapy"]
    assert [span.text for span in carer.highlights] == ["Helped residents with their daily routines."]
    assert [job.location.value.city for job in (nurse, carer)] == ["Leeds", "York"]


def test_chinese_jobs_keep_their_numbered_lines():
    text = (
        "2018年7月——至今    上海某某科技有限公司    高级Java工程师\n1. 负责订单系统的设计与开发\n2. 使用Spring Boot\n"
        "2015.07-2018.06  北京示例网络科技有限公司  Java开发工程师\n负责支付模块。"
    )
    assert [told(job)[:2] for job in jobs(text)] == [
        ("高级Java工程师", "上海某某科技有限公司"),
        ("Java开发工程师", "北京示例网络科技有限公司"),
    ]
    assert [[span.text for span in job.highlights] for job in jobs(text)] == [
        ["1. 负责订单系统的设计与开发", "2. 使用Spring Boot"],
        ["负责支付模块。"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Staff Nurse, Leeds Hospital\nJan 2019 to date\nCarer, Sunrise Care Home\n2015 – 2018",
        "Jan 2019 to date\nStaff Nurse, Leeds Hospital\n2015 – 2018\nCarer, Sunrise Care Home",
    ],
    ids=["above", "below"],
)
def test_a_title_belongs_to_the_period_that_it_stands_beside(text):
    assert [told(job)[:2] for job in jobs(text)] == [("Staff Nurse", "Leeds Hospital"), ("Carer", "Sunrise Care Home")]


def test_rows_of_a_table_are_jobs():
    rows = "".join(
        f"<tr><td>{period}</td><td>{title}</td><td>{employer}</td></tr>"
        for period, title, employer in (("2019 – 2021", "Welder", "Acme Ltd"), ("2016 – 2019", "Fitter", "Beta Ltd"))
    )
    found = jobs(f"<html><body><table>{rows}</table></body></html>", "resume.html")
    assert [told(job) for job in found] == [
        ("Welder", "Acme Ltd", "2019", "2021"),
        ("Fitter", "Beta Ltd", "2016", "2019"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I worked nights from 2010 to 2012 on a long list of tasks which had to be done and which nobody else in the whole house wanted to do",
        "Staff Nurse, St Mary's Hospital",
        "Staff Nurse, Jun 2020 – Aug 2019",
        "Call 0113 496 0000",
    ],
)
def test_no_period_no_job(text):
    assert jobs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurse, Jan 2018 – Dec 2019", 24),
        ("Nurse, Jan 2018 – Dec 2019\nCarer, Jan 2018 – Dec 2019", 24),
        ("Nurse, Jan 2018 – Dec 2019\nCarer, Jan 2019 – Dec 2020", 36),
        ("Nurse, Jan 2016 – Dec 2020\nCarer, Jan 2017 – Dec 2017", 60),
        ("Nurse, Jan 2018 – Dec 2018\nCarer, Jan 2020 – Dec 2020", 24),
        ("Nurse, Jan 2025 to date\nCarer, Jul 2025 – present", 12),
        ("护士 2025.01至今\n护理员 2024.01——2025.06", 24),
        ("Nurse, Jan 2027 – present", None),
    ],
)
def test_time_in_two_jobs_at_once_counts_once(text, expected):
    assert months(jobs(text)) == expected


def test_the_latest_job_comes_first_and_a_current_one_before_it():
    found = jobs("Carer, 2015 – 2018\nNurse, 2010 to date\nCook, 2018 – 2021\nPorter, 2018 – 2021")
    assert [job.position.value for job in latest_first(found)] == ["Nurse", "Cook", "Porter", "Carer"]


def test_a_job_of_known_title_and_employer_is_surer():
    whole, titled, bare = jobs("Nurse, Leeds Hospital, 2020 – 2021\nCook, 2018 – 2019\n2010 – 2011")
    assert whole.confidence > titled.confidence > bare.confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2019 – present\nNurse, Leeds Hospital\nWards and clinics\n2015 – 2019\nCook, Hill Hotel\nLunches for sixty",
            [("Nurse", "Leeds Hospital"), ("Cook", "Hill Hotel")],
        ),
        (
            "2020 - present    Ridge Logging. Driver in winter\nLook after my own machine\n2014 - 2020    Nation Contracting",
            [("Driver in winter", "Ridge Logging"), (None, "Nation Contracting")],
        ),
        (
            "Nurse, Leeds Hospital\n2019 – 2021\n• Since 2020 lead nurse of nights\nCareer break\n2017 – 2019",
            [("Nurse", "Leeds Hospital")],
        ),
        (
            "Guard, Hill Ltd ....... 2021 - 23\nCleaner, Dale Ltd ....... 2019-21",
            [("Guard", "Hill Ltd"), ("Cleaner", "Dale Ltd")],
        ),
        ("1) Falcon Ltd, Dubai   12/2022 - till date\nSenior guard", [("Senior guard", "Falcon Ltd")]),
        ("DATES\njo@example.com\nNurse, Leeds Hospital 2019 – 2021", [("Nurse", "Leeds Hospital")]),
    ],
    ids=["dates-first", "column", "bullet-and-break", "dots", "numbered", "address"],
)
def test_entries_are_told_apart_in_each_layout(text, expected):
    assert [told(job)[:2] for job in jobs(text)] == expected


def test_jobs_of_a_word_table_and_of_tab_stops():
    paper = docx.Document()
    paper.add_paragraph("Globex Inc, Leeds\tJan 2014 – Till date")
    paper.add_paragraph("Sr. Java Developer")
    paper.add_paragraph("Responsibilities:")
    row = paper.add_table(rows=1, cols=3).rows[0]
    for cell, text in zip(row.cells, ("2011 - 2013", "Initech Ltd", "Tester"), strict=True):
        cell.text = text
    data = io.BytesIO()
    paper.save(data)
    document = read_bytes(data.getvalue(), "resume.docx")
    assert [told(job) for job in find_work(document, document.lines)] == [
        ("Sr. Java Developer", "Globex Inc", "2014-01", "…"),
        ("Tester", "Initech Ltd", "2011", "2013"),
    ]


SECTION = st.lists(
    st.sampled_from(
        "Nurse Cook Ltd Hospital , | ( – @ at to 2012 2015 present Jan 至今 2019.03 上海某某有限公司 会计 。 • - Leeds \n \n".split(
            " "
        )
    ),
    max_size=24,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(SECTION)
def test_what_is_found_stands_where_it_says(text):
    document = read_bytes(f"x\n{text}".encode(), "resume.txt")
    found = find_work(document, document.lines)
    for job in found:
        for part in (job.name, job.position, job.location):
            assert part is None or part.span.is_in(document.text)
        assert job.span.is_in(document.text)
        assert all(job.span.start <= span.start < span.end <= job.span.end for span in job.highlights)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert sorted(map(id, latest_first(found))) == sorted(map(id, found))
