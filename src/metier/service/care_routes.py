"""For operators: whether it lives, whether it is ready, its figures."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from metier import __version__
from metier.service.access import Anybody, TheDesk, TheHouse
from metier.service.problem import ProblemError
from metier.service.reply import answer, created, render

router = APIRouter(tags=["care"])


@router.get("/healthz", summary="Whether it lives")
async def healthz() -> Response:
    """Say that the process answers."""
    return created({"status": "ok"})


@router.get("/readyz", summary="Whether it is ready")
async def readyz(house: TheHouse) -> Response:
    """Say that the models are loaded and the catalog answers; 503 until then."""
    if not house.is_ready:
        raise ProblemError(503, "the models are being loaded", code="not_ready", headers={"Retry-After": "1"})
    await house.run("read", house.desk().shelf.last_write, "job")
    return created({"status": "ready"})


@router.get("/metrics", summary="Figures for Prometheus")
async def metrics(house: TheHouse, _caller: Anybody) -> Response:
    """Give the figures of all workers together."""
    body = await asyncio.to_thread(house.figures.render)
    return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})


@router.get("/v1", summary="Who and what")
async def about(request: Request, house: TheHouse, desk: TheDesk, caller: Anybody) -> Response:
    """Say who asks, and how many records there are."""
    jobs = await house.run("read", desk.count, "job")
    people = await house.run("read", desk.count, "person") if caller.scope != "seeker" else None
    fields = {
        "metier": __version__,
        "scope": caller.scope,
        "tenant": caller.tenant,
        "person": caller.person or None,
        "jobs": jobs,
        "people": people,
    }
    return answer(request, render(fields))
