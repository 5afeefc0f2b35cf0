"""Long imports go on where they were, whoever dies."""

import json
import threading

import pytest

from metier.errors import NotFoundError
from metier.service import import_run
from metier.service.import_run import ImportBook
from metier.service.lines import put_lines


@pytest.fixture
def book(desk):
    return ImportBook(desk)


def start(book, count, *, bad=()):
    import_id, path = book.new_file()
    rows = [{"id": f"j{number}", "title": f"Welder {number}", "description": "Weld."} for number in range(1, count + 1)]
    path.write_text("\n".join("{" if row["id"] in bad else json.dumps(row) for row in rows) + "\n\n")
    return book.add(import_id, owner="k", kind="job")


def test_an_import_is_done_and_tells_what_failed(book):
    run = start(book, 150, bad={"j3"})
    assert run.state == "waiting"
    done = book.work(book.claim(), stopping=threading.Event())
    assert (done.state, done.done, done.failed) == ("done", run.lines, 1)
    assert done.errors[0]["line"] == 3
    assert book.find(run.id) == done
    assert book.desk.count("job") == 149
    assert not book.path(run.id).exists()
    assert book.claim() is None
    assert [one.id for one in book.latest(5)] == [run.id]


def test_one_that_is_stopped_or_whose_worker_died_goes_on(book, monkeypatch):
    run = start(book, 150)
    stopping = threading.Event()
    real = put_lines

    def once(*arguments):
        stopping.set()
        return real(*arguments)

    monkeypatch.setattr(import_run, "put_lines", once)
    book.work(book.claim(), stopping=stopping)
    half = book.find(run.id)
    assert (half.state, half.done) == ("waiting", 64)
    monkeypatch.setattr(import_run, "put_lines", real)
    claimed = book.claim()
    assert claimed.done == 64
    assert book.claim() is None
    monkeypatch.setattr(import_run, "STALE_S", -1.0)
    assert book.work(book.claim(), stopping=threading.Event()).state == "done"
    assert book.desk.count("job") == 150


def test_an_import_whose_file_is_gone_has_failed(book):
    run = start(book, 2)
    book.path(run.id).unlink()
    assert book.work(book.claim(), stopping=threading.Event()).state == "failed"
    with pytest.raises(NotFoundError):
        book.find("nothing")
