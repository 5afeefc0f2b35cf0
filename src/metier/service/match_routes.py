"""Answers: jobs for a person, people for a job, one pair explained, gaps, documents read."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from metier.service.access import Actor, Anybody, Staff, TheDesk, TheHouse, check_own
from metier.service.answer import explained_fields, record_fields
from metier.service.answer_cache import Version
from metier.service.desk import Desk
from metier.service.job_routes import JobId
from metier.service.person_routes import PersonId
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.wire import GapQuestion, Question, ReasonsQuestion, RecommendationIn

router = APIRouter(prefix="/v1", tags=["answers"], route_class=ServiceRoute)


@router.get("/people/{person_id}/recommendations", summary="Jobs for a stored person")
async def get_recommendations(
    request: Request,
    person_id: PersonId,
    desk: TheDesk,
    house: TheHouse,
    caller: Anybody,
    question: Annotated[Question, Query()],
) -> Response:
    """Recommend jobs, with reasons; what the person did moves the list, and what they dismissed is not in it."""
    check_own(caller, person_id)
    version = await house.run("read", desk.version_for_person, person_id, question)
    name = f"jobs:{person_id}:{question.model_dump_json()}"
    return await _kept(request, house, desk, name, version, lambda: desk.recommendations(person_id, question))


@router.post("/recommendations", summary="Jobs for a person who is sent along")
async def post_recommendations(asked: RecommendationIn, desk: TheDesk, house: TheHouse, caller: Actor) -> Response:
    """Recommend jobs for a resume's text or a JSON Resume; it is not kept."""
    if asked.person.id:
        check_own(caller, asked.person.id)  # what that person did moves the list

    def recommend() -> dict[str, Any]:
        return desk.recommendations(desk.read_person(asked.person), asked)

    return created(await house.run("rank", recommend))


@router.get("/people/{person_id}/gaps", summary="What a person lacks for their best jobs")
async def get_gaps(
    request: Request,
    person_id: PersonId,
    desk: TheDesk,
    house: TheHouse,
    caller: Anybody,
    question: Annotated[GapQuestion, Query()],
) -> Response:
    """Give the requirements that the best jobs find missing, those that would unlock most jobs first."""
    check_own(caller, person_id)
    version = await house.run("read", desk.version_for_person, person_id, question)
    name = f"gaps:{person_id}:{question.model_dump_json()}"
    return await _kept(request, house, desk, name, version, lambda: desk.gaps(person_id, question))


@router.get("/people/{person_id}/jobs/{job_id}", summary="One pair explained")
async def get_explanation(
    request: Request,
    person_id: PersonId,
    job_id: JobId,
    desk: TheDesk,
    house: TheHouse,
    caller: Anybody,
    question: Annotated[ReasonsQuestion, Query()],
) -> Response:
    """Explain one pair, whatever its conditions: factors, conditions, and a reason for each requirement."""
    check_own(caller, person_id)

    def explain() -> dict[str, Any]:
        match, explanation = desk.explain(person_id, job_id, question)
        return explained_fields(match, explanation) | {"versions": desk.versions(question.as_of)}

    return answer(request, render(await house.run("rank", explain)))


@router.get("/jobs/{job_id}/people", summary="People for a stored job")
async def get_people(
    request: Request,
    job_id: JobId,
    desk: TheDesk,
    house: TheHouse,
    _caller: Staff,
    question: Annotated[Question, Query()],
) -> Response:
    """Recommend people for a job, with reasons."""
    version = await house.run("read", desk.version_for_job, job_id, question)
    name = f"people:{job_id}:{question.model_dump_json()}"
    return await _kept(request, house, desk, name, version, lambda: desk.people(job_id, question))


@router.post("/parse", summary="Read a resume or a posting")
async def post_parse(
    desk: TheDesk,
    house: TheHouse,
    _caller: Actor,
    file: Annotated[UploadFile, File(description="PDF, DOCX, HTML, Markdown, text, JSON Resume.")],
    kind: Annotated[Literal["profile", "job"], Form()] = "profile",
) -> Response:
    """Give what is read in a document, with offsets; it is not kept."""
    data = await file.read()
    name = (file.filename or "upload").replace("\\", "/").rsplit("/", 1)[-1][:200] or "upload"
    record = await house.run("parse", desk.parse, data, name, kind)
    return created(record_fields(record))


async def _kept(request: Request, house: TheHouse, desk: Desk, name: str, version: Version, make: Any) -> Response:  # noqa: ANN401
    kept = desk.cache.find(name, version)
    house.figures.cached.labels("yes" if kept else "no").inc()
    if kept is None:
        kept = await house.run("rank", desk.kept, name, version, make)
    return answer(request, kept.body, kept.etag)
