"""Work over workers: a connection that stays open stays with its worker, even where the next one has nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metier.service.house import Work


@dataclass(frozen=True, slots=True)
class Balance:
    """Ends a connection with its answer where other rankings wait here; the client's next one goes to who is free.

    Attributes:
        waiting: How much of each kind of work this process has not done yet.
        workers: How many processes share the work.
    """

    app: ASGIApp
    waiting: Mapping[Work, int]
    workers: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or self.workers == 1:
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and self.waiting["rank"]:
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await self.app(scope, receive, told)
