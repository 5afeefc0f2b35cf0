"""Long imports: the lines are kept on disk first, then written batch by batch; a worker that dies is replaced."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import sqlalchemy as sa

from metier.catalog import Kind
from metier.errors import MetierError, NotFoundError
from metier.service.desk import Desk
from metier.service.lines import BATCH, Numbered, put_lines
from metier.service.tables import imports

ImportState = Literal["waiting", "running", "done", "failed"]
STALE_S = 20.0
"""An import whose worker has not been heard of for so long is taken over."""
_MOST_ERRORS = 100
_FOLDER = "imports"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One import and how far it is.

    Attributes:
        lines: How many there are.
        done: How many were read, the failed ones too.
        errors: The first hundred problems, each with its line.
    """

    id: str
    owner: str
    kind: Kind
    state: ImportState
    lines: int
    done: int = 0
    failed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)
    created: str = ""

    @property
    def is_over(self) -> bool:
        """Say whether nothing will change any more."""
        return self.state in {"done", "failed"}


@dataclass(frozen=True, slots=True)
class ImportBook:
    """The imports of a tenant, and who works on them.

    Attributes:
        desk: Where the records go.
    """

    desk: Desk

    def path(self, import_id: str) -> Path:
        """Give the file of an import's lines."""
        return self.desk.folder / _FOLDER / f"{import_id}.jsonl"

    def new_file(self) -> tuple[str, Path]:
        """Give the id of a new import, and the file for its lines."""
        import_id = uuid4().hex
        path = self.path(import_id)
        path.parent.mkdir(exist_ok=True)
        return import_id, path

    def add(self, import_id: str, *, owner: str, kind: Kind) -> ImportRun:
        """Write an import down whose lines are on disk; from now on it will be done, whoever dies."""
        with self.path(import_id).open("rb") as file:
            lines = sum(1 for _ in file)
        now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
        run = ImportRun(id=import_id, owner=owner, kind=kind, state="waiting", lines=lines, created=now)
        values = {
            "id": run.id,
            "owner": owner,
            "kind": kind,
            "state": run.state,
            "lines": lines,
            "done": 0,
            "failed": 0,
            "errors": "[]",
            "beat": 0.0,
            "created": now,
        }
        with self.desk.store.execution_options(writes=True).begin() as connection:
            connection.execute(sa.insert(imports).values(**values))
        return run

    def find(self, import_id: str) -> ImportRun:
        """Give an import.

        Raises:
            NotFoundError: There is none.
        """
        with self.desk.store.begin() as connection:
            row = connection.execute(sa.select(imports).where(imports.c.id == import_id)).first()
        if row is None:
            raise NotFoundError(f"there is no import {import_id!r}", hint="Start one at POST /v1/imports.")
        return _run(row)

    def latest(self, limit: int) -> list[ImportRun]:
        """Give the latest imports, newest first."""
        with self.desk.store.begin() as connection:
            order = sa.select(imports).order_by(imports.c.created.desc(), imports.c.id).limit(limit)
            return [_run(row) for row in connection.execute(order)]

    def claim(self) -> ImportRun | None:
        """Take an import that waits, or whose worker has died; None when there is none."""
        now = time.time()
        is_free = (imports.c.state == "waiting") | ((imports.c.state == "running") & (imports.c.beat < now - STALE_S))
        with self.desk.store.execution_options(writes=True).begin() as connection:
            row = connection.execute(sa.select(imports).where(is_free).order_by(imports.c.created).limit(1)).first()
            if row is None:
                return None
            connection.execute(sa.update(imports).where(imports.c.id == row.id).values(state="running", beat=now))
        return replace(_run(row), state="running")

    def work(self, run: ImportRun, *, stopping: threading.Event) -> ImportRun:
        """Do an import from where it is, a batch at a time; what is told as done is committed and synced."""
        try:
            for batch in _batches(self.path(run.id), after=run.done):
                if stopping.is_set():
                    self._tell(replace(run, state="waiting"))
                    return run
                results = put_lines(self.desk, run.kind, batch)
                errors = [result for result in results if result["status"] == "failed"]
                run = replace(
                    run,
                    done=batch[-1][0],
                    failed=run.failed + len(errors),
                    errors=[*run.errors, *errors][:_MOST_ERRORS],
                )
                self._tell(run)
            run = replace(run, state="done", done=run.lines)
        except (MetierError, OSError, sa.exc.SQLAlchemyError) as error:
            logger.exception("an import has failed")
            run = replace(run, state="failed", errors=[*run.errors, {"problem": str(error)[:300]}])
        self._tell(run)
        self.path(run.id).unlink(missing_ok=True)
        return run

    def _tell(self, run: ImportRun) -> None:
        values = {
            "state": run.state,
            "done": run.done,
            "failed": run.failed,
            "errors": json.dumps(run.errors),
            "beat": time.time(),
        }
        with self.desk.store.execution_options(writes=True).begin() as connection:
            connection.execute(sa.update(imports).where(imports.c.id == run.id).values(**values))


def _batches(path: Path, *, after: int) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number <= after or not line.strip():
                continue
            batch.append((number, line))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _run(row: sa.Row[tuple[object, ...]]) -> ImportRun:
    return ImportRun(
        id=row.id,
        owner=row.owner,
        kind=row.kind,
        state=row.state,
        lines=row.lines,
        done=row.done,
        failed=row.failed,
        errors=json.loads(row.errors),
        created=row.created,
    )
