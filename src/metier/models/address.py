"""Where a model is: a server's address with the model's name behind a `#`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from metier.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAddress:
    """A model of an OpenAI-style server.

    Attributes:
        base_url: Such as `https://api.openai.com/v1`.
        model: The model's name at the server.
    """

    base_url: str
    model: str

    @classmethod
    def of(cls, address: str, *, what: str, route: str) -> ModelAddress:
        """Read an address.

        Args:
            address: Such as `https://HOST/v1#MODEL`.
            what: The kind of model, for errors.
            route: What may stand behind the base, such as `/embeddings`.

        Raises:
            ConfigError: It has no host or no model, or holds a password.
        """
        base, _, model = address.partition("#")
        base = base.rstrip("/").removesuffix(route)
        hint = "Write it as https://HOST/v1#MODEL."
        try:
            parts = urlsplit(base)
            has_host = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError as error:
            raise ConfigError(f"the {what} {base!r} is no address: {error}", hint=hint) from error
        if parts.username or parts.password:
            raise ConfigError(
                f"the {what} at {parts.hostname} has a password in its address",
                hint="Put the key into an environment variable, see docs/encoders.md.",
            )
        if not has_host or not model or parts.query or not base.isascii():
            raise ConfigError(f"the {what} {address!r} names no server and model", hint=hint)
        return cls(base_url=base, model=model)

    @property
    def name(self) -> str:
        """Name the server's host and path, and the model."""
        parts = urlsplit(self.base_url)
        return f"{parts.netloc.lower()}{parts.path}#{self.model}"
