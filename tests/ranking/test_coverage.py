"""Whether a requirement is met, and which line of the resume shows it."""

from dataclasses import replace

import pytest

from metier.records.preferences import Preferences

RESUME = """Ann Lee
Leeds

Work experience
Welder, Harrow Fabrications, 01/2015 - 12/2020
- TIG welding of stainless pipe to drawing
- Operated a forklift in the yard

Education
BSc Mechanical Engineering, University of Leeds, 2014

Languages
English (C1), German (A2)

Licences
Forklift licence
"""
POSTING = """Requirements
- TIG welding
- Underwater basket weaving
- Forklift licence
- Bachelor's degree
- Doctorate
- Fluent German
- English
- Five years of welding
- Nine years of welding
- Right to work in the UK
"""


@pytest.fixture(scope="module")
def ann(person_of):
    return person_of(RESUME)


@pytest.fixture(scope="module")
def judge(job_of, need_of, match_of):
    """Judge requirements, each given as (words of the posting, kind, fields)."""

    def make(person, *needs):
        job = job_of("Welder", POSTING)
        asked = tuple(need_of(job, words, kind, **fields) for words, kind, fields in needs)
        asked = tuple(
            replace(need, mentions=tuple(m for m in job.skills if _within(m.span, need.span))) for need in asked
        )
        return match_of(person, replace(job, requirements=asked)).coverage

    return make


def _within(inner, outer):
    return outer.start <= inner.start and inner.end <= outer.end


@pytest.mark.parametrize(
    ("words", "kind", "fields", "verdict", "evidence"),
    [
        ("TIG welding", "skill", {}, "met", "TIG welding"),
        ("Underwater basket weaving", "skill", {}, "missing", None),
        ("Forklift licence", "licence", {"licence": "forklift"}, "met", "forklift"),
        ("Bachelor's degree", "education", {"education": "bachelor"}, "met", "BSc"),
        ("Doctorate", "education", {"education": "doctorate"}, "partly", "BSc"),
        ("Fluent German", "language", {"language": "de", "language_level": "C1"}, "missing", "German"),
        ("English", "language", {"language": "en", "language_level": "B2"}, "met", "English"),
        ("Five years of welding", "experience", {"years_min": 5.0}, "met", ""),
        ("Nine years of welding", "experience", {"years_min": 9.0}, "partly", ""),
        ("Right to work in the UK", "work_authorisation", {}, "not_stated", None),
    ],
)
def test_each_kind_of_requirement_is_judged_by_what_the_resume_shows(
    judge, ann, words, kind, fields, verdict, evidence
):
    (judged,) = judge(ann, (words, kind, fields))
    assert judged.verdict == verdict
    if evidence is None:
        assert judged.evidence is None
    else:
        assert judged.evidence.is_in(ann.text)
        assert evidence.lower() in judged.evidence.text.lower()


@pytest.mark.parametrize(
    ("words", "kind", "fields"),
    [
        ("Bachelor's degree", "education", {"education": "bachelor"}),
        ("Fluent German", "language", {"language": "de"}),
        ("Forklift licence", "licence", {"licence": "forklift"}),
        ("Five years of welding", "experience", {"years_min": 5.0}),
    ],
)
def test_silence_is_not_stated_and_never_missing(judge, person_of, words, kind, fields):
    (judged,) = judge(person_of("Ann Lee\nHobbies: chess and long walks"), (words, kind, fields))
    assert (judged.verdict, judged.evidence) == ("not_stated", None)


def test_a_resume_written_in_the_language_shows_it(judge, person_of):
    german = replace(person_of("Schweißer mit Freude"), language="de")
    (judged,) = judge(german, ("Fluent German", "language", {"language": "de"}))
    assert (judged.verdict, judged.means, judged.evidence) == ("met", "resume_language", None)


def test_weights_sum_to_1_and_a_must_weighs_more_than_a_wish(judge, ann):
    must, nice, condition, waived = judge(
        ann,
        ("TIG welding", "skill", {}),
        ("Underwater basket weaving", "skill", {"importance": "nice"}),
        ("Right to work in the UK", "work_authorisation", {}),
        ("Doctorate", "education", {"education": "doctorate", "is_waived": True}),
    )
    assert must.weight + nice.weight == pytest.approx(1)
    assert must.weight > nice.weight > 0
    assert condition.weight == waived.weight == 0
    assert (waived.verdict, waived.means) == ("met", "waived")


def test_only_conditions_make_no_weights(judge, ann):
    (judged,) = judge(ann, ("Right to work in the UK", "work_authorisation", {}))
    assert judged.weight == 0


def test_a_job_that_asks_for_nothing_has_no_coverage(judge, ann):
    assert judge(ann) == ()


def test_one_requirement_is_judged_the_same_whatever_else_is_asked(judge, ann):
    (alone,) = judge(ann, ("TIG welding", "skill", {}))
    (among, _) = judge(ann, ("TIG welding", "skill", {}), ("Doctorate", "education", {"education": "doctorate"}))
    assert replace(among, weight=1.0) == replace(alone, weight=1.0)


def test_wishes_show_nothing(judge, ann):
    """A title that the person would like is no evidence that the work was done."""
    wishing = replace(ann, preferences=Preferences(titles=("Underwater basket weaving",)))
    (judged,) = judge(wishing, ("Underwater basket weaving", "skill", {}))
    assert judged.evidence is None
    assert judged.verdict == "missing"


def test_chinese_requirements_are_met_by_chinese_lines(job_of, person_of, match_of):
    job = job_of("后端工程师", "任职要求：\n1、熟悉 Java 和 MySQL；\n2、本科及以上学历；\n")
    person = person_of("王伟\n\n教育经历\n2010年-2014年 浙江大学 计算机 本科\n\n专业技能\n熟练使用 Java、MySQL\n")
    coverage = match_of(person, job).coverage
    assert [entry.verdict for entry in coverage] == ["met", "met"]
    assert all(entry.requirement.span.is_in(job.text) and entry.evidence.is_in(person.text) for entry in coverage)
