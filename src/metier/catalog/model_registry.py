"""The trained models of a catalog, and which of them is in use."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from metier.catalog.schema import overrides, promotions, runs
from metier.errors import NotFoundError


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRun:
    """A trained model.

    Attributes:
        id: Names what it was trained on and how, so that the same training has the same id.
        kind: Such as `ranker`.
        model: The model as JSON.
        report: What was measured, as JSON.
        is_in_use: Whether answers are made with it.
        forced_over: The reasons against it that promotions of it were forced over, oldest first.
    """

    id: str
    kind: str
    model: str
    report: str
    is_in_use: bool = False
    forced_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelRegistry:
    """Runs and promotions in SQL; what is written is committed and synced."""

    engine: sa.Engine

    def add(self, run: ModelRun) -> None:
        """Keep a run; the same one again takes the place of the first."""
        values = {"id": run.id, "kind": run.kind, "at": _now(), "model": run.model, "report": run.report}
        with self.engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(runs).where(runs.c.id == run.id))
            connection.execute(sa.insert(runs).values(**values))

    def all(self) -> list[ModelRun]:
        """Give all runs, newest first."""
        with self.engine.begin() as connection:
            rows = list(connection.execute(sa.select(runs).order_by(runs.c.at.desc(), runs.c.id)))
            used = {row.kind: _in_use(connection, row.kind) for row in rows}
            forced = {row.id: _forced_over(connection, row.id) for row in rows}
        return [_run(row, is_in_use=used[row.kind] == row.id, forced_over=forced[row.id]) for row in rows]

    def one(self, run_id: str) -> ModelRun:
        """Give a run by its id.

        Raises:
            NotFoundError: There is none.
        """
        found = [run for run in self.all() if run.id == run_id]
        if not found:
            raise NotFoundError(f"there is no run {run_id!r}", hint="List them with: metier train runs --catalog URI")
        return found[0]

    def id_in_use(self, kind: str) -> str:
        """Give the id of the promoted run of a kind; empty while the one that ships is in use."""
        with self.engine.begin() as connection:
            return _in_use(connection, kind) or ""

    def in_use(self, kind: str) -> ModelRun | None:
        """Give the promoted model of a kind; None while the one that ships is in use."""
        with self.engine.begin() as connection:
            run_id = _in_use(connection, kind)
            row = connection.execute(sa.select(runs).where(runs.c.id == run_id)).first() if run_id else None
            return None if row is None else _run(row, is_in_use=True, forced_over=_forced_over(connection, row.id))

    def former(self, kind: str) -> ModelRun | None:
        """Give the model that a rollback gives back; None for the one that ships."""
        found = sa.select(promotions.c.run_id).where(promotions.c.kind == kind).order_by(promotions.c.number.desc())
        with self.engine.begin() as connection:
            run_id = connection.scalar(found.offset(1).limit(1))
        return None if run_id is None else self.one(run_id)

    def promote(self, run_id: str, *, over: Sequence[str] = ()) -> ModelRun:
        """Answer with a run from now on.

        Args:
            run_id: Of the run.
            over: The reasons against it that somebody overrides, which are kept.

        Raises:
            NotFoundError: There is none of this id.
        """
        run = self.one(run_id)
        if not run.is_in_use:
            with self.engine.execution_options(writes=True).begin() as connection:
                at = _now()
                connection.execute(sa.insert(promotions).values(kind=run.kind, run_id=run.id, at=at))
                if over:
                    connection.execute(sa.insert(overrides).values(run_id=run.id, at=at, reasons="\n".join(over)))
        return run

    def rollback(self, kind: str) -> ModelRun | None:
        """Take the last promotion back.

        Returns:
            What is in use now; None for the model that ships.

        Raises:
            NotFoundError: Nothing was promoted.
        """
        with self.engine.execution_options(writes=True).begin() as connection:
            last = connection.scalar(sa.select(sa.func.max(promotions.c.number)).where(promotions.c.kind == kind))
            if last is None:
                raise NotFoundError(f"no {kind} was promoted", hint="There is nothing to roll back.")
            connection.execute(sa.delete(promotions).where(promotions.c.number == last))
        return self.in_use(kind)


def _now() -> int:
    return time.time_ns() // 1000


def _in_use(connection: sa.Connection, kind: str) -> str | None:
    last = sa.select(promotions.c.run_id).where(promotions.c.kind == kind).order_by(promotions.c.number.desc()).limit(1)
    found: str | None = connection.scalar(last)
    return found


def _forced_over(connection: sa.Connection, run_id: str) -> tuple[str, ...]:
    wanted = sa.select(overrides.c.reasons).where(overrides.c.run_id == run_id).order_by(overrides.c.number)
    return tuple(reason for reasons in connection.scalars(wanted) for reason in reasons.split("\n"))


def _run(row: sa.Row[tuple[object, ...]], *, is_in_use: bool, forced_over: tuple[str, ...]) -> ModelRun:
    return ModelRun(
        id=row.id,
        kind=row.kind,
        model=row.model,
        report=row.report,
        is_in_use=is_in_use,
        forced_over=forced_over,
    )
