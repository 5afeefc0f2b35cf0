"""The application: its routes, its order of guards, its description."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from metier import __version__
from metier.config import load_settings
from metier.graph.base import SkillGraph
from metier.models.base import Encoder
from metier.service import (
    care_routes,
    event_routes,
    import_routes,
    job_routes,
    match_routes,
    person_routes,
    problem,
    search_routes,
)
from metier.service.balance import Balance
from metier.service.guard import BodyGuard, SiteGuard
from metier.service.house import House
from metier.service.options import ServiceOptions
from metier.service.telemetry import Telemetry
from metier.service.web import site

_ABOUT = """Match people and jobs in both directions, and say why.

A posting or an event that was acknowledged is on disk and in the very next answer. Errors are problems of RFC 9457.
Send an `Idempotency-Key` with a write that you may have to repeat. See docs/service.md."""


def create_app(options: ServiceOptions, *, encoder: Encoder | None = None, graph: SkillGraph | None = None) -> FastAPI:
    """Make the application of one process.

    Args:
        options: What the service is started with.
        encoder: Text to vectors; that of the settings if None.
        graph: Skills; the one that ships if None.
    """
    house = House(options, encoder=encoder, graph=graph)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(asyncio.to_thread(house.warm))
        yield
        await warming
        await asyncio.to_thread(house.close)

    app = FastAPI(
        title="Metier",
        version=__version__,
        description=_ABOUT,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={
            "4XX": {
                "description": "A problem of RFC 9457.",
                "content": {problem.MEDIA_TYPE: {"schema": problem.SCHEMA}},
            }
        },
    )
    app.state.house = house
    problem.install(app)
    for routes in (job_routes, person_routes, match_routes, event_routes, import_routes, search_routes, care_routes):
        app.include_router(routes.router)
    site.install(app)
    app.add_middleware(BodyGuard, options=options)
    app.add_middleware(SiteGuard, needs_keys=options.needs_keys)
    app.add_middleware(Balance, waiting=house.waiting, workers=options.workers)
    app.add_middleware(Telemetry, figures=house.figures)
    return app


def from_environment() -> FastAPI:
    """Make the application of a worker process of `metier serve`."""
    settings, _ = load_settings()
    return create_app(ServiceOptions.from_environment(settings))
