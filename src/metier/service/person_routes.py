"""`/v1/people`: resumes in, profiles out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from metier.service.access import Actor, Anybody, Staff, TheDesk, TheHouse, Writer, check_own
from metier.service.answer import record_fields
from metier.service.job_routes import LINES, put_bulk
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.wire import PageQuestion, PersonIn, RecordId

router = APIRouter(prefix="/v1/people", tags=["people"], route_class=ServiceRoute)
PersonId = Annotated[str, Path(min_length=1, max_length=256)]
_LINE = '{"id": "ana", "text": "Welder, Leeds\\nTIG welding of stainless pipe since 2019"}\n'
PEOPLE_LINES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": LINES["requestBody"]["content"]["application/x-ndjson"] | {"example": _LINE}
        },
    }
}


@router.get("", summary="List people")
async def list_people(
    request: Request, desk: TheDesk, house: TheHouse, _caller: Staff, page: Annotated[PageQuestion, Query()]
) -> Response:
    """Give a page of people in the order of their ids; `next` is the cursor of the following one."""
    found, following = await house.run("read", desk.page, "person", cursor=page.cursor, limit=page.limit)
    return answer(request, render({"items": [record_fields(person) for person in found], "next": following or None}))


@router.post("", status_code=201, summary="Put a person in")
async def post_person(person: PersonIn, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Make a profile of a resume's text or of a JSON Resume; without an id it gets one from its text."""
    return await _put(house, desk, person, "")


@router.post("/bulk", summary="Put people in, one a line", openapi_extra=PEOPLE_LINES)
async def post_people(request: Request, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Make a profile of each line; each has its own result, and a bad line costs none of the others."""
    return await put_bulk(request, desk, house, "person")


@router.get("/{person_id}", summary="Give a person")
async def get_person(
    request: Request, person_id: PersonId, desk: TheDesk, house: TheHouse, caller: Anybody
) -> Response:
    """Give a profile with its text and what was read in it, with offsets."""
    check_own(caller, person_id)
    person = await house.run("read", desk.person, person_id)
    return answer(request, render(record_fields(person)))


@router.put("/{person_id}", summary="Put a person in under an id")
async def put_person(person_id: RecordId, person: PersonIn, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Make a profile in the place of the one with this id."""
    check_own(caller, person_id)
    return await _put(house, desk, person, person_id)


@router.delete("/{person_id}", status_code=204, summary="Delete a person")
async def delete_person(person_id: PersonId, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Delete a person for good, with what they did."""
    check_own(caller, person_id)
    await house.run("write", desk.delete, "person", person_id)
    return Response(status_code=204)


async def _put(house: TheHouse, desk: TheDesk, person: PersonIn, person_id: str) -> Response:
    def write() -> tuple[str, str]:
        profile = desk.read_person(person, person_id)
        return profile.id, desk.put([profile])[0]

    key, change = await house.run("write", write)
    house.figures.records.labels("person", change).inc()
    status = 201 if change == "added" else 200
    return created({"id": key, "status": change}, status=status, location=f"/v1/people/{key}")
