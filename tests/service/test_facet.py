"""Filters: what is not stated stays unless it must be stated; level with the truth at once."""

import pytest

from metier.errors import InputError
from metier.service.facet import Facets
from metier.service.wire import Filters, PersonIn, PostingIn

JOBS = {
    "leeds": {
        "location": "Leeds, United Kingdom",
        "salary": "£30,000 a year",
        "employment_type": "full-time",
        "date_posted": "2026-11-10",
    },
    "dublin": {
        "location": "Dublin, Ireland",
        "salary": "€40,000 a year",
        "workplace": "hybrid",
        "date_posted": "2026-10-01",
    },
    "silent": {},
}


@pytest.fixture
def facets(desk):
    body = "We weld steel frames for the bridges of the country, and we look for people who like to weld."
    desk.put(
        [
            desk.read_posting(PostingIn.model_validate({"id": key, "title": "Welder", "description": body} | row))
            for key, row in JOBS.items()
        ]
    )
    return Facets(desk.truth, "job")


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({"country": ["gb"]}, {"leeds", "silent"}),
        ({"country": ["gb"], "stated_only": True}, {"leeds"}),
        ({"city": ["dublin", "LEEDS"], "stated_only": True}, {"leeds", "dublin"}),
        ({"workplace": ["hybrid"], "stated_only": True}, {"dublin"}),
        ({"employment_type": ["full_time"], "stated_only": True}, {"leeds"}),
        ({"salary_min": "£25,000 a year", "stated_only": True}, {"leeds"}),
        ({"salary_min": "£35,000 a year"}, {"dublin", "silent"}),
        ({"salary_min": "£14 an hour", "stated_only": True}, {"leeds"}),
        ({"posted_since": "2026-11-01", "stated_only": True}, {"leeds"}),
        ({"language": ["en"]}, {"leeds", "dublin", "silent"}),
        ({"language": ["zh"], "stated_only": True}, set()),
    ],
)
def test_a_filter_leaves_what_fits(facets, wanted, left):
    assert facets.matching(Filters.model_validate(wanted)) == left


def test_what_is_written_and_deleted_is_known_at_once(desk, facets):
    only = Filters(country=["GB"], stated_only=True)
    assert facets.matching(only) == {"leeds"}
    row = {"id": "york", "title": "Welder", "description": "Weld steel.", "location": "York, United Kingdom"}
    desk.put([desk.read_posting(PostingIn.model_validate(row))])
    assert facets.matching(only) == {"leeds", "york"}
    desk.delete("job", "leeds")
    assert facets.matching(only) == {"york"}


def test_people_are_filtered_by_where_they_live(desk):
    desk.put([desk.read_person(PersonIn(id="ana", text="Ana Lee\nLeeds, United Kingdom\n\nSkills\nTIG welding"))])
    assert Facets(desk.truth, "person").matching(Filters(country=["GB"], stated_only=True)) == {"ana"}
    assert Facets(desk.truth, "person").matching(Filters(country=["IE"], stated_only=True)) == set()


def test_a_salary_that_is_none_is_told(facets):
    with pytest.raises(InputError, match="no pay"):
        facets.matching(Filters(salary_min="plenty"))
