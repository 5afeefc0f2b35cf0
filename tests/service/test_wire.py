"""Requests are checked once, and nothing unknown is dropped in silence."""

import pytest
from pydantic import ValidationError

from metier.service.wire import EventIn, Filters, PersonIn, PostingIn, Question, SearchIn


@pytest.mark.parametrize("bad", ["", "a/b", "a\\b", "a\x00b", "a\nb", "x" * 257])
def test_ids_are_what_a_path_can_hold(bad):
    with pytest.raises(ValidationError):
        PersonIn(id=bad, text="x")
    with pytest.raises(ValidationError):
        EventIn(kind="save", profile_id=bad, job_id="j")


def test_postings_keep_the_names_of_feeds():
    assert PostingIn.model_validate({"job_title": "Welder", "company": "A"}).model_dump()["job_title"] == "Welder"


def test_unknown_wishes_are_an_error():
    with pytest.raises(ValidationError):
        Question.model_validate({"colour": "red"})


def test_a_filter_knows_whether_it_asks_for_anything():
    assert Filters().is_empty()
    assert Filters(stated_only=True).is_empty()
    assert not Question(country=["GB"]).filters().is_empty()
    with pytest.raises(ValidationError):
        Filters(language=["english!"])


def test_a_search_needs_an_address():
    with pytest.raises(ValidationError):
        SearchIn(side="jobs", subject="a", url="ftp://x")
