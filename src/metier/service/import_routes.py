"""`/v1/imports`: long imports that go on by themselves, with their progress."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from metier.catalog import Kind
from metier.records.codec import to_fields
from metier.service.access import Staff, TheDesk, TheHouse, Writer
from metier.service.import_run import ImportBook, ImportRun
from metier.service.job_routes import LINES
from metier.service.lines import MEDIA_TYPES
from metier.service.problem import ProblemError
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.stream import changes, event, respond
from metier.service.wire import Strict

router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=ServiceRoute)


class ImportQuestion(Strict):
    """What the lines are."""

    kind: Literal["jobs", "people"] = "jobs"


@router.post("", status_code=202, summary="Start a long import", openapi_extra=LINES)
async def post_import(
    request: Request, desk: TheDesk, house: TheHouse, caller: Writer, question: Annotated[ImportQuestion, Query()]
) -> Response:
    """Keep the lines on disk and write them from there; `Location` is where its progress is told."""
    stated = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated not in MEDIA_TYPES:
        raise ProblemError(415, f"the body is {stated or 'of no stated type'}, not {MEDIA_TYPES[0]}")
    book = ImportBook(desk)
    import_id, path = book.new_file()
    try:
        with path.open("wb") as file:
            async for piece in request.stream():
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    kind: Kind = "job" if question.kind == "jobs" else "person"
    run = await house.run("write", book.add, import_id, owner=caller.key_id, kind=kind)
    house.clerk.wake()
    return created(_fields(run), status=202, location=f"/v1/imports/{run.id}")


@router.get("", summary="List imports")
async def list_imports(request: Request, desk: TheDesk, house: TheHouse, _caller: Staff) -> Response:
    """Give the latest hundred imports, newest first."""
    runs = await house.run("read", ImportBook(desk).latest, 100)
    return answer(request, render({"items": [_fields(run) for run in runs]}))


@router.get("/{import_id}", summary="How far an import is")
async def get_import(request: Request, import_id: str, desk: TheDesk, house: TheHouse, _caller: Staff) -> Response:
    """Give the progress of an import, with the problems of its lines."""
    return answer(request, render(_fields(await house.run("read", ImportBook(desk).find, import_id))))


@router.get("/{import_id}/events", summary="The progress of an import, live")
async def stream_import(
    request: Request, import_id: str, desk: TheDesk, house: TheHouse, _caller: Staff
) -> StreamingResponse:
    """Send the progress of an import until it is over (server-sent events)."""
    book = ImportBook(desk)
    run = await house.run("read", book.find, import_id)

    async def look() -> object:
        nonlocal run
        run = await house.run("read", book.find, import_id)
        return run

    async def make() -> bytes:
        return event("progress", _fields(run))

    async def pieces() -> AsyncIterator[bytes]:
        async for piece in changes(request, look=look, make=make, is_over=lambda: run.is_over):
            yield piece

    return respond(pieces())


def _fields(run: ImportRun) -> dict[str, Any]:
    fields = to_fields(run)
    fields.pop("owner")
    return fields
