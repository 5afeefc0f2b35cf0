"""The recruiter's way: a posting, people ranked blind, side by side, a shortlist with notes, the export."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from metier.errors import InputError
from metier.records.job import Job
from metier.service.access import house_of
from metier.service.desk import Desk, Explained
from metier.service.job_search import JobSearch
from metier.service.options import MEGABYTE
from metier.service.web.blind import blinded, blinded_reasons, code_of, short
from metier.service.web.page import HEADERS, Guest, PageError, PageRoute, staff_of, to
from metier.service.web.seeker import question_of, side_by_side
from metier.service.web.sheet import Row, to_csv
from metier.service.web.visit import Visit
from metier.service.web.words import speak
from metier.service.wire import EventIn, PostingIn, Question, ReasonsQuestion

router = APIRouter(prefix="/recruiter", include_in_schema=False, route_class=PageRoute)
Staff = Annotated[Guest, Depends(staff_of)]
_FOUND = 8
_MOST_NOTE = 2000
_MOST_TEXT = 400_000
_COMPARED = 3


@router.get("")
async def start(guest: Staff) -> Response:
    """Ask for a posting."""
    return guest.page("recruiter_start.html", mb=guest.desk.parts.options.max_body_mb)


@router.get("/search")
async def search(guest: Staff, q: str = "") -> Response:
    """Give the jobs of the catalog that words find."""
    words = q.strip()[:500]
    found = await house_of(guest.request).run("rank", _search, guest, words) if words else []
    return guest.page("_found.html", jobs=found, words=words)


@router.post("/posting")
async def choose(request: Request, guest: Staff) -> Response:
    """Take a posting: one of the catalog, a text, or a file."""
    async with request.form(max_files=1, max_fields=10, max_part_size=4 * MEGABYTE) as form:
        job, is_stored = await _posting(guest, dict(form)), bool(form.get("job_id"))
    before = guest.visit
    guest.visit = Visit(
        key=before.key, resume=before.resume, corrections=before.corrections, job=job, is_stored=is_stored
    )
    await house_of(request).run("write", guest.keep)
    return guest.sent_to("/recruiter/people")


@router.get("/people")
async def people(guest: Staff) -> Response:
    """Show the posting; the people follow by themselves."""
    return guest.page("recruiter.html", job=_job(guest))


@router.get("/people/list")
async def listed(request: Request, guest: Staff) -> Response:
    """Give the ranked people."""
    question = question_of(request, guest.language)
    explained = await _people(guest, question)
    only = request.query_params.get("shortlisted") == "on"
    shown = [one for one in explained if not only or _code(guest, one) in guest.visit.shortlist]
    has_more = len(explained) == question.n and not only
    return guest.page(
        "_people.html", people=[_named(guest, one) for one in shown], question=question, has_more=has_more
    )


@router.post("/people/names")
async def names(guest: Staff, show: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Show or hide who the people are."""
    guest.visit.shows_names = show == "yes"
    await house_of(guest.request).run("write", guest.keep)
    return RedirectResponse(to(guest.request, "/recruiter/people"), 303, headers=dict(HEADERS))


@router.post("/people/{code}/shortlist")
async def shortlist(guest: Staff, code: str) -> Response:
    """Put a person on the shortlist, or take them off."""
    person_id = _person_id(guest, code)
    is_new = code not in guest.visit.shortlist
    kept = [one for one in guest.visit.shortlist if one != code]
    guest.visit.shortlist = [*kept, code] if is_new else kept

    def write() -> None:
        guest.keep()
        if is_new and guest.visit.is_stored and guest.visit.job is not None:
            event = EventIn(
                id=uuid4().hex, kind="save", profile_id=person_id, job_id=guest.visit.job.id, actor="employer"
            )
            guest.desk.send_events([event])[1].result()

    await house_of(guest.request).run("write", write)
    return guest.page("_shortlist.html", code=code, is_shortlisted=is_new)


@router.post("/people/{code}/note")
async def note(guest: Staff, code: str, note: Annotated[str, Form(max_length=_MOST_NOTE)] = "") -> Response:
    """Keep a note about a person, for this visit."""
    _person_id(guest, code)
    guest.visit.notes = guest.visit.notes | {code: note.replace("\x00", "").strip()}
    await house_of(guest.request).run("write", guest.keep)
    return guest.page("_saved.html")


@router.get("/people/{code}")
async def reasons(guest: Staff, code: str) -> Response:
    """Show resume and posting side by side, and why they fit."""
    explained = await _explained(guest, code)
    person = _named(guest, explained)
    return guest.page("recruiter_person.html", person=person, **side_by_side((person["match"], person["explanation"])))


@router.get("/compare")
async def compare(request: Request, guest: Staff) -> Response:
    """Show two or three people side by side, requirement by requirement."""
    codes = list(dict.fromkeys(request.query_params.getlist("who")))[:_COMPARED]
    if len(codes) < 2:
        raise PageError("compare.hint")
    compared = [_named(guest, await _explained(guest, code)) for code in codes]
    requirements = list(
        dict.fromkeys(reason.requirement for person in compared for reason in person["explanation"].reasons)
    )
    requirements.sort(key=lambda need: need.span.start)
    by_need = [{reason.requirement: reason for reason in person["explanation"].reasons} for person in compared]
    rows = [(need, [reasons.get(need) for reasons in by_need]) for need in requirements]
    kinds = list(dict.fromkeys(one.kind for person in compared for one in person["match"].constraints))
    conditions = [
        (kind, [next((one for one in person["match"].constraints if one.kind == kind), None) for person in compared])
        for kind in kinds
    ]
    return guest.page("recruiter_compare.html", people=compared, rows=rows, conditions=conditions, job=_job(guest))


@router.get("/export.csv")
async def export(request: Request, guest: Staff) -> Response:
    """Give the people with their reasons as CSV, named as the page names them."""
    question = question_of(request, guest.language).model_copy(update={"n": 100})
    explained = await _people(guest, question)
    only = request.query_params.get("shortlisted") == "on"
    rows = []
    for one in explained:
        person = _named(guest, one)
        if not only or person["is_shortlisted"]:
            rows.append(
                Row(
                    name=person["name"],
                    match=person["match"],
                    explanation=person["explanation"],
                    is_shortlisted=person["is_shortlisted"],
                    note=person["note"],
                )
            )
    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="people.csv"'}
    return Response(to_csv(rows, speak(guest.language)), media_type="text/csv; charset=utf-8", headers=headers)


def _search(guest: Guest, words: str) -> list[Job]:
    parts = guest.desk.parts
    searches = guest.request.app.state.searches
    key = str(guest.desk.folder)
    if key not in searches:
        searches[key] = JobSearch(guest.desk.folder, encoder=parts.encoder, graph=parts.graph)
    found: list[Job] = searches[key].find(words, n=_FOUND, on=guest.desk.today())
    return found


async def _posting(guest: Guest, form: dict[str, Any]) -> Job:
    """Make a job of what a form holds.

    Raises:
        PageError: It holds no posting.
    """
    house = house_of(guest.request)
    job_id, title, text, file = (form.get(name) for name in ("job_id", "title", "text", "file"))
    if isinstance(job_id, str) and job_id:
        return await house.run("read", guest.desk.job, job_id)
    if isinstance(file, UploadFile) and (file.size or 0) > 0:
        name = (file.filename or "posting").replace("\\", "/").rsplit("/", 1)[-1][:200] or "posting"
        found = await house.run("parse", guest.desk.parse, await file.read(), name, "job")
        if not isinstance(found, Job):
            raise InputError(f"{name!r} holds no posting", hint="Give the text of one.")
        return found
    stated = [one.strip() if isinstance(one, str) else "" for one in (title, text)]
    if not all(stated):
        raise PageError("posting.nothing")
    posting = PostingIn(title=stated[0][:2000], description=stated[1][:_MOST_TEXT])
    return await house.run("parse", guest.desk.read_posting, posting)


def _job(guest: Guest) -> Job:
    if guest.visit.job is None:
        raise PageError("error.no_posting", status=410)
    return guest.visit.job


async def _people(guest: Guest, question: Question) -> list[Explained]:
    """Rank people, and remember by which codes they are shown."""
    house, job = house_of(guest.request), _job(guest)
    explained = await house.run("rank", guest.desk.people_for, job, question)
    codes = {code_of(guest.visit.key, match.profile.id): match.profile.id for match, _ in explained}
    if not codes.keys() <= guest.visit.people.keys():
        guest.visit.people = guest.visit.people | codes
        await house.run("write", guest.keep)
    return explained


def _code(guest: Guest, explained: Explained) -> str:
    return code_of(guest.visit.key, explained[0].profile.id)


def _person_id(guest: Guest, code: str) -> str:
    if code not in guest.visit.people:
        raise PageError("people.none", status=404)
    return guest.visit.people[code]


async def _explained(guest: Guest, code: str) -> Explained:
    question = ReasonsQuestion(lang=guest.language)
    return await house_of(guest.request).run(
        "rank", Desk.explain, guest.desk, _person_id(guest, code), _job(guest), question
    )


def _named(guest: Guest, explained: Explained) -> dict[str, Any]:
    """Give a person as the recruiter may see them."""
    match, explanation = explained
    code = _code(guest, explained)
    say, basics = speak(guest.language), match.profile.basics
    shown = guest.visit.shows_names
    if not shown:
        match = blinded(match)
        explanation = blinded_reasons(explanation, match)
    label = match.profile.basics.label or next((work.position for work in match.profile.work if work.position), None)
    known = basics.name.value if shown and basics.name else ""
    contact = [found.value for found in (basics.email, basics.phone, basics.url) if found] if shown else []
    return {
        "code": code,
        "name": known or say("people.one", code=short(code)),
        "contact": contact,
        "label": label.value if label else "",
        "match": match,
        "explanation": explanation,
        "months": match.profile.experience_months(guest.desk.today()),
        "is_shortlisted": code in guest.visit.shortlist,
        "note": guest.visit.notes.get(code, ""),
    }
