"""The seeker's way: a resume, what was understood of it, ranked jobs, the reasons."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from metier.documents.read import read_bytes
from metier.records.document import Document
from metier.records.event import EventKind
from metier.records.profile import Profile
from metier.service.access import house_of
from metier.service.desk import Desk, Explained
from metier.service.gap import find_gaps
from metier.service.options import MEGABYTE
from metier.service.web.correction import (
    LANGUAGE_LEVELS,
    LEVELS,
    Corrections,
    Numbers,
    add_skill,
    correct,
    read_profile,
    remove,
    stated_in,
)
from metier.service.web.highlight import cut
from metier.service.web.page import HEADERS, Guest, PageError, PageRoute, guest_of, to
from metier.service.web.visit import Visit
from metier.service.wire import EventIn, Question, ReasonsQuestion

router = APIRouter(prefix="/seeker", include_in_schema=False, route_class=PageRoute)
TheGuest = Annotated[Guest, Depends(guest_of)]
WORKPLACES = ("on_site", "hybrid", "remote")
EMPLOYMENTS = ("full_time", "part_time", "contract", "temporary", "internship")
BECAUSE = ("place", "pay", "field", "level", "employer", "other")
_MOST_TEXT = 400_000
_OF_BEST = 30
_DOORS = 6


@router.get("")
async def start(guest: TheGuest) -> Response:
    """Ask for a resume, or go on with the one that is there."""
    if guest.visit.resume is not None:
        return RedirectResponse(to(guest.request, "/seeker/matches"), 303, headers=dict(HEADERS))
    return guest.page("seeker_start.html", mb=guest.desk.parts.options.max_body_mb)


@router.post("")
async def drop(request: Request, guest: TheGuest) -> Response:
    """Read a resume, and keep it for this visit."""
    async with request.form(max_files=1, max_fields=10, max_part_size=4 * MEGABYTE) as form:
        name, data = await _sent(form.get("file"), form.get("text"))
    document = await house_of(request).run("parse", _read, guest.desk, data, name)
    guest.visit = Visit(resume=document)
    await _profile(guest)
    await house_of(request).run("write", guest.keep)
    return guest.sent_to("/seeker/matches")


@router.post("/forget")
async def forget(guest: TheGuest) -> Response:
    """Delete the resume and what was done with it."""

    def delete() -> None:
        guest.desk.events.forget(guest.visit.key)
        guest.visits.forget(guest.token)

    await house_of(guest.request).run("write", delete)
    return RedirectResponse(to(guest.request, "/seeker"), 303, headers=dict(HEADERS))


@router.get("/matches")
async def matches(guest: TheGuest) -> Response:
    """Show what was understood; the jobs follow by themselves."""
    profile, numbers = await _profile(guest)
    return guest.page("seeker.html", **_understood(guest, profile, numbers))


@router.post("/profile")
async def change(request: Request, guest: TheGuest) -> Response:
    """Put fields right."""
    profile, numbers = await _profile(guest)
    async with request.form(max_files=0, max_fields=500) as form:
        sent = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return await _corrected(guest, correct(guest.visit.corrections, stated_in(profile, numbers), sent))


@router.post("/profile/remove")
async def take_away(guest: TheGuest, name: Annotated[str, Form(max_length=300)]) -> Response:
    """Take away an entry or a skill that is wrong."""
    return await _corrected(guest, remove(guest.visit.corrections, name))


@router.post("/profile/skills")
async def add(guest: TheGuest, skill: Annotated[str, Form(max_length=300)] = "") -> Response:
    """Add a skill."""
    return await _corrected(guest, add_skill(guest.visit.corrections, skill))


@router.post("/profile/reset")
async def reset(guest: TheGuest) -> Response:
    """Undo all corrections."""
    return await _corrected(guest, Corrections())


@router.get("/jobs")
async def jobs(guest: TheGuest, request: Request) -> Response:
    """Give the ranked jobs."""
    return await _list(guest, request)


@router.post("/jobs/{job_id}/dismiss")
async def dismiss(
    request: Request, guest: TheGuest, job_id: str, because: Annotated[str, Form(max_length=20)] = "other"
) -> Response:
    """Put a job off, and rank again."""
    await _act(guest, job_id, "dismiss", because if because in BECAUSE else "other")
    return await _list(guest, request)


@router.post("/jobs/{job_id}/save")
async def save(request: Request, guest: TheGuest, job_id: str) -> Response:
    """Save a job, and rank again: jobs like it rise."""
    await _act(guest, job_id, "save", "")
    return await _list(guest, request)


@router.get("/doors")
async def doors(guest: TheGuest) -> Response:
    """Say what would open most doors."""
    profile, _ = await _profile(guest)
    question = Question(n=_OF_BEST, policy="mark", lang=guest.language)
    explained = await house_of(guest.request).run("rank", guest.desk.jobs_for, profile, question)
    gaps = find_gaps([match for match, _ in explained])[:_DOORS]
    return guest.page("_doors.html", gaps=gaps, most=max((len(gap.asked_by) for gap in gaps), default=1))


@router.get("/jobs/{job_id}")
async def reasons(guest: TheGuest, job_id: str) -> Response:
    """Show resume and posting side by side, and why they fit."""
    profile, _ = await _profile(guest)
    house = house_of(guest.request)
    question = ReasonsQuestion(lang=guest.language)
    match, explanation = await house.run("rank", guest.desk.explain, profile, job_id, question)
    await _act(guest, job_id, "click", "")
    return guest.page("seeker_job.html", **side_by_side((match, explanation)))


def side_by_side(explained: Explained) -> dict[str, Any]:
    """Give both texts cut at their quotes, which are named by the reason or condition that they belong to."""
    match, explanation = explained
    in_job, in_resume = [], []
    for place, reason in enumerate(explanation.reasons, start=1):
        in_job.append((f"r{place}", reason.requirement.span))
        if reason.evidence is not None:
            in_resume.append((f"r{place}", reason.evidence))
    for place, condition in enumerate(match.constraints, start=1):
        in_job += [(f"c{place}", condition.job_quote)] if condition.job_quote else []
        in_resume += [(f"c{place}", condition.resume_quote)] if condition.resume_quote else []
    return {
        "match": match,
        "explanation": explanation,
        "posting": cut(match.job.text, in_job),
        "resume": cut(match.profile.text, in_resume),
        "most": max((abs(factor.contribution) for factor in match.factors), default=1) or 1,
    }


def question_of(request: Request, language: str) -> Question:
    """Give what the filters ask for; what is empty asks for nothing.

    Raises:
        PageError: A filter is none.
    """
    sent = request.query_params
    stated: dict[str, Any] = {
        "city": [sent["city"].strip()] if sent.get("city", "").strip() else [],
        "workplace": [one for one in sent.getlist("workplace") if one in WORKPLACES],
        "employment_type": [one for one in sent.getlist("employment_type") if one in EMPLOYMENTS],
        "salary_min": sent.get("salary_min", "").strip()[:100],
        "stated_only": sent.get("stated_only") == "on",
        "lang": language,
    }
    count = sent.get("n", "")
    stated["n"] = min(100, max(1, int(count))) if count.isascii() and count.isdecimal() and len(count) < 4 else 10
    if len(stated["city"]) and len(stated["city"][0]) > 100:
        raise PageError("jobs.none")
    return Question(**stated)


async def _sent(file: Any, text: Any) -> tuple[str, bytes]:  # noqa: ANN401 - what a form holds
    """Give name and bytes of what was dropped or pasted."""
    if isinstance(file, UploadFile) and (file.size or 0) > 0:
        name = (file.filename or "resume").replace("\\", "/").rsplit("/", 1)[-1][:200] or "resume"
        return name, await file.read()
    words = text.strip() if isinstance(text, str) else ""
    if not words:
        raise PageError("drop.nothing")
    return "resume.txt", words[:_MOST_TEXT].encode("utf-8", "replace")


def _read(desk: Desk, data: bytes, name: str) -> Document:
    return desk.parts.reader.read(data, name) if name != "resume.txt" else read_bytes(data, name)


async def _profile(guest: Guest) -> tuple[Profile, Numbers]:
    """Give the profile of the visit.

    Raises:
        PageError: There is no resume any more.
    """
    document = guest.visit.resume
    if document is None:
        raise PageError("error.expired", status=410)

    def read() -> tuple[Profile, Numbers]:
        graph = guest.desk.parts.graph
        return read_profile(document, guest.visit.corrections, graph=graph, profile_id=guest.visit.key)

    return await house_of(guest.request).run("parse", read)


async def _corrected(guest: Guest, corrections: Corrections) -> Response:
    """Keep corrections that can be read, show what is understood now, and let the jobs follow."""
    guest.visit.corrections = corrections
    profile, numbers = await _profile(guest)
    await house_of(guest.request).run("write", guest.keep)
    if not guest.is_fragment:
        return RedirectResponse(to(guest.request, "/seeker/matches"), 303, headers=dict(HEADERS))
    return guest.page(
        "_understood.html", headers={"HX-Trigger": "profile-changed"}, **_understood(guest, profile, numbers)
    )


def _understood(guest: Guest, profile: Profile, numbers: Numbers) -> dict[str, Any]:
    return {
        "profile": profile,
        "numbers": numbers,
        "shown": stated_in(profile, numbers),
        "months": profile.experience_months(guest.desk.today()),
        "is_corrected": guest.visit.corrections != Corrections(),
        "levels": LEVELS,
        "language_levels": LANGUAGE_LEVELS,
        "workplaces": WORKPLACES,
        "employments": EMPLOYMENTS,
    }


async def _act(guest: Guest, job_id: str, kind: EventKind, note: str) -> None:
    """Record what the person did; it is on disk when this returns."""

    def record() -> None:
        guest.desk.job(job_id)
        event = EventIn(id=uuid4().hex, kind=kind, profile_id=guest.visit.key, job_id=job_id, note=note)
        _, receipts = guest.desk.send_events([event])
        receipts.result()

    await house_of(guest.request).run("write", record)


async def _list(guest: Guest, request: Request) -> Response:
    profile, _ = await _profile(guest)
    question = question_of(request, guest.language)
    found = await house_of(request).run("rank", _ranked, guest.desk, profile, question)
    return guest.page("_jobs.html", question=question, query=request.url.query, because=BECAUSE, **found)


def _ranked(desk: Desk, profile: Profile, question: Question) -> dict[str, Any]:
    """Rank; what the person did in this visit moves the list."""
    explained = desk.jobs_for(profile, question.model_copy(update={"n": question.n + 1}))
    words = desk.events.last_words(profile.id, before=desk.now())
    hidden = desk.shelf.versions("job", [key for key, kind in words.items() if kind == "dismiss"])
    return {
        "explained": explained[: question.n],
        "has_more": len(explained) > question.n,
        "saved": {key for key, kind in words.items() if kind != "dismiss"},
        "hidden": [desk.job(key) for key in hidden],
        "is_empty": desk.count("job") == 0,
    }
