"""The tables that the service keeps beside a tenant's catalog, in `service.sqlite`."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from metier.catalog.schema import leases, open_truth

metadata = sa.MetaData()

labels = sa.Table(
    "labels",
    metadata,
    sa.Column("profile_id", sa.String(256), primary_key=True),
    sa.Column("job_id", sa.String(256), primary_key=True),
    sa.Column("labeller", sa.String(64), primary_key=True),
    sa.Column("grade", sa.Integer, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

replies = sa.Table(
    "replies",
    metadata,
    sa.Column("caller", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(256), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("status", sa.Integer, nullable=True),
    sa.Column("media_type", sa.String(100), nullable=False, default=""),
    sa.Column("headers", sa.Text, nullable=False, default="{}"),
    sa.Column("body", sa.LargeBinary, nullable=True),
)
"""Answers by their Idempotency-Key; `status` is empty while the first request is at work."""

searches = sa.Table(
    "searches",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("side", sa.String(8), nullable=False),
    sa.Column("subject", sa.String(256), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.String(80), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("version", sa.String(80), nullable=False),
    sa.Column("created", sa.String(40), nullable=False),
)
"""Saved searches; `told` are the ids that were sent, `version` the state of the catalog that was looked at last."""

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("search", sa.String(32), nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("answer", sa.String(200), nullable=False),
)

imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("errors", sa.Text, nullable=False),
    sa.Column("beat", sa.Float, nullable=False),
    sa.Column("created", sa.String(40), nullable=False),
)

keys = sa.Table(
    "keys",
    sa.MetaData(),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("tenant", sa.String(64), nullable=False),
    sa.Column("scope", sa.String(16), nullable=False),
    sa.Column("person", sa.String(256), nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sa.Column("created", sa.String(40), nullable=False),
    sa.Column("expires", sa.Float, nullable=True),
    sa.Column("revoked", sa.Float, nullable=True),
)
"""The keys of all tenants, in `keys.sqlite` of the root."""


def open_store(folder: Path) -> sa.Engine:
    """Open the tables of a tenant; they are made where there are none."""
    engine = open_truth(folder, "service.sqlite")
    with engine.execution_options(writes=True).begin() as connection:
        metadata.create_all(connection)
        leases.create(connection, checkfirst=True)
    return engine


def open_keys(folder: Path) -> sa.Engine:
    """Open the table of keys; it is made where there is none."""
    engine = open_truth(folder, "keys.sqlite")
    with engine.execution_options(writes=True).begin() as connection:
        keys.create(connection, checkfirst=True)
    return engine
