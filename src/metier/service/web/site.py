"""The start of the page, the language, signing in, and the files of its looks."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse

from metier.service.access import house_of
from metier.service.web import labeller, models, recruiter, seeker
from metier.service.web.page import (
    HEADERS,
    KEY_COOKIE,
    LANGUAGE_COOKIE,
    Guest,
    PageError,
    PageRoute,
    guest_of,
    language_of,
    render,
    to,
)

router = APIRouter(include_in_schema=False, route_class=PageRoute)
_YEAR_S = 365 * 24 * 3600
_ASSETS = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
TheGuest = Annotated[Guest, Depends(guest_of)]


def install(app: FastAPI) -> None:
    """Put the page into an application."""
    app.state.visits, app.state.searches = {}, {}
    for routes in (router, seeker.router, recruiter.router, labeller.router, models.router):
        app.include_router(routes)


@router.get("/")
async def home(request: Request, guest: TheGuest) -> Response:
    """Show what can be done here."""
    house = house_of(request)
    jobs = await house.run("read", guest.desk.count, "job")
    people = await house.run("read", guest.desk.count, "person")
    return guest.page("home.html", jobs=jobs, people=people)


@router.get("/static/{name}")
async def asset(name: str) -> Response:
    """Give a file of the page's looks."""
    if name not in _ASSETS:
        raise PageError("error.title", status=404)
    data = files("metier.service.web").joinpath("static", name).read_bytes()
    headers = {**HEADERS, "Cache-Control": "public, max-age=3600"}
    return Response(data, media_type=_ASSETS[name], headers=headers)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Give the icon to browsers that ask for it by its old name."""
    return await asset("icon.svg")


@router.post("/language")
async def choose_language(
    request: Request,
    language: Annotated[str, Form(max_length=5)] = "en",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Change the language, and go back to where one was."""
    parts = urlsplit(back)
    is_here = not parts.scheme and not parts.netloc and back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if is_here else to(request, "/"), 303, headers=dict(HEADERS))
    chosen = "zh" if language == "zh" else "en"
    response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR_S, httponly=True, samesite="lax")
    return response


@router.get("/sign-in")
async def sign_in(request: Request) -> Response:
    """Ask for a key."""
    return render(request, "sign_in.html", language_of(request), is_wrong=False)


@router.post("/sign-in")
async def signed_in(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Keep a key that is good in a cookie that scripts cannot read."""
    house = house_of(request)
    if house.keys is not None:
        if house.rate.wait("sign-in"):
            raise PageError("error.busy", status=429)
        if await house.run("read", house.keys.caller, key.strip()) is None:
            return render(request, "sign_in.html", language_of(request), status=401, is_wrong=True)
    response = RedirectResponse(to(request, "/"), 303, headers=dict(HEADERS))
    is_secure = request.url.scheme == "https"
    response.set_cookie(KEY_COOKIE, key.strip(), httponly=True, samesite="strict", secure=is_secure)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Forget the key."""
    response = RedirectResponse(to(request, "/sign-in"), 303, headers=dict(HEADERS))
    response.delete_cookie(KEY_COOKIE)
    return response
