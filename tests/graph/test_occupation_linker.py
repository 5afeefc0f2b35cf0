"""Titles and texts are linked to occupations in English and Chinese, whatever stands around the name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import NotFoundError
from metier.graph.occupation_linker import OccupationLinker
from metier.testing import HashEncoder

LINKER = OccupationLinker()


def labels(title, linker=LINKER):
    return [one.preferred_label for one in linker.link_title(title)]


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Electrician", "electrician"),
        ("Sr. Software Engineer (m/f/d)", "software developer"),
        ("URGENTLY HIRING!! Registered Nurse - ICU", "nurse responsible for general care"),
        ("TIG Welder / Fabricator – nights", "welder"),
        ("Plumber needed ASAP!!", "plumber"),
        ("Physiotherapist Band 6", "physiotherapist"),
        ("Junior Java Developer", "software developer"),
        ("manager of restaurant", "restaurant manager"),
        ("Executive Assistant to the CEO", "executive assistant"),
        ("Senior Java Backend Developer", "software developer"),
        ("waitress", "waiter/waitress"),
        ("急聘电焊工3名", "welder"),
        ("急聘电焊工3名", "焊工"),
        ("（高薪）货车司机", "cargo vehicle driver"),
        ("高级Java开发工程师", "计算机软件工程技术人员"),
        ("幼儿园老师", "幼儿园教师"),
        ("保安", "security guard"),
    ],
)
def test_a_title_is_linked(title, label):
    assert label in labels(title)


@pytest.mark.parametrize("title", ["", "  ", "!!!", "🎉", "12345", "Python", "xqzt vvbn"])
def test_what_is_no_occupation_is_none(title):
    assert [one for one in LINKER.link_title(title) if one.score > 0.9] == []


def test_the_place_in_the_title_is_told():
    title = "Urgently hiring: Sr. Registered Nurse (nights)"
    (found, *_) = LINKER.link_title(title)
    assert found.span.is_in(title)
    assert found.span.text == "Registered Nurse"
    assert found.reason == "alias"


def test_a_title_that_no_name_equals_goes_to_the_nearest():
    (found, *_) = LINKER.link_title("Offset lithographic printing press operator")
    assert found.preferred_label in {"offset printer", "印刷操作员"}
    assert found.score < 0.95


def test_an_encoder_ranks_the_nearest():
    linker = OccupationLinker(encoder=HashEncoder(size=256))
    (found, *_) = linker.link_title("bean roasting coffee master roaster")
    assert found.preferred_label == "coffee roaster"


def test_occupations_that_a_text_names():
    text = "You report to the head chef and work with two electricians. We cook daily. 公司招聘电焊工和保安员。"
    found = [(one.span.text, one.preferred_label) for one in LINKER.link(text)]
    assert ("head chef", "head chef") in found
    assert ("electricians", "electrician") in found
    assert ("保安员", "保安员") in found
    assert "cook" not in [words for words, _ in found]


def test_a_certificate_is_no_occupation_and_a_negation_is_told():
    assert LINKER.link("持电工证上岗") == []
    (found,) = LINKER.link("We do not need an electrician.")
    assert found.is_negated


def test_an_occupation_by_its_uri():
    (found, *_) = LINKER.link_title("electrician")
    assert LINKER.occupation(found.uri).preferred_label == "electrician"
    with pytest.raises(NotFoundError):
        LINKER.occupation("none")


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_quotes(text):
    for one in [*LINKER.link_title(text), *LINKER.link(text)]:
        assert one.span.is_in(text)
        assert 0 < one.score <= 1
