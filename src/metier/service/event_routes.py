"""`/v1/events` and `/v1/labels`: what people did, and how well pairs fit."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from metier.records.codec import to_fields
from metier.service.access import Actor, Anybody, Staff, TheDesk, TheHouse, Writer, check_own
from metier.service.job_routes import JobId
from metier.service.key import Caller
from metier.service.label_store import Label, LabelStore
from metier.service.person_routes import PersonId
from metier.service.problem import ProblemError
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.shelf import from_cursor, to_cursor
from metier.service.wire import EventIn, EventsIn, LabelIn, PageQuestion

router = APIRouter(prefix="/v1", tags=["events"], route_class=ServiceRoute)


class EventsQuestion(PageQuestion):
    """A page of events."""

    profile_id: str = ""


@router.post("/events", status_code=201, summary="Tell what someone did")
async def post_event(event: EventIn, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Keep an event; once acknowledged it is on disk, and it moves the person's very next list."""
    return await _keep([event], desk, house, caller, is_single=True)


@router.post("/events/batch", status_code=201, summary="Tell what several did")
async def post_events(found: EventsIn, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Keep up to 10,000 events in one commit; those that are known already count once."""
    return await _keep(found.events, desk, house, caller, is_single=False)


@router.get("/events", summary="List events")
async def get_events(
    request: Request, desk: TheDesk, house: TheHouse, caller: Anybody, page: Annotated[EventsQuestion, Query()]
) -> Response:
    """Give events, oldest first."""
    profile_id = page.profile_id or caller.person
    check_own(caller, profile_id)
    stated = from_cursor(page.cursor) if page.cursor else "0"
    if not (stated.isascii() and stated.isdecimal() and len(stated) < 19):
        raise ProblemError(422, "the cursor is not one of events", hint="Give `next` of the page before.")
    rows = await house.run("read", desk.events.page, after=int(stated), limit=page.limit + 1, profile_id=profile_id)
    shown = rows[: page.limit]
    following = to_cursor(str(shown[-1][0])) if len(rows) > page.limit else None
    return answer(request, render({"items": [to_fields(event) for _, event in shown], "next": following}))


@router.put("/labels/{person_id}/{job_id}", summary="Say how well a pair fits")
async def put_label(
    person_id: PersonId, job_id: JobId, label: LabelIn, desk: TheDesk, house: TheHouse, caller: Writer
) -> Response:
    """Keep a grade; each key has one for a pair, and the last one holds."""
    kept = Label(profile_id=person_id, job_id=job_id, labeller=caller.key_id, grade=label.grade, note=label.note, at="")
    await house.run("write", LabelStore(desk.store).put, kept)
    return created({"profile_id": person_id, "job_id": job_id, "grade": label.grade})


@router.get("/labels", summary="List labels")
async def get_labels(
    request: Request, desk: TheDesk, house: TheHouse, _caller: Staff, page: Annotated[PageQuestion, Query()]
) -> Response:
    """Give labels in the order of people and jobs."""
    after = from_cursor(page.cursor) if page.cursor else ""
    rows = await house.run("read", LabelStore(desk.store).page, after=after, limit=page.limit + 1)
    shown = rows[: page.limit]
    following = to_cursor(shown[-1].place()) if len(rows) > page.limit else None
    return answer(request, render({"items": [to_fields(label) for label in shown], "next": following}))


async def _keep(found: list[EventIn], desk: TheDesk, house: TheHouse, caller: Caller, *, is_single: bool) -> Response:
    for event in found:
        check_own(caller, event.profile_id)
        if caller.scope == "seeker" and event.actor != "person":
            raise ProblemError(403, "a seeker tells what they did themselves", hint='Use "actor": "person".')
    events, coming = desk.send_events(found)
    receipts = await asyncio.wrap_future(coming)
    results = [{"id": event.id, "status": receipt} for event, receipt in zip(events, receipts, strict=True)]
    for receipt in ("stored", "known"):
        house.figures.events.labels(receipt).inc(receipts.count(receipt))
    status = 201 if "stored" in receipts else 200
    return created(results[0] if is_single else {"results": results}, status=status)
