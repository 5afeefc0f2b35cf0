"""Rows to postings: cells of any type, columns that are missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.errors import BadPostingError, InputError
from metier.jobs.table import RowsFeed, TableFeed, postings, text_of
from metier.records.job import Posting


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (True, "true"),
        (18.5, "18.5"),
        (["Python", None, "SQL"], "Python, SQL"),
        ({"name": "Acme", "id": 7}, "Acme"),
        ({"city": "Leeds", "country": "UK"}, "Leeds, UK"),
        ([{"name": "Leeds"}, {"name": "York"}], "Leeds, York"),
        ("a\x00b\r\nc", "ab\nc"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("CafÃ©", "Café"),
    ],
)
def test_cells_as_text(value, text):
    assert text_of(value) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_any_cell_becomes_text_that_can_be_stored(value):
    assert text_of(value).encode("utf-8").decode("utf-8") == text_of(value)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(JSON, st.fixed_dictionaries({"title": JSON, "description": JSON})), max_size=6))
def test_each_row_gives_one_posting_or_one_error(rows):
    if any(isinstance(row, dict) for row in rows) and not any(isinstance(row, dict) and "title" in row for row in rows):
        rows.append({"title": "Cook"})
    given = list(postings("feed", enumerate(rows, start=1)))
    assert [one.row for one in given] == list(range(1, len(rows) + 1))


def test_a_value_that_is_no_object_is_an_error_with_row_and_remedy():
    good, bad = postings("feed.json", [(1, {"title": "Cook"}), (2, 5)])
    assert isinstance(good, Posting)
    assert isinstance(bad, BadPostingError)
    assert "feed.json, row 2" in str(bad)
    assert "object" in bad.hint


def test_the_title_may_be_missing_in_the_first_row_only():
    assert len(list(postings("feed", [(1, {"id": 1}), (2, {"title": "Cook"})]))) == 2
    with pytest.raises(InputError, match="no column for the title") as told:
        list(postings("feed.json", [(1, {"id": 1}), (2, {"name of work": "Cook"})]))
    assert "'name of work'" in told.value.hint


def test_what_no_field_takes_is_kept_apart():
    (posting,) = RowsFeed(source="x", rows=({"title": "Cook", "site": "indeed"},)).read()
    assert posting.fields == {"title": "Cook", "extra:site": "indeed"}


def test_a_table_is_read_by_its_path(tmp_path):
    feed = tmp_path / "feed.tsv"
    feed.write_text("title\tdescription\nCook, head\tCooks, soup\n")
    (posting,) = TableFeed(path=feed).read()
    assert (posting.source, posting.row, posting.fields["title"]) == (str(feed), 1, "Cook, head")
