"""A raw posting to a cleaned job: its fields, its text, its dates."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import BadPostingError
from metier.graph.linker import SkillLinker
from metier.jobs import parse_job
from metier.jobs.parse import read_date
from metier.records.job import Posting

GRAPH = SkillLinker()
FULL = {
    "id": " 7 ",
    "title": "Senior <b>Data</b> Engineer",
    "hiring_organization": "Müller &amp; Söhne",
    "location": "Berlin, Germany",
    "salary_min": "60000.0",
    "salary_max": "80000",
    "salary_currency": "EUR",
    "salary_period": "yearly",
    "employment_type": "contract",
    "workplace": "True",
    "date_posted": "2026-11-01T10:00:00Z",
    "valid_through": "31/12/2026",
    "url": "https://x.example/7",
    "description": "<p>We move data.</p><h3>Requirements</h3><ul><li>3 years of Python</li><li>R&amp;D</li></ul>",
    "extra:site": "indeed",
}


def parse(*sections, **fields):
    return parse_job(Posting(source="feed.csv", row=3, fields=fields, sections=sections), graph=GRAPH)


def test_every_field_is_read_and_quoted():
    job = parse(**FULL)
    assert (job.id, job.row, job.title, job.hiring_organization) == ("7", 3, "Senior Data Engineer", "Müller & Söhne")
    assert (job.job_location[0].value.city, job.job_location_type.value, job.seniority.value) == (
        "Berlin",
        "remote",
        "senior",
    )
    assert (job.base_salary.minimum, job.base_salary.maximum, job.base_salary.currency, job.base_salary.period) == (
        60000, 80000, "EUR", "year",
    )  # fmt: skip
    assert (job.date_posted, job.valid_through) == (dt.date(2026, 11, 1), dt.date(2026, 12, 31))
    assert (job.employment_type.value, job.language, job.extra) == ("contract", "en", {"site": "indeed"})
    assert [need.span.text for need in job.requirements] == ["3 years of Python", "R&D"]
    quotes = [
        job.title_span,
        job.base_salary.span,
        job.employment_type.span,
        job.job_location_type.span,
        job.seniority.span,
    ]
    quotes += [found.span for found in (*job.job_location, *job.skills, *job.requirements)]
    assert all(quote.is_in(job.text) for quote in quotes)


def test_what_is_not_stated_is_empty():
    job = parse(title="Cook", description="Cooks soup")
    assert (job.base_salary, job.job_location, job.job_location_type, job.employment_type) == (None, (), None, None)
    assert (job.date_posted, job.valid_through, job.seniority, job.warnings) == (None, None, None, ())


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": " ", "description": "Cooks"},
        {"title": "<p></p>"},
        {"title": "Cook"},
        {"title": "Cook", "description": "<p> </p>"},
    ],
)
def test_a_posting_that_makes_no_job_names_file_row_and_remedy(fields):
    with pytest.raises(BadPostingError, match=r"feed\.csv, row 3") as told:
        parse(**fields)
    assert "column" in told.value.hint


def test_long_columns_become_labelled_sections():
    job = parse(("What you need", "A forklift licence"), title="Cook", description="Cooks")
    assert "What you need:\nA forklift licence" in job.text
    assert "forklift" in {need.licence for need in job.requirements}


@pytest.mark.parametrize(
    ("value", "workplace"),
    [("True", "remote"), ("yes", "remote"), ("1", "remote"), ("False", None), ("no", None), ("Hybrid", "hybrid")],
)
def test_the_remote_column(value, workplace):
    found = parse(title="Cook", description="Cooks", workplace=value).job_location_type
    assert (found.value if found else None) == workplace


@pytest.mark.parametrize(
    ("period", "read"),
    [("hourly", "hour"), ("daily", "day"), ("weekly", "week"), ("monthly", "month"), ("year", "year")],
)
def test_the_period_column(period, read):
    amount = {"hour": "20", "day": "200", "week": "900", "month": "3000", "year": "50000"}[read]
    job = parse(title="Cook", description="Cooks", salary_min=amount, salary_currency="USD", salary_period=period)
    assert (job.base_salary.minimum, job.base_salary.period) == (float(amount), read)
    assert f"per {read}" in job.text


@pytest.mark.parametrize("salary", ["lots", "面议", "-5", "£1", "5000-3000 EUR per month", "NaN"])
def test_pay_that_cannot_be_is_none(salary):
    assert parse(title="Cook", description="Cooks", salary=salary).base_salary is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-12-31", dt.date(2026, 12, 31)),
        ("2026-12-31T23:59:59+08:00", dt.date(2026, 12, 31)),
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("12/31/2026", dt.date(2026, 12, 31)),
        ("05.05.2026", dt.date(2026, 5, 5)),
        ("2026年1月5日", dt.date(2026, 1, 5)),
        ("2026/1/5", dt.date(2026, 1, 5)),
        ("1767225600", dt.date(2026, 1, 1)),
        ("1767225600000", dt.date(2026, 1, 1)),
        ("03/04/2026", None),
        ("31.02.2026", None),
        ("2026-13-45", None),
        ("2026-11", None),
        ("3 days ago", None),
        ("never", None),
        ("", None),
    ],
)
def test_dates(text, date):
    assert read_date(text) == date


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=16),
        st.from_regex(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?", fullmatch=True),
        st.integers().map(str),
    )
)
def test_any_text_is_a_date_or_none(text):
    assert read_date(text) is None or isinstance(read_date(text), dt.date)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1000, 1, 1)))
def test_a_date_comes_back_from_its_iso_form(date):
    assert read_date(date.isoformat()) == date


def test_a_bad_date_is_a_warning_that_says_how_to_write_it():
    job = parse(title="Cook", description="Cooks", valid_through="soon")
    assert job.valid_through is None
    assert "valid_through 'soon'" in job.warnings[0]
    assert "YYYY-MM-DD" in job.warnings[0]


def test_the_same_posting_is_the_same_job_whatever_the_feed():
    fields = {"title": "Cook", "description": "Cooks soup"}
    one, other = (
        parse_job(Posting(source=name, row=row, fields=fields), graph=GRAPH) for name, row in (("a", 1), ("b", 9))
    )
    assert one == replace(other, source="a", row=1)
    assert parse(title="Cook", description="Cooks stew").id != one.id


def test_a_very_long_description_is_cut_off():
    assert len(parse(title="Cook", description="word " * 50_000).text) < 70_000


def test_where_one_may_work_from():
    job = parse(title="Engineer", description="Fully remote, anywhere within the EU.")
    assert [found.value for found in job.applicant_location_requirements] == ["EU"]


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FULL)), st.text(max_size=40)))
def test_any_fields_give_a_job_with_quotes_that_stand(fields):
    named = {name: f"Cook {fields.get(name, '')}" for name in ("title", "description")}
    job = parse(**fields | named)
    spans = [found.span for found in (*job.job_location, *job.schedules, *job.applicant_location_requirements)]
    spans += [
        job.title_span,
        job.base_salary.span if job.base_salary else None,
        *(need.span for need in job.requirements),
    ]
    spans += [found.span for found in (job.seniority, job.employment_type, job.job_location_type) if found]
    assert all(span.is_in(job.text) for span in spans if span)
