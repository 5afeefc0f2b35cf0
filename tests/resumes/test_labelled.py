"""Jobs told by labels, in the orders that consultants' resumes have."""

import pytest

from metier.documents import read_bytes
from metier.resumes.labelled import find_labelled_work


def jobs(text):
    document = read_bytes(text.encode(), "resume.txt")
    found = find_labelled_work(document, document.lines)
    assert all(part is None or part.span.is_in(document.text) for job in found for part in (job.name, job.position))
    return [
        (
            job.position and job.position.value,
            job.name and job.name.value,
            job.start_date and job.start_date.to_iso(),
            "…" if job.is_current else job.end_date and job.end_date.to_iso(),
        )
        for job in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "company - Acme Pvt. Ltd\ndescription - Java Developer\ncompany - Beta\ndescription - Wrote reports.",
            [("Java Developer", "Acme Pvt. Ltd", None, None), (None, "Beta", None, None)],
        ),
        (
            "company - Acme\ndescription - Project: Stock\nRole: Tester\nDuration: Jan 2014 – Till date",
            [("Tester", "Acme", "2014-01", "…")],
        ),
        (
            "Project #1: Payroll\nClient: Globex Inc\nRole: Sr. Java Developer   Duration: Mar 2016 - Sept 2017\n"
            "Environment: Java, Oracle\nProject #2: Claims\nClient: Initech\nRole: Developer\nDuration: 2014 to 2016",
            [
                ("Sr. Java Developer", "Globex Inc", "2016-03", "2017-09"),
                ("Developer", "Initech", "2014", "2016"),
            ],
        ),
        (
            "Organization: Acme\nDesignation - QA Lead\nPeriod: Apr 2013 to till Date",
            [("QA Lead", "Acme", "2013-04", "…")],
        ),
        (
            "Java Developer - Acme\ncompany - Acme\ndescription - Mumbai   May 2018 to Present",
            [("Java Developer", "Acme", "2018-05", "…")],
        ),
        ("Position: Staff Nurse\nEmployer: Hill Hospital\nJan 2019 – now", []),
        ("Staff Nurse, Hill Hospital\nJan 2019 – now", []),
    ],
)
def test_labels_tell_the_parts(text, expected):
    assert jobs(text) == expected


def test_a_role_that_is_a_sentence_is_no_title():
    text = "company - Acme\ndescription - Audit\nRole: was given raw data and carried out the analysis of all of it"
    assert jobs(text) == [(None, "Acme", None, None)]
