"""Keys: who may ask for what. A key is shown once; only a salted digest of it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import sqlalchemy as sa

from metier.errors import InputError, NotFoundError
from metier.service.tables import keys, open_keys

Scope = Literal["seeker", "recruiter", "auditor", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
DEFAULT_TENANT = "default"
_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_TOKEN = re.compile(r"metier_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
FILE = "keys.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks.

    Attributes:
        key_id: The key; `local` where none is needed.
        person: The person that a seeker is; nobody else's record is theirs to see.
    """

    key_id: str
    tenant: str
    scope: Scope
    person: str = ""


LOCAL = Caller(key_id="local", tenant=DEFAULT_TENANT, scope="admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """A key as it is listed: everything but the key."""

    id: str
    name: str
    tenant: str
    scope: Scope
    person: str
    created: str
    expires: str
    state: Literal["good", "expired", "revoked"]


def check_tenant(name: str) -> str:
    """Give the name of a tenant back if it can be one: small letters, digits and hyphens, so that it is no path.

    Raises:
        InputError: It cannot.
    """
    if not _TENANT.fullmatch(name):
        raise InputError(f"{name!r} is no name of a tenant", hint="Use small letters, digits and hyphens, at most 63.")
    return name


class KeyStore:
    """The keys of a service, in one table for all tenants.

    Args:
        folder: The root of the catalogs.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = open_keys(folder)

    @staticmethod
    def is_at(folder: Path) -> bool:
        """Say whether any key was ever made there."""
        return (folder / FILE).is_file()

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def create(
        self,
        name: str,
        *,
        scope: Scope,
        tenant: str = DEFAULT_TENANT,
        person: str = "",
        days: int = 0,
    ) -> str:
        """Make a key.

        Args:
            name: What people call it.
            scope: What it may do.
            tenant: Whose catalog it opens.
            person: The id of the person, for a seeker.
            days: How long it lasts; 0 for ever.

        Returns:
            The key, which is not kept.

        Raises:
            InputError: A seeker without a person, a person without a seeker, or a bad name.
        """
        check_tenant(tenant)
        if scope not in SCOPES:
            raise InputError(f"there is no scope {scope!r}", hint=f"Use one of: {', '.join(SCOPES)}.")
        if (scope == "seeker") != bool(person):
            raise InputError("a seeker's key names a person, and no other does", hint="Give --person ID with seeker.")
        key_id, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_bytes(16)
        row = {
            "id": key_id,
            "name": name[:100],
            "tenant": tenant,
            "scope": scope,
            "person": person,
            "salt": salt,
            "digest": _digest(salt, secret),
            "created": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
            "expires": time.time() + days * 86_400 if days else None,
            "revoked": None,
        }
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.insert(keys).values(**row))
        return f"metier_{key_id}_{secret}"

    def entries(self) -> list[KeyEntry]:
        """List all keys, oldest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(keys).order_by(keys.c.created, keys.c.id)).all()
        return [
            KeyEntry(
                id=row.id,
                name=row.name,
                tenant=row.tenant,
                scope=row.scope,
                person=row.person,
                created=row.created,
                expires=""
                if row.expires is None
                else dt.datetime.fromtimestamp(row.expires, tz=dt.UTC).isoformat(timespec="seconds"),
                state=_state(row),
            )
            for row in rows
        ]

    def has_good(self) -> bool:
        """Say whether there is a key that opens anything."""
        return any(entry.state == "good" for entry in self.entries())

    def revoke(self, key_id: str) -> None:
        """End a key at once.

        Raises:
            NotFoundError: There is none of that id.
        """
        with self._engine.execution_options(writes=True).begin() as connection:
            change = sa.update(keys).where(keys.c.id == key_id).values(revoked=time.time())
            if not connection.execute(change).rowcount:
                raise NotFoundError(f"there is no key {key_id!r}", hint="List them with: metier keys list")

    def caller(self, token: str) -> Caller | None:
        """Say who a key is; None when it is unknown, expired or revoked."""
        stated = _TOKEN.fullmatch(token)
        if stated is None:
            return None
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(keys).where(keys.c.id == stated.group(1))).first()
        if row is None or not hmac.compare_digest(row.digest, _digest(row.salt, stated.group(2))):
            return None
        if _state(row) != "good":
            return None
        return Caller(key_id=row.id, tenant=row.tenant, scope=row.scope, person=row.person)


def _digest(salt: bytes, secret: str) -> bytes:
    """Digest a secret of 256 random bits, which nobody can guess: no slow hash is needed."""
    return hmac.new(salt, secret.encode(), hashlib.sha256).digest()


def _state(row: sa.Row[tuple[object, ...]]) -> Literal["good", "expired", "revoked"]:
    if row.revoked is not None:
        return "revoked"
    return "expired" if row.expires is not None and row.expires <= time.time() else "good"
