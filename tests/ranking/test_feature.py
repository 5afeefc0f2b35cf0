"""Named factors; what is not known is neutral, and nothing protected is read."""

from dataclasses import replace

import pytest

from metier.ranking.score import zero_shot_model
from metier.records.preferences import Preferences
from metier.records.profile import Basics
from metier.records.span import Found, Span
from metier.resumes import make_preferences, with_preferences

MODEL = zero_shot_model()
RESUME = """Ann Lee
Leeds, United Kingdom

Work experience
Senior Welder, Harrow Fabrications, 01/2016 - 12/2025
- TIG welding of stainless pipe to drawing
- Used AutoCAD for drawings

Skills
TIG welding, AutoCAD
"""
POSTING = """What you'll do
- TIG weld stainless pipe to drawing

Requirements
- TIG welding
- AutoCAD
"""


@pytest.fixture(scope="module")
def ann(person_of):
    return person_of(RESUME)


@pytest.fixture(scope="module")
def job(job_of):
    return job_of(
        "Senior Welder", POSTING, location="Leeds, United Kingdom", salary="£40,000 a year", employment_type="full-time"
    )


@pytest.fixture(scope="module")
def factors_of(match_of):
    """Give factor name to value, None where nothing is known."""

    def make(person, posting):
        return {one.name: None if one.is_neutral else one.value for one in match_of(person, posting).factors}

    return make


def test_every_factor_of_the_model_is_worked_out_and_lies_between_0_and_1(ann, job, factors_of):
    factors = factors_of(ann, job)
    assert tuple(factors) == MODEL.factors
    assert all(value is None or 0 <= value <= 1 for value in factors.values())


def test_a_pair_that_fits_has_high_factors(ann, job, factors_of):
    factors = factors_of(ann, job)
    assert all(
        factors[name] > 0.8 for name in ("skills", "occupation", "experience", "seniority", "recency", "location")
    )


def test_of_two_that_say_nothing_nothing_is_known(person_of, job_of, factors_of):
    factors = factors_of(person_of("Hello, I am looking for something."), job_of("Helper", "Come and see us."))
    silent = set(MODEL.factors) - {"lexical", "likeness"}
    assert {name for name in silent if factors[name] is not None} == set()


def test_an_unknown_factor_counts_as_its_neutral_value(person_of, job_of, match_of):
    match = match_of(person_of("Hello, I am looking for something."), job_of("Helper", "Come and see us."))
    neutral = dict(zip(MODEL.factors, MODEL.neutral, strict=True))
    assert all(one.value == neutral[one.name] for one in match.factors if one.is_neutral)


@pytest.mark.parametrize("wish", ["workplace", "salary", "employment_type", "schedule"])
def test_an_unknown_wish_is_neutral(ann, job, factors_of, wish):
    assert factors_of(replace(ann, preferences=Preferences()), job)[wish] is None


@pytest.mark.parametrize(
    ("wish", "factor", "least", "most"),
    [
        ({"salary_min": "£30,000 a year"}, "salary", 0.9, 1.0),
        ({"salary_min": "£40,000 a year"}, "salary", 0.5, 0.5),
        ({"salary_min": "£80,000 a year"}, "salary", 0.0, 0.0),
        ({"salary_min": "€30,000 a year"}, "salary", None, None),
        ({"employment_types": ["full-time", "contract"]}, "employment_type", 1.0, 1.0),
        ({"employment_types": ["part-time"]}, "employment_type", 0.0, 0.0),
        ({"workplaces": ["remote"]}, "workplace", None, None),
        ({"schedules": ["day"]}, "schedule", None, None),
        ({"locations": ["Leeds"]}, "location", 1.0, 1.0),
        ({"locations": ["Bristol"]}, "location", 0.2, 0.3),
        ({"locations": ["Berlin"]}, "location", 0.0, 0.1),
        ({"titles": ["Senior Welder"]}, "wished_title", 0.95, 1.0),
        ({"titles": ["Pastry chef"]}, "wished_title", 0.0, 0.3),
    ],
)
def test_a_wish_is_known_only_where_both_sides_speak(ann, job, factors_of, wish, factor, least, most):
    value = factors_of(with_preferences(ann, make_preferences(wish)), job)[factor]
    assert value is None if least is None else least <= value <= most


def test_where_there_are_few_requirements_coverage_stays_near_neutral(ann, job, factors_of):
    neutral = MODEL.neutral[MODEL.factors.index("coverage")]
    need = job.requirements[0]
    one, five = (factors_of(ann, replace(job, requirements=(need,) * count))["coverage"] for count in (1, 5))
    assert neutral < one < five < 1


def test_a_skill_that_the_job_does_not_want_moves_nothing(person_of, job_of, factors_of):
    person = person_of("Ann Lee\n\nWork experience\nDeveloper, Acme, 01/2016 - 12/2025\n- Wrote Java every day\n")
    job = job_of("Developer", "You write Go. No Java required.")
    assert [mention.is_negated for mention in job.skills if mention.preferred_label.startswith("Java")] == [True]
    factors = factors_of(person, job)
    assert factors["recency"] is None
    assert not factors["skills"]


def test_a_skill_grows_stale(person_of, job, factors_of):
    values = [
        factors_of(person_of(f"Ann Lee\n\nWork experience\nWelder, Acme, 01/2000 - 12/{year}\n- TIG welding\n"), job)[
            "recency"
        ]
        for year in (2005, 2020, 2025)
    ]
    assert values[0] == 0
    assert values[0] < values[1] < values[2] == 1


def test_being_below_the_level_costs_more_than_being_above(person_of, job_of, factors_of):
    def fit(person_title, job_title):
        person = person_of(f"Ann Lee\n\nWork experience\n{person_title}, Acme, 01/2016 - 12/2025\n- Kept accounts\n")
        return factors_of(person, job_of(job_title, "Keep our accounts."))["seniority"]

    assert fit("Senior Accountant", "Senior Accountant") == 1
    assert fit("Junior Accountant", "Senior Accountant") < fit("Senior Accountant", "Junior Accountant") < 1


def test_two_languages_share_no_wording(person_of, job, factors_of):
    person = person_of("王伟\n\n工作经历\n2010年-2014年 焊工\n负责不锈钢管道的焊接工作，熟悉图纸\n")
    assert factors_of(person, job)["lexical"] is None


@pytest.mark.parametrize("name", ["name", "email", "phone", "url"])
def test_who_the_person_is_moves_no_factor(ann, job, factors_of, name):
    found = Found(value="Mohammed", span=Span.of(ann.text, 0, 3))
    changed = replace(ann, basics=replace(ann.basics, **{name: found}))
    assert factors_of(changed, job) == factors_of(replace(ann, basics=replace(ann.basics, **{name: None})), job)
    assert name in Basics.__dataclass_fields__


@pytest.mark.parametrize(
    ("languages", "least", "most"),
    [("", 0.0, 0.2), ("Languages\nEnglish: fluent", 0.9, 1.0), ("Languages\nEnglish: A2", 0.2, 0.3)],
)
def test_the_language_of_the_posting_is_spoken_or_not(person_of, job, factors_of, languages, least, most):
    chinese = "张伟\n苏州\n\n工作经历\n2016.01 - 2025.12 苏州恒泽机械有限公司 焊工\n负责不锈钢管道的氩弧焊，按图纸施工，检查焊缝质量\n\n"
    assert least <= factors_of(person_of(chinese + languages), job)["language"] <= most


def test_whoever_writes_in_the_language_of_the_posting_speaks_it(ann, job, factors_of):
    assert factors_of(ann, job)["language"] == 1


def test_a_job_abroad_is_farther_than_one_in_the_country(ann, job_of, factors_of):
    near, far, abroad = (
        factors_of(ann, job_of("Welder", POSTING, location=place))["location"]
        for place in ("Bradford, UK", "Bristol, UK", "Lyon, France")
    )
    assert near > far > abroad


def test_sentences_of_wishes_count_beside_the_work_held(person_of, job_of, factors_of):
    baker = job_of("Baker", "Requirements:\n- Early mornings\n")
    silent, wishing = person_of(RESUME), person_of(RESUME + "\nLooking for\nBaker in a small shop\n")
    assert factors_of(wishing, baker)["wished_title"] > factors_of(silent, baker)["wished_title"]
    assert factors_of(wishing, baker)["coverage"] == factors_of(silent, baker)["coverage"]


def test_documents_as_wholes_are_alike_or_not(ann, job, job_of, factors_of):
    other = job_of("Pastry chef", "You bake bread and cakes.\n\nRequirements:\n- Patisserie\n- Food hygiene\n")
    assert factors_of(ann, job)["likeness"] > factors_of(ann, other)["likeness"]
