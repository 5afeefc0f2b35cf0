"""Years of experience that a sentence asks for, and years that are something else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.jobs.years import find_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3 years of experience", 3),
        ("3+ years' experience in sales", 3),
        ("3-5 years of experience", 3),
        ("Between 2 and 4 years of experience", 2),
        ("two (2) years of experience", 2),
        ("five or more years of experience", 5),
        ("twenty years of experience", 20),
        ("1.5 years of experience", 1.5),
        ("half a year of experience", 0.5),
        ("18 months of experience", 1.5),
        ("2 yrs exp", 2),
        ("3+ years with JS and k8s", 3),
        ("2+ yrs of SQL", 2),
        ("2 Jahre Berufserfahrung", 2),
        ("3 ans d'expérience", 3),
        ("5 year degree plus 3 years of experience", 3),
        ("Must be 18 years old and have 2 years of experience", 2),
        ("3年以上工作经验", 3),
        ("1-3年经验", 1),
        ("经验：3-5年", 3),
        ("两年以上", 2),
        ("十年以上经验", 10),
        ("十五年以上经验", 15),
        ("二十年经验", 20),
        ("半年以上经验", 0.5),
        ("25-40岁，2年以上工作经验", 2),
        ("公司成立10年，要求3年经验", 3),
        ("at least a year coaching people with experience of injuries", 1),
    ],
)
def test_the_least_years(text, years):
    assert find_years(text).value == pytest.approx(years)


@pytest.mark.parametrize(
    "text",
    [
        "No experience required",
        "no prior experience necessary",
        "Experience is not essential",
        "经验不限",
        "无需经验",
        "不限经验",
        "不用经验，老师傅带3天",
        "No machining experience?",
        "You don't need experience.",
        "No exp needed",
    ],
)
def test_no_years_are_needed(text):
    assert find_years(text).value == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Experience preferred",
        "must be 18 years of age",
        "18 years old with experience",
        "Over 25 years we have gathered experience",
        "We have over 50 years of experience",
        "Founded in 1990, with 20 years of experience",
        "10 years in business",
        "a 2-year contract, experience needed",
        "2020年以后毕业，有经验",
        "公司成立于2005年，有20年行业经验",
        "99 years of experience",
    ],
)
def test_other_years(text):
    assert find_years(text) is None


WORDS = st.sampled_from(
    ["3", "十", "半", "年", "years", "month", "between", "and", "-", "experience", "经验", "a", "+", "'"]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=10).map(" ".join)
    | st.lists(WORDS, max_size=8).map("".join)
)
def test_any_sentence_gives_plausible_years_with_their_quote(sentence):
    found = find_years(sentence)
    assert found is None or (0 <= found.value <= 30 and found.span.is_in(sentence))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3 years on site", 3),
        ("At least six months on a ward", 0.5),
        ("A year or two in an office", 1),
        ("15-18 months", None),
        ("900 invoices a month", None),
        ("£27,500 a year", None),
        ("a licence held for six months", None),
        ("no violations in three years", None),
        ("five years' residence in the UK", None),
        ("a year in practice or newly qualified", None),
    ],
)
def test_under_a_heading_of_requirements_years_are_experience(text, years):
    found = find_years(text, is_asked=True)
    assert (found.value if found else None) == years
