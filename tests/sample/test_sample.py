"""What the sample promises: its size, its forms, judgements that nobody has changed since."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from metier.evaluation.agreement import weighted_kappa
from metier.sample import demo_job, demo_resumes, jobs_path, qrels_path, resumes_path

ROOT = Path(__file__).parents[2]
FROZEN = "ab40ccece23099b4f8cc0e54c84d909f12d33a27ac4db257a8f5cebfcb7dd2e5"


def rows(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.fixture(scope="module")
def jobs():
    return [json.loads(line) for line in jobs_path().read_text(encoding="utf-8").splitlines()]


def test_it_has_at_least_300_postings_each_once(jobs):
    assert len({job["id"] for job in jobs}) == len(jobs) >= 300
    assert all(job["title"] and job["description"] for job in jobs)


def test_it_has_at_least_60_resumes_in_every_form():
    forms = Counter(path.suffix for path in resumes_path().iterdir())
    assert sum(forms.values()) >= 60
    assert set(forms) == {".pdf", ".docx", ".html", ".md", ".txt", ".json"}
    assert min(forms.values()) >= 5


def test_the_judgements_are_those_that_were_frozen():
    assert hashlib.sha256(qrels_path().read_bytes()).hexdigest() == FROZEN


def test_at_least_40_resumes_and_40_jobs_are_judged_to_fit_something(jobs):
    graded = rows(qrels_path())
    assert {resume for resume, _, _ in graded} <= {path.name for path in resumes_path().iterdir()}
    assert {job for _, job, _ in graded} <= {job["id"] for job in jobs}
    assert len({resume for resume, _, _ in graded}) >= 40
    assert len({job for _, job, _ in graded}) >= 40
    assert {grade for _, _, grade in graded} == {"1", "2", "3"}


def test_the_lower_of_two_grades_counts_and_the_readme_states_their_agreement(jobs):
    both = {
        (resume, job): (int(first), int(second))
        for resume, job, first, second in rows(ROOT / "runs/sample/judgements.tsv")
    }
    settled = {pair: min(grades) for pair, grades in both.items() if min(grades)}
    assert settled == {(resume, job): int(grade) for resume, job, grade in rows(qrels_path())}
    people = [path.name for path in resumes_path().iterdir()]
    kappa = weighted_kappa([both.get((person, job["id"]), (0, 0)) for person in people for job in jobs])
    assert f"kappa {kappa:.3f}" in (resumes_path().parent / "README.md").read_text(encoding="utf-8")


def test_what_the_demo_shows_is_there(jobs):
    assert all(path.is_file() for path in demo_resumes())
    assert demo_job() in {job["id"] for job in jobs}
