"""A question to a model's server: tried again while it is busy, and every failure one clear error."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import logging
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from metier.errors import ConfigError, ModelError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_UNKNOWN_FORM = frozenset({400, 415, 422, 501})
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 60.0
_MAX_BYTES = 500_000_000
_MAX_TOLD = 200
_TOO_LONG = re.compile(
    r"context (?:length|size|window)|max(?:imum)?[_ ](?:context|input|sequence|number of tokens|allowed batch)"
    r"|too (?:long|large|many)|must have less than \d+ tokens|(?:token|length) limit|exceeds? the",
    re.IGNORECASE,
)
logger = logging.getLogger(__name__)


class TooLongError(ModelError):
    """The texts of a request are longer than the model reads."""


class RefusedError(ModelError):
    """The server does not take a request of this form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """Asks a server with JSON.

    Attributes:
        key_variable: The environment variable that holds the key; the key itself is never written anywhere.
        timeout_s: Seconds that an answer may take.
        retries: How often a busy server is asked again, after 0.5, 1, 2 … seconds or as long as it says.
        sleep: Waits some seconds.
        environment: Where the variable is looked up.
    """

    key_variable: str = "METIER_API_KEY"
    timeout_s: float = 60
    retries: int = 4
    sleep: Callable[[float], None] = time.sleep
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def post(self, url: str, question: Mapping[str, object]) -> object:
        """Send a question and give the answer.

        Raises:
            TooLongError: The server says that a text is too long.
            RefusedError: It does not know something that the question holds.
            ModelError: It cannot be reached, refuses, or does not answer with JSON.
        """
        request = urllib.request.Request(url, json.dumps(question).encode(), self._headers(url), method="POST")  # noqa: S310 - http or https, see `EndpointEncoder.of`
        attempt = 0
        while True:
            try:
                return self._read(request)
            except urllib.error.HTTPError as error:
                with error:
                    wait = self._wait_after(error, url, attempt)
            except (OSError, http.client.HTTPException) as error:
                if attempt >= self.retries:
                    raise ModelError(
                        f"{url} cannot be reached: {self._told(error)}",
                        hint="See that the server runs, or name another model: metier config shows the encoder.",
                    ) from error
                wait = _FIRST_WAIT_S * 2**attempt
            attempt += 1
            logger.info("%s is asked again in %.1f s", url, wait)
            self.sleep(wait)

    def _read(self, request: urllib.request.Request) -> object:
        host = urlsplit(request.full_url).hostname
        direct = [urllib.request.ProxyHandler({})] if host in _LOOPBACK else []
        with urllib.request.build_opener(_NoRedirect, *direct).open(request, timeout=self.timeout_s) as answer:
            data = answer.read(_MAX_BYTES + 1)
        try:
            return json.loads(data)
        except ValueError as error:
            raise ModelError(
                f"{request.full_url} did not answer with JSON",
                hint="See that the address is that of an OpenAI-style API, such as https://HOST/v1.",
            ) from error

    def _headers(self, url: str) -> dict[str, str]:
        key = self.environment.get(self.key_variable, "").strip() if self.key_variable else ""
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "metier"}
        if not key:
            return headers
        if not (key.isascii() and key.isprintable()):
            raise ConfigError(
                f"{self.key_variable} holds no key: it has characters that no key has", hint="Set it anew."
            )
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise ConfigError(
                f"the key of {self.key_variable} would go to {url} unencrypted",
                hint=f"Use an https address, or unset {self.key_variable}.",
            )
        return headers | {"Authorization": f"Bearer {key}"}

    def _wait_after(self, error: urllib.error.HTTPError, url: str, attempt: int) -> float:
        """Give the seconds until the next attempt.

        Raises:
            ModelError: There is no use in another.
        """
        told = self._told(error)
        if error.code == 413 or (error.code not in {401, 403, 404, 429} and _TOO_LONG.search(told)):
            raise TooLongError(
                f"{url} takes no texts so long: {told}", hint="Use a model that reads longer texts."
            ) from error
        if error.code in _BUSY and attempt < self.retries:
            asked = _retry_after(error.headers)
            return min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2**attempt if asked is None else asked)
        kind = RefusedError if error.code in _UNKNOWN_FORM else ModelError
        raise kind(f"{url} refused with {error.code}: {told}", hint=_hint(error.code, self.key_variable)) from error

    def _told(self, error: Exception) -> str:
        """Give what an error says, on one line, without the key."""
        text = _message(error.read(_MAX_TOLD * 50)) if isinstance(error, urllib.error.HTTPError) else str(error)
        key = self.environment.get(self.key_variable, "").strip()
        return " ".join((text.replace(key, "…") if key else text).split())[:_MAX_TOLD]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: texts and key go only to the server that was named."""

    def redirect_request(self, *_request: Any) -> None:  # noqa: ANN401 - the six of the standard library, unused
        """Say that there is nowhere else to ask."""


def _hint(code: int, key_variable: str) -> str:
    if code in {401, 403}:
        return f"Put a valid key into the environment variable {key_variable}."
    if code == 404:
        return "Check the address, which mostly ends in /v1, and the name of the model."
    if 300 <= code < 400:
        return "Name the address that it points to."
    if code in _BUSY:
        return "The server is busy; try again later, or set encoder_retries higher."
    return "Check the name of the model and the encoder_ settings: metier config shows them."


def _message(body: bytes) -> str:
    """Give the message of an OpenAI-style error, else the body."""
    text = body.decode("utf-8", "replace")
    try:
        fields = json.loads(text)
    except ValueError:
        return text
    inner = fields.get("error", fields.get("detail", fields.get("message"))) if isinstance(fields, dict) else None
    told = inner.get("message") if isinstance(inner, dict) else inner
    return told if isinstance(told, str) else text


def _retry_after(headers: Message) -> float | None:
    stated = headers.get("Retry-After", "")
    try:
        return max(0.0, float(stated))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return None
    now = dt.datetime.now(tz=until.tzinfo or dt.UTC)
    return max(0.0, (until.replace(tzinfo=now.tzinfo) - now).total_seconds())
