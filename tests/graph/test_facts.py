"""What words mean: places, languages, licences, education, level, workplace, right to work."""

import pytest

from metier.graph.education import find_education
from metier.graph.licence import find_licences
from metier.graph.place import distance_km, find_place, is_in
from metier.graph.seniority import find_seniority
from metier.graph.spoken_language import find_languages
from metier.graph.work_authorisation import find_work_authorisation
from metier.graph.working_conditions import find_employment_type, find_workplace


def test_places_and_distances():
    leeds, bradford, suzhou = map(find_place, ("Leeds, UK", "Bradford, United Kingdom", "江苏苏州"))
    assert (leeds.city, leeds.country, suzhou.country) == ("Leeds", "GB", "CN")
    assert distance_km(leeds, bradford) < 25
    assert distance_km(leeds, suzhou) > 8000
    assert is_in(find_place("Berlin, Germany"), "EU")


@pytest.mark.parametrize(
    ("text", "language", "level"),
    [("fluent English", "en", "C1"), ("German (B2)", "de", "B2"), ("native Polish speaker", "pl", "C2")],
)
def test_languages_with_levels(text, language, level):
    found = find_languages(text)[0]
    assert (found.language, found.level) == (language, level)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("HGV class 1 licence", "driving_ce"),
        ("持A2驾照", "driving_ce"),
        ("counterbalance forklift licence", "forklift"),
    ],
)
def test_licences(text, key):
    assert key in {found.value for found in find_licences(text)}


@pytest.mark.parametrize(
    ("text", "level"),
    [("BSc in Physics", "bachelor"), ("硕士研究生", "master"), ("大专及以上", "associate"), ("PhD", "doctorate")],
)
def test_education(text, level):
    assert level in {found.value for found in find_education(text)}


def test_seniority_and_workplace():
    assert find_seniority("Senior Data Engineer").value == "senior"
    assert find_workplace("hybrid, two days in the office").value == "hybrid"
    assert find_workplace("this is not a remote job").value == "on_site"
    assert find_workplace("a job") is None
    assert find_employment_type("part-time, 20 hours").value == "part_time"


def test_the_right_to_work():
    (statement, *_) = find_work_authorisation("We are unable to sponsor visas for this role.")
    assert statement.sponsorship is False
