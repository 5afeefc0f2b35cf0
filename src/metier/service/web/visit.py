"""What one browser is at: a resume and its corrections, a posting, a shortlist; kept for a day, then gone."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.schema import open_truth
from metier.records.codec import from_json, to_json
from metier.records.document import Document
from metier.records.job import Job
from metier.service.web.correction import Corrections

COOKIE = "metier_visit"
LASTS_S = 24 * 3600
_metadata = sa.MetaData()
_visits = sa.Table(
    "visits",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("touched", sa.Float, nullable=False, index=True),
    sa.Column("content", sa.Text, nullable=False),
)


@dataclass(slots=True, kw_only=True)
class Visit:
    """What is kept of a visit.

    Attributes:
        key: What its events are kept under, as if it were a person.
        resume: What was dropped.
        corrections: What the person put right.
        job: The posting that people are ranked for.
        is_stored: Whether that job is one of the catalog.
        shows_names: Whether the recruiter asked to see who they are.
        shortlist: Codes of people.
        notes: Notes by code.
        people: Ids by code, of those who were shown.
        passed: Pairs of person and job that nothing was said about when they were to be graded.
    """

    key: str = field(default_factory=lambda: f"visit-{secrets.token_hex(8)}")
    resume: Document | None = None
    corrections: Corrections = field(default_factory=Corrections)
    job: Job | None = None
    is_stored: bool = False
    shows_names: bool = False
    shortlist: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    passed: list[tuple[str, str]] = field(default_factory=list)


class VisitStore:
    """The visits of one tenant, in `visits.sqlite` of its folder; several processes may share it.

    Args:
        folder: The catalog's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = open_truth(folder, "visits.sqlite")
        with self._engine.execution_options(writes=True).begin() as connection:
            _metadata.create_all(connection)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def find(self, token: str, owner: str) -> Visit | None:
        """Give the visit of a cookie, if it is the caller's and not too old."""
        chosen = sa.select(_visits.c.content).where(
            _visits.c.id == _digest(token), _visits.c.owner == owner, _visits.c.touched > time.time() - LASTS_S
        )
        with self._engine.begin() as connection:
            content = connection.scalar(chosen)
        return None if content is None else from_json(Visit, content)

    def keep(self, token: str, owner: str, visit: Visit) -> None:
        """Keep a visit, and let those go that are too old."""
        now = time.time()
        values = {"id": _digest(token), "owner": owner, "touched": now, "content": to_json(visit)}
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(_visits).where(_visits.c.touched <= now - LASTS_S))
            connection.execute(
                insert(_visits).values(**values).on_conflict_do_update(index_elements=["id"], set_=values)
            )

    def forget(self, token: str) -> None:
        """Delete a visit for good."""
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(_visits).where(_visits.c.id == _digest(token)))


def new_token() -> str:
    """Make what a cookie holds; only its digest is kept."""
    return secrets.token_urlsafe(32)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
