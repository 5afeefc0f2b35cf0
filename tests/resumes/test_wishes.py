"""Wishes that a resume states; what is not stated stays empty, and nothing read is hard."""

import pytest

from metier.records.preferences import Preferences
from metier.resumes.heading import section_span, split_sections
from metier.resumes.wishes import find_preferences


@pytest.fixture
def wishes_of(document_of):
    def find(text):
        document = document_of(text)
        spans = [section_span(document, lines) for kind, lines in split_sections(document) if kind == "wishes"]
        return find_preferences(document, spans)

    return find


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("求职意向：会计", ("会计",)),
        ("求职意向：会计 / 财务主管，上海", ("会计", "财务主管")),
        ("求职意向\n会计", ("会计",)),
        ("求职意向\n意向岗位：会计、出纳\n期望城市：上海", ("会计", "出纳")),
        ("求职意向\n工作性质：全职", ()),
        ("应聘职位：Java后端工程师 期望薪资：20k", ("Java后端工程师",)),
        ("期望职位：2000元", ()),
        ("Desired role: Night Nurse, Leeds", ("Night Nurse",)),
        ("Position sought: Welder | York", ("Welder",)),
        ("I am a nurse.", ()),
    ],
)
def test_titles_that_are_wished_for(wishes_of, text, titles):
    assert wishes_of(text).titles == titles


def test_a_section_of_wishes(wishes_of):
    wishes = wishes_of("Jane, Paris\nLooking for\nHybrid part-time work in Leeds or York")
    assert [place.city for place in wishes.locations] == ["Leeds", "York"]
    assert (wishes.workplaces, wishes.employment_types, wishes.hard) == (("hybrid",), ("part_time",), ())


def test_a_chinese_section_of_wishes(wishes_of):
    wishes = wishes_of("张伟，北京\n求职意向\n期望城市：上海、杭州\n工作性质：全职")
    assert [place.city for place in wishes.locations] == ["Shanghai", "Hangzhou"]
    assert wishes.employment_types == ("full_time",)


@pytest.mark.parametrize(
    ("text", "countries", "needs"),
    [
        ("Jane\nI am a British citizen.", ("GB",), False),
        ("Jane\nI will need visa sponsorship in Germany.", (), True),
        ("Jane\nRight to work\nI need visa sponsorship in the UK.", (), True),
        ("Jane\nNurse in Leeds", (), None),
    ],
)
def test_the_right_to_work_is_read_anywhere(wishes_of, text, countries, needs):
    wishes = wishes_of(text)
    assert (wishes.authorised_in, wishes.needs_sponsorship) == (countries, needs)


def test_a_resume_without_wishes_has_none(wishes_of):
    assert wishes_of("Jane\nWork\nNurse in Leeds, remote, full-time, 2019 – 2021") == Preferences(hard=())


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Looking for: a planner job in the West Midlands", ("planner",)),
        (
            "Looking for\nPlanner or assistant transport manager, Leeds to York",
            ("Planner", "assistant transport manager"),
        ),
        ("Want: a steady processor seat, days if I can", ("processor",)),
        ("What I want\nEither head nurse somewhere decent, or a rest", ("head nurse",)),
        ("意向\n品牌 / 市场负责人", ("市场负责人",)),
        ("求职意向\n太仓、苏州", ()),
        ("What next\nOur senior partner retires in spring", ()),
        ("Looking for a lead or senior individual role", ()),
        ("I was looking for trouble", ()),
    ],
)
def test_wanted_titles_in_plain_words(document_of, text, titles):
    document = document_of(text)
    spans = [section_span(document, lines) for kind, lines in split_sections(document) if kind == "wishes"]
    assert find_preferences(document, spans).titles == titles


def test_two_letters_are_no_wished_place(document_of):
    document = document_of("Looking for\nTeam manager\nWeekends OK")
    spans = [section_span(document, lines) for kind, lines in split_sections(document) if kind == "wishes"]
    assert find_preferences(document, spans).locations == ()
