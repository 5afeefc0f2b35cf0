"""Pages: their templates, their language, who may see them, and how an error is told to a person."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from metier import __version__
from metier.errors import MetierError
from metier.service.access import STAFF, WRITERS, desk_of, house_of
from metier.service.desk import Desk
from metier.service.key import LOCAL, Caller, Scope
from metier.service.problem import problem_of
from metier.service.web.visit import COOKIE, LASTS_S, Visit, VisitStore, new_token
from metier.service.web.words import PageLanguage, speak

logger = logging.getLogger(__name__)
KEY_COOKIE = "metier_key"
LANGUAGE_COOKIE = "metier_lang"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class SignInError(Exception):
    """A key is needed to see this page."""


class PageError(Exception):
    """What a person did cannot be done; it is told in their language.

    Attributes:
        word: The key of what is said.
        status: Of the answer.
    """

    def __init__(self, word: str, *, status: int = 422) -> None:
        super().__init__(word)
        self.word = word
        self.status = status


@dataclass(slots=True, kw_only=True)
class Guest:
    """Who looks at a page: their desk, their language, what they are at."""

    request: Request
    caller: Caller
    desk: Desk
    visits: VisitStore
    language: PageLanguage
    token: str
    visit: Visit

    @property
    def is_fragment(self) -> bool:
        """Say whether a part of a page is asked for."""
        return self.request.headers.get("hx-request") == "true" and "hx-boosted" not in self.request.headers

    def keep(self) -> None:
        """Keep what the guest is at."""
        self.visits.keep(self.token, self.caller.key_id, self.visit)

    def page(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: object
    ) -> Response:
        """Render a page, or a part of one."""
        response = render(
            self.request, template, self.language, status=status, caller=self.caller, visit=self.visit, **values
        )
        response.headers.update(headers or {})
        self.remember(response)
        return response

    def sent_to(self, path: str) -> Response:
        """Send the guest on to another page, whichever way they came."""
        address = to(self.request, path)
        response = (
            Response(status_code=204, headers={**HEADERS, "HX-Redirect": address})
            if self.is_fragment
            else RedirectResponse(address, 303, headers=dict(HEADERS))
        )
        self.remember(response)
        return response

    def remember(self, response: Response) -> None:
        """Let the browser come back to what it is at."""
        is_secure = self.request.url.scheme == "https"
        response.set_cookie(COOKIE, self.token, max_age=LASTS_S, httponly=True, samesite="lax", secure=is_secure)


class PageRoute(APIRoute):
    """A route of the page: errors are told to people, and forms of other sites are refused."""

    def get_route_handler(self) -> Handler:
        """Wrap what FastAPI makes of the route."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                check_site(request)
                return await inner(request)
            except SignInError:
                return _to_sign_in(request)
            except (PageError, MetierError, HTTPException, RequestValidationError) as error:
                return _told(request, error)

        return handle


def check_site(request: Request) -> None:
    """Refuse what a page of another site sends.

    Raises:
        PageError: It is from elsewhere.
    """
    if request.method in {"GET", "HEAD"}:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    is_ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not is_ours or site not in {None, "same-origin", "none"}:
        raise PageError("error.scope", status=403)


async def guest_of(request: Request) -> Guest:
    """Say who looks at the page.

    Raises:
        SignInError: A key is needed.
        PageError: The key asks too often.
    """
    house = house_of(request)
    caller = LOCAL
    if house.keys is not None:
        token = request.cookies.get(KEY_COOKIE, "")
        found = await house.run("read", house.keys.caller, token) if token else None
        if found is None:
            raise SignInError
        caller = found
    if house.rate.wait(caller.key_id):
        raise PageError("error.busy", status=429)
    request.state.caller = caller
    desk = await desk_of(request)
    visits = await house.run("read", _visits_of, request, desk)
    token = request.cookies.get(COOKIE, "")
    visit = await house.run("read", visits.find, token, caller.key_id) if token else None
    return Guest(
        request=request,
        caller=caller,
        desk=desk,
        visits=visits,
        language=language_of(request),
        token=token if visit is not None else new_token(),
        visit=visit or Visit(),
    )


async def staff_of(request: Request) -> Guest:
    """Say who looks at the page, if they may see other people.

    Raises:
        PageError: They may not.
    """
    return await _of(request, STAFF)


async def writer_of(request: Request) -> Guest:
    """Say who looks at the page, if they may change what the catalog holds.

    Raises:
        PageError: They may not.
    """
    return await _of(request, WRITERS)


async def admin_of(request: Request) -> Guest:
    """Say who looks at the page, if they run the service.

    Raises:
        PageError: They do not.
    """
    return await _of(request, ("admin",))


async def _of(request: Request, scopes: tuple[Scope, ...]) -> Guest:
    guest = await guest_of(request)
    if guest.caller.scope not in scopes:
        raise PageError("error.scope", status=403)
    return guest


def language_of(request: Request) -> PageLanguage:
    """Give the language that was chosen, else the browser's, else English."""
    stated = request.cookies.get(LANGUAGE_COOKIE) or request.headers.get("accept-language", "")
    return "zh" if stated.strip().lower().startswith("zh") else "en"


def render(
    request: Request, template: str, language: PageLanguage, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Render a template."""
    fields = {
        "t": speak(language),
        "language": language,
        "root": request.scope.get("root_path", "").rstrip("/"),
        "path": request.url.path,
        "version": __version__,
        "caller": None,
        **values,
    }
    return HTMLResponse(_templates().get_template(template).render(fields), status, headers=dict(HEADERS))


def to(request: Request, path: str) -> str:
    """Give the address of a page, below the path that a proxy serves it under."""
    return str(request.scope.get("root_path", "")).rstrip("/") + path


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("metier.service.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["key"] = lambda value: quote(str(value), safe="")
    environment.filters["percent"] = lambda value: round(float(value) * 100)
    environment.filters["day"] = lambda value: value.isoformat() if isinstance(value, dt.date) else str(value)
    environment.filters["web"] = lambda value: value if str(value).startswith(("https://", "http://")) else ""
    return environment


def _visits_of(request: Request, desk: Desk) -> VisitStore:
    stores = cast("dict[str, VisitStore]", request.app.state.visits)
    key = str(desk.folder)
    if key not in stores:
        stores[key] = VisitStore(desk.folder)
    return stores[key]


def _to_sign_in(request: Request) -> Response:
    address = to(request, "/sign-in")
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={**HEADERS, "HX-Redirect": address})
    return RedirectResponse(address, 303, headers=dict(HEADERS))


def _told(request: Request, error: Exception) -> Response:
    """Say what is wrong and what to do about it: as a line where a part of a page was asked for, else as a page."""
    language = language_of(request)
    say = speak(language)
    fields: dict[str, Any] = (
        {"status": error.status, "detail": say(error.word)} if isinstance(error, PageError) else _problem(error)
    )
    status = int(fields["status"])
    detail, hint = str(fields["detail"]), str(fields.get("hint", ""))
    if status == 503:
        detail, hint = say("error.busy"), ""
    elif status >= 500:
        detail, hint = say("error.fault"), ""
    is_part = request.headers.get("hx-request") == "true"
    template = "_error.html" if is_part else "error.html"
    return render(request, template, language, status=status, detail=detail, hint=hint)


def _problem(error: Exception) -> dict[str, Any]:
    if isinstance(error, RequestValidationError):
        stated = error.errors()
        where = ".".join(map(str, stated[0]["loc"][1:])) if stated else ""
        value = str(stated[0].get("input", ""))[:60] if stated else ""
        return {"status": 422, "detail": f"{where} {value!r}: {stated[0]['msg'] if stated else ''}"}
    return problem_of(error)
