"""Labels are known by their other names, and texts by the labels of what they name."""

import pytest

from metier.graph.label_lookup import LabelLookup


@pytest.fixture(scope="module")
def lookup():
    return LabelLookup()


def test_a_label_has_the_other_names_of_its_concept(lookup):
    assert "technical manager" in lookup.names("Technical director")
    assert "technical director" not in lookup.names("technical director")
    assert lookup.names("no such label") == ()


def test_a_text_gives_the_labels_of_its_skills_and_of_the_occupation_it_names(lookup):
    assert lookup.linked("Java")["java (computer programming)"] > 0.5
    assert lookup.linked("Sr. technical manager (m/w/d)")["technical director"] > 0.5
    assert lookup.linked("") == {}


def test_what_is_denied_is_not_given(lookup):
    assert "java (computer programming)" not in lookup.linked("no Java needed")
