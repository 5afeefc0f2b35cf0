"""What a catalog holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogStatus:
    """What a catalog holds.

    Attributes:
        not_indexed: Records that full-text search still finds beside its index.
        next_encoder_id: The encoder of a re-encoding that is not done yet; empty when there is none.
        reencoded: How many records it has done.
    """

    uri: str
    encoder_id: str
    schema_version: str
    jobs: int
    people: int
    not_indexed: int
    bytes_on_disk: int
    next_encoder_id: str = ""
    reencoded: int = 0
