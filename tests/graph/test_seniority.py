"""The level that a title states, or that years imply."""

import pytest

from metier.graph.seniority import find_seniority, seniority_of_years


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Data Engineer", "senior"),
        ("Sr. Engineer", "senior"),
        ("高级工程师", "senior"),
        ("Java开发（高级）", "senior"),
        ("Junior Developer", "junior"),
        ("助理工程师", "junior"),
        ("Assistant Manager", "junior"),
        ("Senior Account Director", "director"),
        ("总监", "director"),
        ("Headteacher", "director"),
        ("Head Chef", "manager"),
        ("店长", "manager"),
        ("CTO", "executive"),
        ("VP of Sales", "executive"),
        ("Tech Lead", "lead"),
        ("Staff Software Engineer", "lead"),
        ("Graduate Engineer", "entry"),
        ("Engineer II", "mid"),
        ("实习生", "intern"),
    ],
)
def test_a_title_states_its_level(title, level):
    assert find_seniority(title).value == level


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Electrician",
        "Staff Nurse",
        "Account Manager",
        "客户经理",
        "Internal Auditor",
        "Lead Generation Specialist",
        "Chief Engineer",
        "Executive Assistant to the CEO",
        "PA to the Managing Director",
        "总监助理",
        "经理助理",
    ],
)
def test_a_title_without_a_level_of_its_own(title):
    assert find_seniority(title) is None


def test_the_level_has_its_quote():
    title = "Data Engineer (Senior)"
    found = find_seniority(title)
    assert found.span.is_in(title)
    assert found.span.text == "Senior"


def test_more_years_never_mean_a_lower_level():
    order = ["entry", "junior", "mid", "senior", "lead"]
    levels = [order.index(seniority_of_years(half / 2)) for half in range(60)]
    assert levels == sorted(levels)
    assert (seniority_of_years(0), seniority_of_years(30)) == ("entry", "lead")
