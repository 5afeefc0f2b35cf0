"""A page or an answer from the web, bounded in size and time."""

from __future__ import annotations

import http.client
import urllib.request
from email.message import Message
from typing import IO
from urllib.parse import urlsplit

from metier.errors import InputError

MAX_BYTES = 50_000_000
TIMEOUT_S = 30.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def fetch(url: str) -> bytes:
    """Read an https address (plain http only from this machine).

    Raises:
        InputError: It cannot be reached, answers with an error, or holds more than 50 MB.
    """
    try:
        _check(url)
        request = urllib.request.Request(url, headers={"User-Agent": "metier", "Accept": "application/json, text/html"})  # noqa: S310 - the scheme was checked
        with urllib.request.build_opener(_Redirects).open(request, timeout=TIMEOUT_S) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise InputError(
            f"{url} cannot be read: {error}", hint="Check the address and the network, or save it."
        ) from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{url} holds more than {MAX_BYTES // 1_000_000} MB", hint="Give a smaller feed.")
    return data


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise InputError(f"{url} is not an https address", hint="Give an address that begins with https://.")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where one may fetch from."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
