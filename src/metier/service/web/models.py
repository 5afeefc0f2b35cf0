"""The rankers that were trained on a catalog: what was measured of each, which one answers, back and forth."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from metier.catalog import ModelRegistry, ModelRun
from metier.service.access import house_of
from metier.service.web.page import HEADERS, Guest, PageError, PageRoute, admin_of, staff_of, to
from metier.training.promotion import speaks_against
from metier.training.ranker import KIND
from metier.training.ranker_report import load_report

router = APIRouter(prefix="/models", include_in_schema=False, route_class=PageRoute)
Staff = Annotated[Guest, Depends(staff_of)]
Admin = Annotated[Guest, Depends(admin_of)]


@router.get("")
async def listed(guest: Staff) -> Response:
    """Show the runs, newest first."""
    runs = await house_of(guest.request).run("read", _runs, guest.desk.models)
    reach = max((abs(run["report"]["gain"][end]) for run in runs for end in ("low", "high")), default=0) or 1
    return guest.page("models.html", runs=runs, reach=reach, may_change=guest.caller.scope == "admin")


@router.post("/rollback")
async def rollback(guest: Admin) -> Response:
    """Answer as before the last promotion."""
    await house_of(guest.request).run("write", guest.desk.models.rollback, KIND)
    return _back(guest)


@router.post("/{run_id}/promote")
async def promote(guest: Admin, run_id: str) -> Response:
    """Answer with a run from the next question on, if nothing speaks against it."""

    def write() -> None:
        models = guest.desk.models
        run = models.one(run_id)
        if run.kind != KIND or speaks_against(models, run):
            raise PageError("models.refused", status=409)
        models.promote(run_id)

    await house_of(guest.request).run("write", write)
    return _back(guest)


def _runs(models: ModelRegistry) -> list[dict[str, Any]]:
    return [_shown(models, run) for run in models.all() if run.kind == KIND]


def _shown(models: ModelRegistry, run: ModelRun) -> dict[str, Any]:
    return {"run": run, "report": load_report(run), "against": speaks_against(models, run)}


def _back(guest: Guest) -> Response:
    return RedirectResponse(to(guest.request, "/models"), 303, headers=dict(HEADERS))
