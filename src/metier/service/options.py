"""What a service is started with: where the catalogs are, who may ask, and how much of everything."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from metier.config import Settings
from metier.errors import ConfigError

PREFIX = "METIER_SERVE_"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOptions:
    """Everything that a service process needs to know; `metier serve` hands it to its workers by the environment.

    Attributes:
        catalog: The folder of the catalog; other tenants are in `tenants` within it.
        needs_keys: Whether every request needs a key.
        as_of: The day on which answers are reckoned, as 2026-12-31; today when empty.
        requests_per_minute: Of one key, over all workers; 0 for no limit.
        workers: How many processes share the catalog.
        max_body_mb: A body of JSON or a document.
        max_bulk_mb: A body of lines.
        max_pages: Pages of a document.
        body_seconds: How long a body may take to arrive.
        parse_seconds: How long reading a document may take.
        waiting: How many rankings may wait in one process before it says that it is busy.
        streams: How many live lists one process serves.
        private_webhooks: Whether webhooks may go to hosts of the own network.
        settings: What the library is set to.
    """

    catalog: str
    needs_keys: bool = False
    as_of: str = ""
    requests_per_minute: int = 0
    workers: int = 1
    max_body_mb: int = 10
    max_bulk_mb: int = 100
    max_pages: int = 60
    body_seconds: int = 60
    parse_seconds: int = 30
    waiting: int = 256
    streams: int = 256
    private_webhooks: bool = False
    settings: Settings = field(default_factory=Settings)

    @property
    def folder(self) -> Path:
        """Give the folder of the catalog."""
        return Path(self.catalog)

    def to_environment(self) -> dict[str, str]:
        """Give the variables that `from_environment` reads; the library's settings travel by their own."""
        names = [entry.name for entry in fields(self) if entry.name != "settings"]
        return {PREFIX + name.upper(): str(getattr(self, name)) for name in names}

    @classmethod
    def from_environment(cls, settings: Settings, variables: Mapping[str, str] | None = None) -> ServiceOptions:
        """Read what `to_environment` gave."""
        stated = os.environ if variables is None else variables
        values: dict[str, object] = {}
        for entry in fields(cls):
            text = stated.get(PREFIX + entry.name.upper())
            if text is not None and entry.name != "settings":
                is_flag, is_count = entry.type == "bool", entry.type == "int"
                values[entry.name] = text == "True" if is_flag else int(text) if is_count else text
        return cls(settings=settings, **values)  # type: ignore[arg-type]


def is_loopback(host: str) -> bool:
    """Say whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_bind(host: str, *, has_keys: bool) -> None:
    """Refuse to be reached from elsewhere by people without keys.

    Raises:
        ConfigError: The address is not this machine's own, and there is no key.
    """
    if not is_loopback(host) and not has_keys:
        raise ConfigError(
            f"{host!r} can be reached from elsewhere, and this catalog has no key",
            hint="Make one with: metier keys create NAME --scope admin --catalog URI; or serve on 127.0.0.1.",
        )
