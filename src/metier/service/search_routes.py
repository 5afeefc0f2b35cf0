"""`/v1/searches`: saved searches whose news go to a webhook; and lists that stay live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from metier.service.access import Actor, Anybody, TheDesk, TheHouse, check_own
from metier.service.desk import Desk
from metier.service.key import Caller
from metier.service.person_routes import PersonId
from metier.service.problem import ProblemError
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.saved_search import SavedSearch, SearchBook
from metier.service.stream import changes, event, respond
from metier.service.webhook import check_url
from metier.service.wire import Question, SearchIn

router = APIRouter(prefix="/v1", tags=["live"], route_class=ServiceRoute)


@router.get("/people/{person_id}/recommendations/stream", summary="Jobs for a person, live")
async def stream_recommendations(
    request: Request,
    person_id: PersonId,
    desk: TheDesk,
    house: TheHouse,
    caller: Anybody,
    question: Annotated[Question, Query()],
) -> StreamingResponse:
    """Send the list now, and again whenever it has changed (server-sent events)."""
    check_own(caller, person_id)
    await house.run("read", desk.version_for_person, person_id, question)
    if house.streams >= house.options.streams:
        raise ProblemError(503, "too many live lists", code="busy", headers={"Retry-After": "10"})
    name = f"jobs:{person_id}:{question.model_dump_json()}"
    sent = ""

    async def look() -> object:
        return await house.run("read", _version, desk, person_id, question)

    async def make() -> bytes | None:
        nonlocal sent
        version = await house.run("read", _version, desk, person_id, question)
        if version is None:
            return event("gone", {"person": person_id})
        kept = await house.run("rank", desk.kept, name, version, lambda: desk.recommendations(person_id, question))
        if kept.etag == sent:
            return None
        sent = kept.etag
        tag = kept.etag.strip('"')
        return f"id: {tag}\nevent: list\ndata: ".encode() + kept.body + b"\n\n"

    async def pieces() -> AsyncIterator[bytes]:
        house.streams += 1
        try:
            async for piece in changes(request, look=look, make=make):
                yield piece
        finally:
            house.streams -= 1

    return respond(pieces())


@router.post("/searches", status_code=201, summary="Save a search")
async def post_search(asked: SearchIn, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Keep a search: whatever is new in its answer is sent to the webhook, signed. The secret is shown only here."""
    _check_side(caller, asked)
    check_url(asked.url, may_be_private=house.options.private_webhooks)
    search = await house.run("rank", SearchBook(desk).add, asked, owner=caller.key_id)
    fields = _fields(search) | {"secret": search.secret}
    return created(fields, status=201, location=f"/v1/searches/{search.id}")


@router.get("/searches", summary="List saved searches")
async def list_searches(request: Request, desk: TheDesk, house: TheHouse, caller: Anybody) -> Response:
    """Give the saved searches; a seeker sees their own."""
    found = await house.run("read", SearchBook(desk).all)
    return answer(request, render({"items": [_fields(one) for one in found if _is_theirs(caller, one)]}))


@router.get("/searches/{search_id}", summary="Give a saved search")
async def get_search(request: Request, search_id: str, desk: TheDesk, house: TheHouse, caller: Anybody) -> Response:
    """Give a saved search with its latest messages and whether they were taken."""
    search = await _find(house, desk, caller, search_id)
    messages = await house.run("read", SearchBook(desk).deliveries, search.id)
    return answer(request, render(_fields(search) | {"deliveries": messages}))


@router.delete("/searches/{search_id}", status_code=204, summary="Delete a saved search")
async def delete_search(search_id: str, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Delete a saved search with the messages that wait."""
    search = await _find(house, desk, caller, search_id)
    await house.run("write", SearchBook(desk).delete, search.id)
    return Response(status_code=204)


async def _find(house: TheHouse, desk: Desk, caller: Caller, search_id: str) -> SavedSearch:
    search = await house.run("read", SearchBook(desk).find, search_id)
    if not _is_theirs(caller, search):
        raise ProblemError(404, f"there is no search {search_id!r}", hint="List them at /v1/searches.")
    return search


def _is_theirs(caller: Caller, search: SavedSearch) -> bool:
    is_own = search.side == "jobs" and search.subject == caller.person
    return caller.scope != "seeker" or is_own


def _check_side(caller: Caller, asked: SearchIn) -> None:
    if caller.scope == "seeker" and asked.side == "people":
        raise ProblemError(403, "a seeker searches for jobs")
    if asked.side == "jobs":
        check_own(caller, asked.subject)


def _fields(search: SavedSearch) -> dict[str, Any]:
    return {
        "id": search.id,
        "side": search.side,
        "subject": search.subject,
        "url": search.url,
        "filters": search.question.filters.model_dump(mode="json"),
        "n": search.question.n,
        "least_score": search.question.least_score,
        "created": search.created,
    }


def _version(desk: Desk, person_id: str, question: Question) -> tuple[int | str, ...] | None:
    return desk.version_for_person(person_id, question) if desk.shelf.version("person", person_id) else None
