"""Judged samples: read, split by person, measured both ways."""

import datetime as dt
import json

import pytest

from metier.errors import InputError
from metier.evaluation.judged import measure_jobs_for, measure_people_for, read_judged
from metier.graph.linker import SkillLinker
from metier.recommender import Recommender
from metier.testing import HashEncoder

JOBS = {
    "w": ("TIG Welder", "Requirements:\n- TIG welding of stainless steel"),
    "n": ("Staff Nurse", "Requirements:\n- Registered nurse\n- Care of patients on a ward"),
    "c": ("Chef", "Requirements:\n- Cooking, menus, food hygiene"),
}
PEOPLE = {
    "ann.txt": "Ann Lee\n\nExperience\nTIG Welder, Harrow Ltd, 2019 - 2024\n- TIG welding of stainless steel\n",
    "bo.txt": "Bo Ek\n\nExperience\nStaff Nurse, City Hospital, 2018 - 2024\n- Care of patients on a ward\n",
    "cy.txt": "Cy Roe\n\nExperience\nChef, The Inn, 2015 - 2024\n- Cooking, menus, food hygiene\n",
}
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def paths(tmp_path):
    feed, folder, qrels = tmp_path / "jobs.jsonl", tmp_path / "resumes", tmp_path / "qrels.tsv"
    rows = [{"id": key, "title": title, "description": text} for key, (title, text) in JOBS.items()]
    feed.write_text("\n".join(map(json.dumps, rows)))
    folder.mkdir()
    for name, text in PEOPLE.items():
        (folder / name).write_text(text)
    qrels.write_text("resume\tjob\tgrade\nann.txt\tw\t3\nbo.txt\tn\t3\nbo.txt\tc\t1\ncy.txt\tc\t2\n")
    return feed, folder, qrels


@pytest.fixture
def judged(paths):
    return read_judged(*paths, graph=SkillLinker())


def test_grades_can_be_turned_round(judged):
    assert judged.grades == {"ann.txt": {"w": 3}, "bo.txt": {"n": 3, "c": 1}, "cy.txt": {"c": 2}}
    assert judged.people_by_job() == {"w": {"ann.txt": 3}, "n": {"bo.txt": 3}, "c": {"bo.txt": 1, "cy.txt": 2}}


def test_halves_share_no_person_and_all_jobs(judged):
    one, other = judged.halves()
    assert set(one.people) | set(other.people) == set(PEOPLE)
    assert not set(one.people) & set(other.people)
    assert one.jobs == other.jobs == judged.jobs
    assert set(one.grades) == set(one.people)


def test_whoever_is_found_first_measures_one(judged):
    recommender = Recommender.open(encoder=HashEncoder())
    recommender.add(judged.jobs.values())
    recommender.add(judged.people.values())
    assert measure_jobs_for(judged, recommender, as_of=DAY)["ann.txt"] == 1
    people = measure_people_for(judged, recommender, as_of=DAY)
    assert (people["w"], people["n"]) == (1, 1)
    assert set(people) == {"w", "n", "c"}


def test_a_judgement_of_nothing_is_an_error_that_names_its_line(paths):
    with paths[2].open("a") as file:
        file.write("dee.txt\tw\t1\n")
    with pytest.raises(InputError, match=r"line 6.*dee\.txt"):
        read_judged(*paths, graph=SkillLinker())
