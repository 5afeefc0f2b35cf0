"""The names under which feeds give their fields."""

import pytest

from metier.jobs.columns import ALIASES, our_name, sort_fields


@pytest.mark.parametrize(
    ("column", "ours"),
    [
        ("title", "title"),
        ("Job Title", "title"),
        ("JOB-TITLE", "title"),
        ("jobTitle", "title"),
        (" \ufefftitle ", "title"),
        ("职位名称", "title"),
        ("datePosted", "date_posted"),
        ("hiringOrganization", "hiring_organization"),
        ("validThrough", "valid_through"),
        ("公司名称", "hiring_organization"),
        ("工作地点", "location"),
        ("薪资", "salary"),
        ("emails", None),
        ("", None),
    ],
)
def test_case_spaces_and_hyphens_do_not_matter(column, ours):
    assert our_name(column) == ours


def test_jobspy_columns_are_known():
    columns = {
        "id": "id", "job_url": "url", "title": "title", "company": "hiring_organization", "location": "location",
        "date_posted": "date_posted", "job_type": "employment_type", "interval": "salary_period", "min_amount": "salary_min",
        "max_amount": "salary_max", "currency": "salary_currency", "is_remote": "workplace", "job_level": "seniority",
        "company_industry": "industry", "description": "description",
    }  # fmt: skip
    assert {column: our_name(column) for column in columns} == columns


def test_no_name_means_two_fields():
    names = [name for aliases in ALIASES.values() for name in aliases]
    assert len(names) == len(set(names))


def test_the_first_name_that_is_not_empty_wins():
    assert sort_fields({"name": "Nobody", "job_title": "Cook", "title": " "})[0] == {"title": "Cook"}
    assert sort_fields({"job_title": "Cook", "title": "Chef"})[0] == {"title": "Chef"}


def test_a_long_or_named_column_is_a_section_and_a_short_one_is_kept_apart():
    row = {
        "title": "Cook",
        "Who you are": "a calm cook",
        "notes": "x" * 200,
        "site": "indeed",
        "empty": " ",
        "logo_url": "y" * 200,
    }
    fields, sections, rest = sort_fields(row)
    assert fields == {"title": "Cook"}
    assert sections == (("Who you are", "a calm cook"), ("notes", "x" * 200))
    assert rest == {"site": "indeed", "logo_url": "y" * 200}
