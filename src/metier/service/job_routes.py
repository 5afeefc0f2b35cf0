"""`/v1/jobs`: postings in, jobs out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from metier.service.access import Anybody, TheDesk, TheHouse, Writer
from metier.service.answer import record_fields
from metier.service.lines import BATCH, MEDIA_TYPES, put_lines, split
from metier.service.problem import ProblemError
from metier.service.reply import answer, created, render
from metier.service.route import ServiceRoute
from metier.service.wire import ExpiryIn, PageQuestion, PostingIn, RecordId

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], route_class=ServiceRoute)
JobId = Annotated[str, Path(min_length=1, max_length=256)]
LINES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string"},
                "example": '{"id": "a", "title": "Welder", "description": "Weld steel."}\n',
            }
        },
    }
}
"""What OpenAPI says of a body of lines."""


@router.get("", summary="List jobs")
async def list_jobs(
    request: Request, desk: TheDesk, house: TheHouse, _caller: Anybody, page: Annotated[PageQuestion, Query()]
) -> Response:
    """Give a page of jobs in the order of their ids; `next` is the cursor of the following one."""
    found, following = await house.run("read", desk.page, "job", cursor=page.cursor, limit=page.limit)
    return answer(request, render({"items": [record_fields(job) for job in found], "next": following or None}))


@router.post("", status_code=201, summary="Put a posting in")
async def post_job(posting: PostingIn, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Make a job of a posting; without an id it gets one from its text. It is in the very next answer."""
    return await _put(house, desk, posting, "")


@router.post("/bulk", summary="Put postings in, one a line", openapi_extra=LINES)
async def post_jobs(request: Request, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Make a job of each line; each has its own result, and a bad line costs none of the others."""
    return await put_bulk(request, desk, house, "job")


@router.get("/{job_id}", summary="Give a job")
async def get_job(request: Request, job_id: JobId, desk: TheDesk, house: TheHouse, _caller: Anybody) -> Response:
    """Give a job with its text and what was read in it, with offsets."""
    job = await house.run("read", desk.job, job_id)
    return answer(request, render(record_fields(job)))


@router.put("/{job_id}", summary="Put a posting in under an id")
async def put_job(job_id: RecordId, posting: PostingIn, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Make a job of a posting in the place of the one with this id; `first_seen` is kept."""
    return await _put(house, desk, posting, job_id)


@router.post("/{job_id}/expire", summary="End a job")
async def expire_job(job_id: JobId, expiry: ExpiryIn, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """End a job on a day, today when left out; from the day after it is no longer recommended."""
    day = await house.run("write", desk.expire, job_id, expiry.on)
    return created({"id": job_id, "valid_through": day.isoformat()})


@router.delete("/{job_id}", status_code=204, summary="Delete a job")
async def delete_job(job_id: JobId, desk: TheDesk, house: TheHouse, _caller: Writer) -> Response:
    """Delete a job for good."""
    await house.run("write", desk.delete, "job", job_id)
    return Response(status_code=204)


async def _put(house: TheHouse, desk: TheDesk, posting: PostingIn, job_id: str) -> Response:
    def write() -> tuple[str, str]:
        job = desk.read_posting(posting, job_id)
        return job.id, desk.put([job])[0]

    key, change = await house.run("write", write)
    house.figures.records.labels("job", change).inc()
    status = 201 if change == "added" else 200
    return created({"id": key, "status": change}, status=status, location=f"/v1/jobs/{key}")


async def put_bulk(request: Request, desk: TheDesk, house: TheHouse, kind: str) -> Response:
    """Write a body of lines, batch by batch."""
    stated = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if stated not in MEDIA_TYPES:
        raise ProblemError(415, f"the body is {stated or 'of no stated type'}, not {MEDIA_TYPES[0]}")
    lines = list(split(await request.body()))
    results: list[dict[str, Any]] = []
    for first in range(0, len(lines), BATCH):
        results += await house.run(
            "write", put_lines, desk, "job" if kind == "job" else "person", lines[first : first + BATCH]
        )
    for result in results:
        house.figures.records.labels(kind, result["status"]).inc()
    body = b"".join(render(result) + b"\n" for result in results)
    return Response(body, media_type=MEDIA_TYPES[0], headers={"Cache-Control": "no-store"})
