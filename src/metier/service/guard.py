"""What is refused before any route sees it: bodies too large or too slow, and pages of other sites."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metier.service.options import MEGABYTE, ServiceOptions, is_loopback
from metier.service.problem import ProblemError, problem_of, to_response

_BULK = ("/bulk", "/imports")


@dataclass(frozen=True, slots=True)
class BodyGuard:
    """Bounds the size of a body and the time in which it arrives."""

    app: ASGIApp
    options: ServiceOptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, its body counted and timed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._most(scope["path"])
        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isdecimal() or int(stated) > most:
            await to_response(problem_of(_too_large(most)))(scope, receive, send)
            return
        until, taken, is_whole = time.monotonic() + self.options.body_seconds, 0, False

        async def counted() -> Message:
            nonlocal taken, is_whole
            if is_whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), until - time.monotonic())
            except TimeoutError as error:
                seconds = self.options.body_seconds
                raise ProblemError(408, f"the body took longer than {seconds} s to arrive") from error
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if taken > most:
                raise _too_large(most)
            return message

        await self.app(scope, counted, send)

    def _most(self, path: str) -> int:
        is_bulk = path.endswith(_BULK)
        return (self.options.max_bulk_mb if is_bulk else self.options.max_body_mb) * MEGABYTE


@dataclass(frozen=True, slots=True)
class SiteGuard:
    """Keeps pages of other sites from using a service that asks for no key: by its name, and by where they are from."""

    app: ASGIApp
    needs_keys: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if it was meant for this machine."""
        if scope["type"] == "http" and not self.needs_keys:
            headers = Headers(scope=scope)
            host = _name(headers.get("host", ""))
            origin = headers.get("origin")
            if not is_loopback(host) or (origin is not None and not is_loopback(_name(urlsplit(origin).netloc))):
                error = ProblemError(403, "without keys this service answers its own machine only")
                await to_response(problem_of(error))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _name(host: str) -> str:
    """Give the name of `name:port`."""
    return host.rsplit(":", 1)[0] if (not host.endswith("]") and host.count(":") <= 1) or "]:" in host else host


def _too_large(most: int) -> ProblemError:
    return ProblemError(413, f"the body is larger than {most // MEGABYTE} MB", hint="Send it in pieces.")
