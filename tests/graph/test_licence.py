"""Licences by one key, whatever the words and the language, and which one covers which."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.licence import find_licences, licence_covers, licence_label


def keys(text):
    return [found.value for found in find_licences(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("HGV class 1 licence", "driving_ce"),
        ("C + E", "driving_ce"),
        ("持A2驾照", "driving_ce"),
        ("CDL", "driving_c"),
        ("class B CDL", "driving_c"),
        ("full, clean UK driving licence", "driving_b"),
        ("driver’s license", "driving_b"),
        ("Führerschein Klasse B", "driving_b"),
        ("C1驾驶证", "driving_b"),
        ("counterbalance forklift licence", "forklift"),
        ("叉车证", "forklift"),
        ("焊工证", "welder"),
        ("低压电工证", "electrician"),
        ("RN license", "nursing_registration"),
        ("护士执业证", "nursing_registration"),
        ("enhanced DBS", "background_check"),
        ("注册会计师", "cpa"),
        ("教师资格证", "teaching"),
        ("健康证", "food_hygiene"),
        ("manual driver's, first-class", "driving_b"),
        ("Class 5 licence", "driving_b"),
        ("C1以上即可", "driving_b"),
        ("LF licence", "forklift"),
        ("AHPRA registration as a physiotherapist", "physio_registration"),
        ("active RDH license", "dental_hygienist"),
        ("RVN", "vet_nurse"),
        ("VCI registered", "vet"),
        ("REHIS Intermediate Food Hygiene", "food_hygiene"),
    ],
)
def test_licences_by_their_names(text, key):
    assert keys(text) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "招养老护理员6名",
        "knowledge of food safety law",
        "AHPRA registered paramedic",
        "an EU Blue Card if you are here",
    ],
)
def test_words_that_only_look_like_a_licence(text):
    assert keys(text) == []


@pytest.mark.parametrize(
    "text", ["", "software licences", "a licence to operate", "CPA marketing", "English C1", "身体健康证明"]
)
def test_other_words_are_no_licence(text):
    assert keys(text) == []


def test_where_two_names_meet_the_longer_one_is_kept():
    assert keys("ACCA or CIMA") == ["accounting_qualification"]
    assert keys("ACCA, and a forklift ticket") == ["acca", "forklift"]


def test_a_lorry_driver_may_drive_a_car_but_not_the_other_way_round():
    assert licence_covers("driving_ce", "driving_b")
    assert not licence_covers("driving_b", "driving_ce")
    assert licence_covers("forklift", "forklift")
    assert not licence_covers("nobody's", "forklift")


def test_a_key_has_a_name_for_people():
    assert licence_label("forklift") == "Forklift licence"
    assert licence_label("something else") == "something else"


WORDS = st.sampled_from(["HGV class 1", "CDL", "叉车证", "licence", "CPR/BLS", "C+E", "NMC PIN", "A2驾照", "\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join))
def test_quotes_stand_in_the_text_and_never_overlap(text):
    end = 0
    for found in find_licences(text):
        assert found.span.is_in(text)
        assert found.span.start >= end
        end = found.span.end
