"""The truth in SQL and the index over it."""

from metier.catalog.catalog import MEMORY, Catalog
from metier.catalog.catalog_status import CatalogStatus
from metier.catalog.entry import KINDS, Entry, Kind, StoredParts, UpsertSummary
from metier.catalog.event_log import EventLog, EventSummary
from metier.catalog.model_registry import ModelRegistry, ModelRun

__all__ = [
    "KINDS",
    "MEMORY",
    "Catalog",
    "CatalogStatus",
    "Entry",
    "EventLog",
    "EventSummary",
    "Kind",
    "ModelRegistry",
    "ModelRun",
    "StoredParts",
    "UpsertSummary",
]
