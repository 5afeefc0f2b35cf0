"""Saved searches: what is new becomes one message, in the same commit that remembers it."""

import json
from dataclasses import replace

import pytest

from metier.errors import NotFoundError
from metier.service.saved_search import SearchBook
from metier.service.wire import PersonIn, PostingIn, SearchIn

RESUME = "Ana\n\nExperience\nWelder, Halden Steel, 2019 - present\n- TIG welding of stainless pipe"


@pytest.fixture
def book(desk):
    desk.put([desk.read_person(PersonIn(id="ana", text=RESUME))])
    put(desk, "old", "Weld of old")
    return SearchBook(desk)


def put(desk, key, text="TIG welding of stainless pipe."):
    desk.put(
        [
            desk.read_posting(
                PostingIn.model_validate({"id": key, "title": "TIG Welder", "description": text, "company": key})
            )
        ]
    )


def saved(book, **wishes):
    return book.add(
        SearchIn(**({"side": "jobs", "subject": "ana", "url": "https://example.com/h"} | wishes)), owner="k"
    )


def test_what_is_there_already_is_not_told(book):
    search = saved(book)
    assert search.told == ("old",)
    assert not book.look_again(book.find(search.id))
    assert book.due() == []


def test_what_is_new_is_told_once(book):
    search = saved(book)
    put(book.desk, "new", "TIG welding of stainless pipe in a new shop.")
    before = book.find(search.id)
    assert book.look_again(before)
    assert not book.look_again(before), "another process that looked at the same time tells nothing"
    assert not book.look_again(book.find(search.id))
    (delivery,) = book.due()
    body = json.loads(delivery.body)
    assert (body["type"], [one["id"] for one in body["data"]["new"]]) == ("search.jobs", ["new"])
    put(book.desk, "old", "Weld of old, changed")
    book.look_again(book.find(search.id))
    assert len(book.due()) == 1


def test_both_sides_and_the_least_score(book):
    people = saved(book, side="people", subject="old")
    nothing = saved(book, least_score=1.0)
    assert (people.told, nothing.told) == (("ana",), ())
    book.desk.put([book.desk.read_person(PersonIn(id="bo", text=RESUME.replace("Ana", "Bo") + "\n- Pipes"))])
    assert book.look_again(book.find(people.id))
    assert not book.look_again(book.find(nothing.id))


def test_a_failed_message_is_tried_again_with_the_same_id_until_given_up(book, monkeypatch):
    search = saved(book)
    put(book.desk, "new", "TIG welding of stainless pipe in a new shop.")
    book.look_again(search)
    first = book.due()[0]
    book.tell(first, is_taken=False, answer="500")
    assert book.due() == []
    monkeypatch.setattr("metier.service.saved_search.time.time", lambda: 4e9)
    (again,) = book.due()
    assert (again.id, again.attempts) == (first.id, 1)
    for attempts in range(1, 7):
        book.tell(replace(again, attempts=attempts), is_taken=False, answer="500")
    assert [one["state"] for one in book.deliveries(search.id)] == ["given_up"]
    book.tell(again, is_taken=True, answer="200")
    assert [one["state"] for one in book.deliveries(search.id)] == ["sent"]
    book.delete(search.id)
    assert book.deliveries(search.id) == []
    with pytest.raises(NotFoundError):
        book.find(search.id)


def test_a_search_whose_subject_is_gone_waits(book):
    search = saved(book)
    book.desk.delete("person", "ana")
    assert not book.look_again(search)
    with pytest.raises(NotFoundError):
        saved(book, subject="nobody")
