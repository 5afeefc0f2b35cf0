"""Every error of Metier, as one tree.

MetierError
├── ConfigError
│   ├── UnknownComponentError
│   └── MissingExtraError
├── InputError
│   ├── UnreadableDocumentError
│   ├── BadPostingError
│   └── BadPreferencesError
├── CatalogError
│   ├── EncoderMismatchError
│   └── CatalogBusyError
├── ModelError
└── NotFoundError
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "BadPostingError",
    "BadPreferencesError",
    "CatalogBusyError",
    "CatalogError",
    "ConfigError",
    "EncoderMismatchError",
    "InputError",
    "MetierError",
    "MissingExtraError",
    "ModelError",
    "NotFoundError",
    "UnknownComponentError",
    "UnreadableDocumentError",
]


class MetierError(Exception):
    """Anything that Metier raises on purpose.

    Attributes:
        code: A stable word for programs.
        hint: What to do about it.
        retryable: Whether the same call may succeed later.
    """

    code = "error"
    retryable = False

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigError(MetierError):
    """A setting that cannot be used."""

    code = "bad_config"


class UnknownComponentError(ConfigError):
    """A component name that nobody provides."""

    code = "unknown_component"

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no {kind} {name!r}", hint=f"Use one of: {', '.join(sorted(known))}.")


class MissingExtraError(ConfigError):
    """A part that needs an extra which is not installed."""

    code = "missing_extra"

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra", hint=f"Install it with: pip install 'metier[{extra}]'")


class InputError(MetierError):
    """A file, row or value that cannot be used as it is."""

    code = "bad_input"


class UnreadableDocumentError(InputError):
    """A document that gives no text."""

    code = "unreadable_document"


class BadPostingError(InputError):
    """A row of a feed that does not make a job."""

    code = "bad_posting"

    def __init__(self, message: str, *, source: str, row: int, hint: str = "") -> None:
        super().__init__(f"{source}, row {row}: {message}", hint=hint)
        self.source = source
        self.row = row


class BadPreferencesError(InputError):
    """A preferences file or flag that cannot be read."""

    code = "bad_preferences"


class CatalogError(MetierError):
    """A catalog that cannot be opened or is not whole."""

    code = "catalog"


class EncoderMismatchError(CatalogError):
    """A catalog whose vectors come from another encoder."""

    code = "encoder_mismatch"


class CatalogBusyError(CatalogError):
    """Another process holds what this one needs."""

    code = "catalog_busy"
    retryable = True


class ModelError(MetierError):
    """A model that cannot be loaded or does not answer."""

    code = "model"


class NotFoundError(MetierError):
    """Something asked for by name that is not there."""

    code = "not_found"
