"""Server-sent events: one whenever something has changed, and no more."""

import asyncio
import json

from metier.service import stream
from metier.service.stream import changes, event


class Line:
    """A request that ends after some looks."""

    def __init__(self, looks):
        self.left = looks

    async def is_disconnected(self):
        self.left -= 1
        return self.left < 0


def collect(values, monkeypatch, keep_alive=15.0):
    monkeypatch.setattr(stream, "POLL_S", 0)
    monkeypatch.setattr(stream, "KEEP_ALIVE_S", keep_alive)
    coming = iter(values)
    now = None

    async def look():
        nonlocal now
        now = next(coming)
        return now

    async def make():
        return None if now == "hidden" else event("change", now)

    async def gather():
        return [piece async for piece in changes(Line(len(values)), look=look, make=make)]

    return asyncio.run(gather())


def test_only_changes_are_told(monkeypatch):
    told = collect([1, 1, 2, 2, "hidden", 2], monkeypatch)
    assert [json.loads(piece.decode().split("data: ")[1]) for piece in told] == [1, 2, 2]


def test_the_line_is_kept_open(monkeypatch):
    assert b": still here\n\n" in collect([1, 1, 1], monkeypatch, keep_alive=-1.0)


def test_an_event_is_one_block_whatever_it_holds():
    block = event("x", {"text": "a\n\nb é"}, event_id="7").decode()
    assert block.startswith("id: 7\nevent: x\ndata: ")
    assert block.count("\n\n") == 1
