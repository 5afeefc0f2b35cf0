"""The right to write the index or to re-encode: one process at a time, and nobody's for longer than it lives."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass, field
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from metier.catalog.schema import leases


def _holder() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease in SQL; one that nobody gave back ends by itself.

    Attributes:
        name: What it is the right to.
        seconds: How long it lasts from when it was last taken.
    """

    engine: sa.Engine
    name: str = "index"
    seconds: float = 30.0
    holder: str = field(default_factory=_holder)

    def take(self) -> bool:
        """Take the lease, if nobody else holds it."""
        now = time.time()
        with self.engine.execution_options(writes=True).begin() as connection:
            held = connection.execute(sa.select(leases).where(leases.c.name == self.name)).first()
            if held is not None and held.until > now and held.holder != self.holder:
                return False
            values = {"name": self.name, "holder": self.holder, "until": now + self.seconds}
            connection.execute(insert(leases).values(**values).prefix_with("OR REPLACE"))
        return True

    def held_until(self) -> float:
        """Say until when anybody holds it, in seconds since 1970; 0 when nobody does."""
        with self.engine.begin() as connection:
            return connection.scalar(sa.select(leases.c.until).where(leases.c.name == self.name)) or 0.0

    def give(self) -> None:
        """Give it back."""
        mine = (leases.c.name == self.name) & (leases.c.holder == self.holder)
        with self.engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(leases).where(mine))
