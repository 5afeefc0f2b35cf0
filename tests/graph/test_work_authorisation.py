"""The right to work and sponsorship, in postings and in resumes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.work_authorisation import find_work_authorisation


@pytest.mark.parametrize(
    ("text", "sponsorship"),
    [
        ("We are unable to sponsor visas for this role.", False),
        ("No sponsorship", False),
        ("Visa sponsorship: no", False),
        ("This role is not eligible for visa sponsorship", False),
        ("We cannot sponsor", False),
        ("Must be authorized to work in the U.S. without sponsorship", False),
        ("不提供签证支持", False),
        ("Visa sponsorship available", True),
        ("We can sponsor a Skilled Worker visa", True),
        ("Sponsorship is provided for the right person", True),
        ("公司可提供签证支持", True),
        ("You must have the right to work in the UK.", None),
        ("需持有工作签证", None),
        ("You need unrestricted work rights in Australia.", None),
        ("Candidates must be legally entitled to work in Canada", None),
        ("Authorization to work in the United States required", None),
        ("British passport holders can be supported with a visa", True),
    ],
)
def test_whether_the_employer_sponsors(text, sponsorship):
    (statement,) = find_work_authorisation(text)
    assert statement.sponsorship is sponsorship
    assert statement.span.is_in(text)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("I require visa sponsorship", True),
        ("需要工作签证", True),
        ("I do not need a visa to work in Germany", False),
        ("I am a British citizen", False),
        ("permanent resident of Canada", False),
        ("我有中国绿卡", False),
    ],
)
def test_whether_the_person_needs_a_sponsor(text, needs):
    (statement,) = find_work_authorisation(text)
    assert statement.needs_sponsorship is needs


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("the right to work in the UK", ("GB",)),
        ("authorized to work in the U.S. now and in the future", ("US",)),
        ("US citizens only", ("US",)),
        ("Ask us about visas", ()),
        ("eligible to work in Ireland", ("IE",)),
        ("EU work permit", ("EU",)),
    ],
)
def test_the_countries_that_are_named(text, countries):
    assert find_work_authorisation(text)[0].countries == countries


@pytest.mark.parametrize(
    "text",
    [
        "",
        "This event is sponsored by Acme",
        "Work with executive sponsors and stakeholders",
        "We sponsor a local football team",
        "You will sell sponsorship packages",
        "Experience with Visa and Mastercard",
        "Visa card processing",
        "Mastercard/Visa rules",
        "You may opt out of the pension",
        "Caring for senior citizens",
        "Citizens Advice",
    ],
)
def test_other_visas_sponsors_and_citizens(text):
    assert find_work_authorisation(text) == []


def test_each_sentence_is_a_statement_of_its_own():
    text = "• Right to work in the UK\n• We cannot sponsor visas."
    assert [found.span.text for found in find_work_authorisation(text)] == [
        "Right to work in the UK",
        "We cannot sponsor visas",
    ]


WORDS = st.sampled_from(
    ["visa", "sponsorship", "no", "U.S.", "in the UK", ".", "\n", "- ", "签证", "。", " ", "right to work"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12).map(" ".join))
def test_every_quote_stands_in_the_text(text):
    assert all(found.span.is_in(text) for found in find_work_authorisation(text))


def test_a_change_order_on_a_building_site_is_no_visa():
    assert find_work_authorisation("负责工程量签证") == []
