"""A little world of welders and nurses in two towns, and what they did with the jobs."""

import datetime as dt
import random

import pytest

from metier.recommender import Recommender
from metier.records.event import Event
from metier.testing import HashEncoder

START = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DUTIES = {"Welder": "TIG welding of stainless pipe", "Nurse": "Care for patients in intensive care"}
TOWNS = ("Sheffield", "Bristol")


@pytest.fixture(scope="session")
def jobs(job_of):
    made = []
    for trade, duty in DUTIES.items():
        for town in TOWNS:
            for number in range(8):
                text = f"Requirements\n- {duty}\n- shift {number}\n"
                fields = {"id": f"{trade}-{town}-{number}", "location": f"{town}, United Kingdom"}
                made.append(job_of(f"{trade} {number}", text, **fields))
    return made


@pytest.fixture(scope="session")
def people(person_of):
    found = []
    for number in range(6):
        for trade, duty in DUTIES.items():
            text = f"Person\n{TOWNS[number % 2]}, United Kingdom\n\nWork experience\n{trade}, Shop {number}, 01/2016 - 12/2025\n- {duty}\n"
            found.append(person_of(text, f"{trade}{number}"))
    return found


def event(key, person, job, hours, kind="click", **fields):
    at = START + dt.timedelta(hours=hours)
    values = {"id": str(key), "kind": kind, "profile_id": person, "job_id": job, "actor": "person", "at": at}
    return Event(**values | fields)


@pytest.fixture(scope="session")
def events(jobs):
    """People, most of them unknown, look at four jobs of one trade in one town each."""
    chance = random.Random(5)
    found = []
    for number in range(140):
        trade, town = chance.choice(list(DUTIES)), chance.choice(TOWNS)
        person = f"{trade}{number % 6}" if number % 3 == 0 else f"somebody{number}"
        for step in range(4):
            job = f"{trade}-{town}-{chance.randrange(8)}"
            found.append(event(f"{number}-{step}", person, job, 5 * number + step))
    return found


@pytest.fixture
def recommender(graph, jobs, people, tmp_path):
    made = Recommender.open(str(tmp_path / "c"), encoder=HashEncoder(), graph=graph)
    made.add([*jobs, *people], with_parts=True)
    yield made
    made.catalog.close()


@pytest.fixture
def event_of():
    return event
