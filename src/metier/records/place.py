"""A place on the map, as far as a text states it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, region or country; empty strings are unknown.

    Attributes:
        text: The place as written.
        city: The city's name in English as the gazetteer gives it.
        region: The ISO 3166-2 code or name of the state or province.
        country: The ISO 3166-1 alpha-2 code, or a group such as `EU`.
    """

    text: str
    city: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
