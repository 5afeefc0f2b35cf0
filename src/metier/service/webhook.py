"""Standard Webhooks (https://www.standardwebhooks.com): signed, to hosts that may be asked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from metier.errors import InputError

PREFIX = "whsec_"
_TIMEOUT_S = 10.0
_WAITS_S = (5.0, 30.0, 120.0, 600.0, 3600.0, 6 * 3600.0)


def new_secret() -> str:
    """Make the secret with which a search's messages are signed."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Sign a message: `v1,` and the HMAC-SHA256 of id, time and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers_of(secret: str, message_id: str, body: bytes, *, now: float | None = None) -> dict[str, str]:
    """Give the headers of a message."""
    timestamp = int(time.time() if now is None else now)
    return {
        "Content-Type": "application/json",
        "User-Agent": "metier-webhooks",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }


def wait_after(attempts: int) -> float | None:
    """Say how many seconds to wait after so many failed attempts; None to give up."""
    return _WAITS_S[attempts - 1] if attempts <= len(_WAITS_S) else None


def check_url(url: str, *, may_be_private: bool) -> None:
    """Refuse an address that no webhook may go to.

    Raises:
        InputError: Its form is wrong, it is not encrypted, or it is of the own network.
    """
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.username is not None:
        raise InputError(f"{url[:100]!r} is no address for webhooks", hint="Use https://HOST/PATH.")
    if may_be_private:
        return
    if parts.scheme != "https":
        raise InputError("webhooks go to https addresses only", hint="Use https://HOST/PATH.")
    try:
        is_public = ipaddress.ip_address(parts.hostname or "").is_global
    except ValueError:
        is_public = parts.hostname != "localhost"
    if not is_public:
        raise InputError(f"{parts.hostname!r} is of the own network", hint="Use a public host.")


def send(url: str, headers: Mapping[str, str], body: bytes, *, may_be_private: bool) -> int:
    """Post a message; redirects are not followed, and the address that was checked is the one that is asked.

    Returns:
        The status of the answer.

    Raises:
        OSError: The host does not answer.
        InputError: It may not be asked.
    """
    check_url(url, may_be_private=may_be_private)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, may_be_private=may_be_private)
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    line = socket.create_connection((address, port), timeout=_TIMEOUT_S)
    connection.sock = line
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=dict(headers))
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"{host} does not speak HTTP: {error!r}") from error
    finally:
        connection.close()


def _address(host: str, port: int, *, may_be_private: bool) -> str:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    good = [one for one in found if may_be_private or ipaddress.ip_address(one.split("%")[0]).is_global]
    if not good:
        raise InputError(f"{host!r} is of the own network", hint="Use a public host.")
    return good[0]
