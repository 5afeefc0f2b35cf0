"""Requests with an Idempotency-Key: the first one acts, the same one again gets the first one's answer."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.service.problem import ProblemError
from metier.service.tables import replies

_KEPT_S = 86_400.0
_AT_WORK_S = 120.0
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that was given."""

    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes


class ReplyStore:
    """The answers to requests with a key, for a day.

    Args:
        engine: The tables of a tenant.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, caller: str, key: str, digest: str) -> Reply | None:
        """Claim a key for a request.

        Returns:
            None where the request is the first and shall act, else the answer that the first one got.

        Raises:
            ProblemError: The key came with another request, or the first one is still at work.
        """
        if not 0 < len(key) <= _MOST:
            raise ProblemError(422, "an Idempotency-Key has 1 to 200 characters", code="bad_idempotency_key")
        now = time.time()
        mine = (replies.c.caller == caller) & (replies.c.key == key)
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(replies).where(replies.c.at < now - _KEPT_S))
            row = connection.execute(sa.select(replies).where(mine)).first()
            is_left = row is not None and row.status is None and row.at < now - _AT_WORK_S
            if row is None or is_left:
                values = {"caller": caller, "key": key, "digest": digest, "at": now, "media_type": "", "headers": "{}"}
                connection.execute(insert(replies).values(**values).prefix_with("OR REPLACE"))
                return None
        if row.digest != digest:
            hint = "Use a new key for another request."
            raise ProblemError(422, "this Idempotency-Key came with another request", code="key_reused", hint=hint)
        if row.status is None:
            raise ProblemError(
                409, "the first request with this key is still at work", code="at_work", headers={"Retry-After": "1"}
            )
        return Reply(status=row.status, media_type=row.media_type, headers=json.loads(row.headers), body=row.body)

    def end(self, caller: str, key: str, reply: Reply | None) -> None:
        """Keep the answer, or, where the request failed, let the key go."""
        mine = (replies.c.caller == caller) & (replies.c.key == key)
        with self._engine.execution_options(writes=True).begin() as connection:
            if reply is None:
                connection.execute(sa.delete(replies).where(mine))
                return
            connection.execute(
                sa.update(replies)
                .where(mine)
                .values(
                    status=reply.status,
                    media_type=reply.media_type,
                    headers=json.dumps(reply.headers),
                    body=reply.body,
                )
            )


def digest_of(method: str, target: str, media_type: str, body: bytes) -> str:
    """Digest a request, so that another one under the same key is told."""
    digest = hashlib.blake2b(digest_size=32)
    for piece in (method.encode(), target.encode("utf-8", "replace"), media_type.encode("utf-8", "replace"), body):
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Give the headers that belong to the answer itself."""
    return {name: headers[name] for name in ("location", "etag") if name in headers}
