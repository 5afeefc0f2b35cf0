"""One writer of the index at a time."""

import pytest

from metier.catalog.lease import Lease
from metier.catalog.schema import metadata, open_truth


@pytest.fixture
def engine(tmp_path):
    engine = open_truth(tmp_path)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_one_holder_at_a_time(engine):
    mine, other = Lease(engine), Lease(engine)
    assert mine.take()
    assert mine.take()
    assert not other.take()
    mine.give()
    assert other.take()


def test_nobody_gives_back_what_another_holds(engine):
    mine, other = Lease(engine), Lease(engine)
    assert mine.take()
    other.give()
    assert not other.take()


def test_a_lease_of_a_process_that_died_ends_by_itself(engine, monkeypatch):
    monkeypatch.setattr("metier.catalog.lease.time.time", lambda: 1_000.0)
    assert Lease(engine).take()
    monkeypatch.setattr("metier.catalog.lease.time.time", lambda: 1_031.0)
    assert Lease(engine).take()


def test_it_is_told_until_when_it_is_held(engine, monkeypatch):
    monkeypatch.setattr("metier.catalog.lease.time.time", lambda: 1_000.0)
    mine = Lease(engine, name="reencode", seconds=15)
    assert mine.held_until() == 0
    assert mine.take()
    assert Lease(engine, name="reencode").held_until() == 1_015
    assert Lease(engine).held_until() == 0
    mine.give()
    assert mine.held_until() == 0
