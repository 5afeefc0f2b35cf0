"""The truth in SQL and the index over it."""

from metier.catalog.catalog import MEMORY, Catalog, CatalogStatus
from metier.catalog.entry import KINDS, Entry, Kind, UpsertSummary

__all__ = ["KINDS", "MEMORY", "Catalog", "CatalogStatus", "Entry", "Kind", "UpsertSummary"]
