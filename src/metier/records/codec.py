"""Records to JSON and back, without loss."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(record_type: type) -> TypeAdapter[Any]:
    if record_type not in _ADAPTERS:
        _ADAPTERS[record_type] = TypeAdapter(record_type)
    return _ADAPTERS[record_type]


def to_json(record: object) -> str:
    """Render a record as one line of JSON."""
    return _adapter(type(record)).dump_json(record).decode()


def from_json(record_type: type[T], text: str) -> T:
    """Make a record from what `to_json` gave.

    Raises:
        ValueError: The JSON does not describe such a record.
    """
    record: T = _adapter(record_type).validate_json(text)
    return record


def to_fields(record: object) -> dict[str, Any]:
    """Give a record as plain JSON values, for the edges that print it."""
    fields: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    return fields
