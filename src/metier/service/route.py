"""A route of the service: wrong media types are told, and requests with an Idempotency-Key act once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from metier.service.access import desk_of, house_of, identify
from metier.service.idempotency import Reply, ReplyStore, digest_of, kept_headers
from metier.service.problem import ProblemError

_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ServiceRoute(APIRoute):
    """A route whose bodies are JSON unless it takes a form or reads the body itself."""

    def get_route_handler(self) -> Handler:
        """Wrap what FastAPI makes of the route."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            self._check_media_type(request)
            key = request.headers.get("idempotency-key")
            if key is None or request.method not in _WRITES:
                return await inner(request)
            return await _once(request, key, inner)

        return handle

    def _check_media_type(self, request: Request) -> None:
        if self.body_field is None:
            return
        stated = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        wanted = "multipart/form-data" if self.is_form else "application/json"
        if stated != wanted and not (wanted == "application/json" and stated.endswith("+json")):
            raise ProblemError(415, f"the body is {stated or 'of no stated type'}, not {wanted}")

    @property
    def is_form(self) -> bool:
        """Say whether the body is a form."""
        return any(type(field.field_info).__name__ in {"File", "Form"} for field in self.dependant.body_params)


async def _once(request: Request, key: str, act: Callable[[Request], Awaitable[Response]]) -> Response:
    caller = await identify(request)
    desk, house = await desk_of(request), house_of(request)
    target = f"{request.url.path}?{request.url.query}"
    digest = digest_of(request.method, target, request.headers.get("content-type", ""), await request.body())
    store = ReplyStore(desk.store)
    before = await house.run("write", store.begin, caller.key_id, key, digest)
    if before is not None:
        headers = before.headers | {"Idempotency-Replayed": "true"}
        return Response(before.body, before.status, headers=headers, media_type=before.media_type)
    reply: Reply | None = None
    try:
        response = await act(request)
        if response.status_code < 400 and hasattr(response, "body"):
            reply = Reply(
                status=response.status_code,
                media_type=response.headers.get("content-type", ""),
                headers=kept_headers(response.headers),
                body=bytes(response.body),
            )
        return response
    finally:
        await house.run("write", store.end, caller.key_id, key, reply)
