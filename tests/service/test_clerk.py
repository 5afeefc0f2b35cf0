"""What goes on by itself: imports, searches, messages."""

import json
import threading

import pytest

from metier.errors import InputError
from metier.service.clerk import Clerk
from metier.service.import_run import ImportBook
from metier.service.saved_search import SearchBook
from metier.service.wire import PersonIn, PostingIn, SearchIn


class Hook:
    """Takes messages, and answers what it is told to."""

    def __init__(self, answer=200):
        self.answer = answer
        self.got = []

    def __call__(self, url, headers, body, *, may_be_private):
        self.got.append((url, headers, json.loads(body)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def search(desk):
    desk.put([desk.read_person(PersonIn(id="ana", text="Welder\nTIG welding of stainless pipe since 2019"))])
    search = SearchBook(desk).add(SearchIn(side="jobs", subject="ana", url="https://example.com/h"), owner="k")
    desk.put([desk.read_posting(PostingIn(id="new", title="Welder", description="TIG welding."))])
    return search


def a_clerk(desk, hook):
    return Clerk(lambda: {"default": desk}, may_be_private=False, send=hook)


def test_news_are_sent_once_and_signed(desk, search):
    hook = Hook()
    clerk = a_clerk(desk, hook)
    for _ in range(3):
        clerk.do_searches()
    ((url, headers, body),) = hook.got
    assert (url, body["data"]["search"]) == ("https://example.com/h", search.id)
    assert headers["webhook-signature"].startswith("v1,")
    assert [one["state"] for one in SearchBook(desk).deliveries(search.id)] == ["sent"]


@pytest.mark.parametrize("answer", [500, 302, OSError("refused"), InputError("own network")])
def test_a_message_that_is_not_taken_waits(desk, search, answer):
    a_clerk(desk, Hook(answer)).do_searches()
    ((state, attempts),) = [(one["state"], one["attempts"]) for one in SearchBook(desk).deliveries(search.id)]
    assert (state, attempts) == ("waiting", 1)


def test_of_two_clerks_one_looks_after_the_searches(desk, search):
    first, second = Hook(), Hook()
    clerks = [a_clerk(desk, first), a_clerk(desk, second)]
    for clerk in clerks:
        clerk.do_searches()
    assert (len(first.got), len(second.got)) == (1, 0)


def test_imports_are_done_by_the_thread_and_it_stops(desk):
    book = ImportBook(desk)
    import_id, path = book.new_file()
    path.write_text('{"id": "a", "title": "Welder", "description": "Weld."}\n')
    book.add(import_id, owner="k", kind="job")
    clerk = a_clerk(desk, Hook())
    clerk.start()
    clerk.wake()
    for _ in range(200):
        if book.find(import_id).is_over:
            break
        threading.Event().wait(0.05)
    clerk.stop()
    assert book.find(import_id).state == "done"
    assert not any(thread.is_alive() for thread in clerk._threads)
