"""Tenants are kept apart by their folders, and work waits in bounded lines."""

import asyncio
import threading

import pytest

from metier.errors import InputError
from metier.service.house import House
from metier.service.options import ServiceOptions
from metier.service.problem import ProblemError
from metier.service.wire import PostingIn
from metier.testing import HashEncoder


@pytest.fixture
def house(tmp_path, graph):
    house = House(ServiceOptions(catalog=str(tmp_path / "root"), waiting=2), encoder=HashEncoder(), graph=graph)
    yield house
    house.close()


def test_each_tenant_has_a_catalog_of_its_own(house):
    mine, yours = house.desk("mine"), house.desk("yours")
    mine.put([mine.read_posting(PostingIn(id="a", title="Welder", description="Weld."))])
    assert (mine.count("job"), yours.count("job"), house.desk().count("job")) == (1, 0, 0)
    assert house.tenants() == ["default", "mine", "yours"]
    assert house.desk("mine") is mine
    assert house.folder("mine").parent.parent == house.folder("default")


@pytest.mark.parametrize("name", ["../etc", "a/b", "", ".", "A"])
def test_a_tenant_is_no_path(house, name):
    with pytest.raises(InputError):
        house.desk(name)


def test_too_much_that_waits_is_refused(house):
    gate = threading.Event()

    async def crowd():
        tasks = [asyncio.create_task(house.run("rank", gate.wait, 30)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(ProblemError) as caught:
            await house.run("rank", gate.wait)
        assert caught.value.status_code == 503
        assert await house.run("read", lambda: 7) == 7
        gate.set()
        assert await asyncio.gather(*tasks) == [True, True]
        assert await house.run("rank", lambda: 8) == 8

    asyncio.run(crowd())
