"""Grading: pairs of a person and a job that are worth a minute, the person blind, no score shown."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Response

from metier.records.codec import from_json
from metier.records.job import Job
from metier.records.match import Match
from metier.records.profile import Profile
from metier.service.access import house_of
from metier.service.desk import Desk
from metier.service.label_queue import LabelQueue
from metier.service.label_store import Label, LabelStore
from metier.service.web.blind import blinded, code_of, mask, short
from metier.service.web.highlight import cut
from metier.service.web.page import HEADERS, Guest, PageError, PageRoute, writer_of
from metier.service.web.words import speak
from metier.training.label_file import GivenLabel, agreed

router = APIRouter(prefix="/labels", include_in_schema=False, route_class=PageRoute)
Writer = Annotated[Guest, Depends(writer_of)]
_MOST_PASSED = 500


@router.get("")
async def start(guest: Writer) -> Response:
    """Show what is asked; the pair follows by itself."""
    return guest.page("labels.html")


@router.get("/next")
async def following(guest: Writer) -> Response:
    """Give the pair that would tell the most."""
    return await _next(guest)


@router.get("/pairs.csv")
async def pairs(guest: Writer) -> Response:
    """Give the graded pairs with their texts, names masked, as `metier train encoder` reads them."""
    text = await house_of(guest.request).run("read", _pairs, guest.desk)
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="pairs.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/{code}/{job_id}")
async def grade(
    guest: Writer, code: str, job_id: str, grade: Annotated[Literal["0", "1", "2", "3", "pass"], Form()]
) -> Response:
    """Keep a grade, which is on disk before the next pair is shown."""
    if code not in guest.visit.people:
        raise PageError("people.none", status=404)
    pair = (guest.visit.people[code], job_id)
    if grade == "pass":
        guest.visit.passed = [*guest.visit.passed, pair][-_MOST_PASSED:]
        await house_of(guest.request).run("write", guest.keep)
    else:
        kept = Label(profile_id=pair[0], job_id=pair[1], labeller=guest.caller.key_id, grade=int(grade), note="", at="")
        await house_of(guest.request).run("write", LabelStore(guest.desk.store).put, kept)
    return await _next(guest)


async def _next(guest: Guest) -> Response:
    house, queue, labeller = house_of(guest.request), LabelQueue(guest.desk), guest.caller.key_id
    match = await house.run("rank", lambda: queue.next(labeller, passed=guest.visit.passed))
    summary = await house.run("read", queue.summary, labeller)
    if match is not None:
        guest.visit.people = guest.visit.people | {_code(guest, match): match.profile.id}
        await house.run("write", guest.keep)
    return guest.page("_label.html", summary=summary, pair=None if match is None else _shown(guest, match))


def _code(guest: Guest, match: Match) -> str:
    return code_of(guest.visit.key, match.profile.id)


def _shown(guest: Guest, match: Match) -> dict[str, Any]:
    """Give a pair as the labeller may see it."""
    code, blind = _code(guest, match), blinded(match)
    return {
        "code": code,
        "name": speak(guest.language)("people.one", code=short(code)),
        "match": match,
        "resume": cut(blind.profile.text, []),
        "posting": cut(match.job.text, []),
    }


def _pairs(desk: Desk) -> str:
    """Write what most labellers say of each pair that is still there."""
    given = []
    for label in LabelStore(desk.store).all():
        if desk.shelf.version("person", label.profile_id) and desk.shelf.version("job", label.job_id):
            person = from_json(Profile, desk.shelf.document("person", label.profile_id)[1])
            job = from_json(Job, desk.shelf.document("job", label.job_id)[1])
            given.append(
                GivenLabel(text_a=mask(person), text_b=job.text, label=str(label.grade), annotator=label.labeller)
            )
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["text_a", "text_b", "label"])
    writer.writerows([one.text_a, one.text_b, one.label] for one in agreed(given).values())
    return sheet.getvalue()
