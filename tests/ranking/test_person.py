"""What is worked out once for a person is what would be worked out for each job."""

import datetime as dt

import pytest

from metier.ranking.person import LEVELS, PersonView

DAY = dt.date(2026, 11, 20)
RESUME = "Ann Lee\n\nWork experience\n{title}, Harrow Fabrications, {period}\n- {line}\n"


@pytest.fixture(scope="module")
def view_of(person_of, graph):
    def make(title="Welder", period="01/2016 - 12/2025", line="TIG welding"):
        return PersonView(person_of(RESUME.format(title=title, period=period, line=line)), graph, DAY)

    return make


def test_the_level_is_that_of_the_title_else_of_the_years(view_of):
    assert view_of("Senior Welder", "01/2025 - 06/2025").level == LEVELS.index("senior")
    assert view_of("Welder", "01/2025 - 06/2025").level < LEVELS.index("mid")
    assert view_of("Welder", "01/2016 - 12/2025").level > LEVELS.index("mid")


def test_more_years_are_no_lower_level(view_of):
    levels = [view_of("Welder", f"01/{first} - 12/2025").level for first in (2025, 2023, 2020, 2010)]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]


def test_without_dates_and_title_nothing_is_known(person_of, graph):
    view = PersonView(person_of("Ann Lee\nTIG welding of pipes"), graph, DAY)
    assert (view.months, view.level) == (None, None)


def test_the_nearest_skill_is_the_same_one_then_a_near_one_then_none(view_of, graph):
    view = view_of(line="TIG welding, AutoCAD")
    for skill in view.profile.skills:
        assert view.nearest(skill.uri) == (1.0, skill)
    (mig,) = {mention.uri for mention in graph.link("MIG welding")}
    degree, skill = view.nearest(mig)
    assert 0 < degree < 1
    assert "tungsten" in skill.name
    (nursing,) = {mention.uri for mention in graph.link("intensive care")}
    assert view.nearest(nursing) == (0.0, None)


def test_near_skills_are_those_of_the_graph(view_of, graph):
    view = view_of(line="TIG welding, AutoCAD, forklift")
    for uri in {mention.uri for mention in graph.link("MIG welding, forklift, Python")}:
        expected = {place: graph.nearness(uri, skill.uri) for place, skill in enumerate(view.profile.skills)}
        assert dict(view.near(uri)) == {place: degree for place, degree in expected.items() if degree}
