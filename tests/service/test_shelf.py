"""Reads beside the catalog's own: versions that change when they must, pages without gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metier.errors import InputError, NotFoundError
from metier.service.shelf import from_cursor, to_cursor
from metier.service.wire import PostingIn


def put(desk, key, title="Welder"):
    desk.put([desk.read_posting(PostingIn(id=key, title=title, description="Weld steel."))])


def test_the_last_write_of_a_kind_changes_with_each_write_of_that_kind(desk):
    seen = [desk.shelf.last_write("job")]
    put(desk, "a")
    seen.append(desk.shelf.last_write("job"))
    put(desk, "a", "Senior welder")
    seen.append(desk.shelf.last_write("job"))
    desk.expire("a", None)
    seen.append(desk.shelf.last_write("job"))
    desk.delete("job", "a")
    seen.append(desk.shelf.last_write("job"))
    put(desk, "a", "Senior welder")
    seen.append(desk.shelf.last_write("job"))
    assert len(set(seen)) == len(seen)
    assert desk.shelf.last_write("person") == (0, 0)


def test_documents_come_in_the_order_of_ids(desk):
    for key in ("b", "a", "c"):
        put(desk, key)
    assert [row[0] for row in desk.shelf.documents("job", after="", limit=2)] == ["a", "b"]
    assert [row[0] for row in desk.shelf.documents("job", after="b", limit=2)] == ["c"]
    with pytest.raises(NotFoundError):
        desk.shelf.document("job", "nothing")


@given(st.text())
def test_cursors_come_back(key):
    key = key.encode("utf-8", "replace").decode()
    assert from_cursor(to_cursor(key)) == key


@pytest.mark.parametrize("bad", ["%", "ÿ", "A", "____"])
def test_what_is_no_cursor_is_told(bad):
    with pytest.raises(InputError):
        from_cursor(bad)
