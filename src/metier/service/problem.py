"""Every error as a problem of RFC 9457; this module alone maps the errors of Metier to HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from metier.errors import CatalogError, ConfigError, InputError, MetierError, ModelError, NotFoundError

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[MetierError], int], ...] = (
    (NotFoundError, 404),
    (InputError, 422),
    (CatalogError, 503),
    (ModelError, 503),
    (ConfigError, 500),
)
_CODES = {
    400: "bad_request",
    401: "no_key",
    403: "not_allowed",
    404: "not_found",
    405: "wrong_method",
    406: "not_acceptable",
    408: "too_slow",
    409: "conflict",
    412: "changed_meanwhile",
    413: "too_large",
    415: "wrong_media_type",
    422: "bad_input",
    429: "too_many_requests",
    500: "error",
    503: "busy",
}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "hint": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "example": {
        "type": "urn:metier:problem:not_found",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no job 'welder-9'",
        "code": "not_found",
        "hint": "List what there is at /v1/jobs.",
    },
}


class ProblemError(HTTPException):
    """An error that is already in the words of HTTP.

    Attributes:
        code: A stable word for programs.
        hint: What to do about it.
        more: Further members of the problem.
    """

    def __init__(
        self, status: int, detail: str, *, code: str = "", hint: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code or _CODES.get(status, "error")
        self.hint = hint
        self.more: dict[str, Any] = {}


def problem_fields(status: int, detail: str, *, code: str = "", hint: str = "") -> dict[str, Any]:
    """Give the members of a problem."""
    word = code or _CODES.get(status, "error")
    fields = {
        "type": f"urn:metier:problem:{word}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": word,
    }
    return fields | ({"hint": hint} if hint else {})


def problem_of(error: Exception) -> dict[str, Any]:
    """Give the problem of an error, for answers of many lines too."""
    if isinstance(error, ProblemError):
        return problem_fields(error.status_code, error.detail, code=error.code, hint=error.hint) | error.more
    if isinstance(error, HTTPException):
        return problem_fields(error.status_code, str(error.detail))
    if isinstance(error, MetierError):
        status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
        return problem_fields(status, str(error), code=error.code, hint=error.hint)
    return problem_fields(500, "something went wrong here; it has been logged")


def to_response(fields: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """Render a problem."""
    body = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status_code=fields["status"], media_type=MEDIA_TYPE, headers=dict(headers or {}))


def install(app: FastAPI) -> None:
    """Let an application answer every error as a problem."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(MetierError, _on_metier)
    app.add_exception_handler(Exception, _on_fault)


def _on_http(_request: Request, error: Exception) -> Response:
    headers = error.headers if isinstance(error, HTTPException) else None
    return to_response(problem_of(error), headers)


def _on_metier(_request: Request, error: Exception) -> Response:
    fields = problem_of(error)
    is_busy = isinstance(error, MetierError) and error.retryable
    return to_response(fields, {"Retry-After": "1"} if is_busy or fields["status"] == 503 else None)


def _on_invalid(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    stated = [
        {"at": "/".join(map(str, one["loc"])), "detail": str(one["msg"]), "code": str(one["type"])}
        for one in found[:20]
    ]
    where = f"{stated[0]['at']}: {stated[0]['detail']}" if stated else "the request is not as described"
    hint = "Every request is described at /v1/openapi.json."
    return to_response(problem_fields(422, where, code="bad_input", hint=hint) | {"errors": stated})


def _on_fault(_request: Request, error: Exception) -> Response:
    logger.error("a fault", exc_info=error)
    return to_response(problem_of(error))
