"""Server-sent events: what is new, as soon as it is."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from fastapi import Request
from fastapi.responses import StreamingResponse

MEDIA_TYPE = "text/event-stream"
POLL_S = 0.25
KEEP_ALIVE_S = 15.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def event(name: str, fields: Any, *, event_id: str = "") -> bytes:  # noqa: ANN401 - any JSON value
    """Render one event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {name}\ndata: {json.dumps(fields, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def respond(pieces: AsyncIterator[bytes]) -> StreamingResponse:
    """Answer with a stream of events."""
    return StreamingResponse(pieces, media_type=MEDIA_TYPE, headers=_HEADERS)


async def changes(
    request: Request,
    *,
    look: Callable[[], Awaitable[object]],
    make: Callable[[], Awaitable[bytes | None]],
    is_over: Callable[[], bool] = lambda: False,
) -> AsyncIterator[bytes]:
    """Give an event whenever what is looked at has changed, and a comment now and then so that proxies keep the line.

    Args:
        request: Whose end ends the stream.
        look: Gives what is compared with the last look; it is cheap.
        make: Makes the event, or None where there is nothing to say.
        is_over: Says whether the last event was sent.
    """
    seen: object = None
    said = time.monotonic()
    while not await request.is_disconnected():
        now = await look()
        if now != seen:
            seen = now
            piece = await make()
            if piece is not None:
                yield piece
                said = time.monotonic()
        if is_over():
            return
        if time.monotonic() - said > KEEP_ALIVE_S:
            yield b": still here\n\n"
            said = time.monotonic()
        await asyncio.sleep(POLL_S)
