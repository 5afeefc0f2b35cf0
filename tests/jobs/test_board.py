"""Saved answers of job boards, written to their documented shapes."""

import json

import pytest

from metier.errors import InputError
from metier.graph.linker import SkillLinker
from metier.jobs import read_jobs
from metier.jobs.board import board_url

GREENHOUSE = {
    "jobs": [
        {
            "id": 127817, "title": "Vault Designer", "updated_at": "2026-10-14T10:55:28-05:00", "company_name": "Vaults Ltd",
            "location": {"name": "Dublin, Ireland"}, "absolute_url": "https://boards.greenhouse.io/vaults/jobs/127817",
            "content": "&lt;h3&gt;Requirements&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;3 years of AutoCAD&lt;/li&gt;&lt;/ul&gt;",
            "departments": [{"id": 1, "name": "Design"}], "first_published": "2026-10-01T00:00:00Z",
        }
    ],
    "meta": {"total": 1},
}  # fmt: skip
LEVER = [
    {
        "id": "5ac21346", "text": "Account Executive", "createdAt": 1760000000000, "workplaceType": "hybrid",
        "categories": {"commitment": "Full-time", "location": "Toronto", "department": "Sales", "allLocations": ["Toronto"]},
        "description": "<div>Sell things.</div>", "lists": [{"text": "Requirements", "content": "<li>CRM experience</li>"}],
        "additional": "<div>Apply soon.</div>", "hostedUrl": "https://jobs.lever.co/x/5ac21346",
        "salaryRange": {"min": 70000, "max": 90000, "currency": "CAD", "interval": "per-year-salary"},
    }
]  # fmt: skip
ASHBY = {
    "apiVersion": "1",
    "jobs": [
        {
            "id": "a1", "title": "Data Engineer", "location": "Berlin", "isListed": True, "isRemote": True,
            "workplaceType": "Remote", "employmentType": "FullTime", "publishedAt": "2026-11-01T09:00:00.000+00:00",
            "descriptionHtml": "<h2>Requirements</h2><ul><li>Python and SQL</li></ul>", "jobUrl": "https://jobs.ashbyhq.com/x/a1",
            "secondaryLocations": [{"location": "Vienna"}],
            "compensation": {"scrapeableCompensationSalarySummary": "€70K - €85K"},
        },
        {"id": "a2", "title": "Secret", "isListed": False, "jobUrl": "https://x", "descriptionHtml": "x"},
    ],
}  # fmt: skip


def jobs_of(payload, tmp_path):
    file = tmp_path / "saved.json"
    file.write_text(json.dumps(payload))
    return list(read_jobs(str(file), graph=SkillLinker()))


def test_greenhouse(tmp_path):
    (job,) = jobs_of(GREENHOUSE, tmp_path)
    assert (job.id, job.title, job.hiring_organization) == ("127817", "Vault Designer", "Vaults Ltd")
    assert job.requirements[0].span.text == "3 years of AutoCAD"
    assert job.date_posted.isoformat() == "2026-10-01"
    assert job.job_location[0].value.country == "IE"


def test_lever(tmp_path):
    (job,) = jobs_of(LEVER, tmp_path)
    assert (job.job_location_type.value, job.employment_type.value) == ("hybrid", "full_time")
    assert (job.base_salary.minimum, job.base_salary.currency, job.base_salary.period) == (70000, "CAD", "year")
    assert [need.span.text for need in job.requirements] == ["CRM experience"]


def test_ashby_leaves_out_what_is_not_listed(tmp_path):
    (job,) = jobs_of(ASHBY, tmp_path)
    assert (job.id, job.job_location_type.value, job.base_salary.minimum) == ("a1", "remote", 70000)
    assert [found.value.city for found in job.job_location] == ["Berlin", "Vienna"]


def test_a_board_is_fetched_from_its_address():
    asked = []

    def fetch(url):
        asked.append(url)
        return json.dumps(LEVER).encode()

    (job,) = read_jobs("lever:example", graph=SkillLinker(), fetch=fetch)
    assert job.title == "Account Executive"
    assert asked == ["https://api.lever.co/v0/postings/example?mode=json"]


def test_a_name_that_no_board_has_is_refused():
    assert board_url("feed.csv") is None
    with pytest.raises(InputError):
        board_url("greenhouse:../secret")
