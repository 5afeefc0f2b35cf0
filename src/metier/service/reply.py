"""Answers as HTTP: bytes that were rendered once, with their entity tag."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from metier.service.answer_cache import etag_of

PRIVATE = "private, no-cache"


def is_known(request: Request, etag: str) -> bool:
    """Say whether the caller has this answer already (`If-None-Match`)."""
    stated = request.headers.get("if-none-match", "")
    tags = [tag.strip().removeprefix("W/") for tag in stated.split(",")]
    return "*" in tags or etag in tags


def answer(request: Request, body: bytes, etag: str = "") -> Response:
    """Give a rendered answer, or only that it has not changed."""
    tag = etag or etag_of(body)
    headers = {"ETag": tag, "Cache-Control": PRIVATE}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def render(fields: Mapping[str, Any] | list[Any]) -> bytes:
    """Render JSON values."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def created(fields: Mapping[str, Any], *, status: int = 200, location: str = "") -> Response:
    """Give what a write did."""
    headers = {"Cache-Control": "no-store"} | ({"Location": quote(location)} if location else {})
    return Response(render(fields), status_code=status, media_type="application/json", headers=headers)
