"""Who asks, what they may, and which desk is theirs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from metier.service.desk import Desk
from metier.service.house import House
from metier.service.key import LOCAL, Caller, Scope
from metier.service.problem import ProblemError

bearer = HTTPBearer(auto_error=False, description="A key made by `metier keys create`.")
EVERYBODY: tuple[Scope, ...] = ("seeker", "recruiter", "auditor", "admin")
STAFF: tuple[Scope, ...] = ("recruiter", "auditor", "admin")
WRITERS: tuple[Scope, ...] = ("recruiter", "admin")
ACTORS: tuple[Scope, ...] = ("seeker", "recruiter", "admin")


def house_of(request: Request) -> House:
    """Give what the process holds."""
    return cast("House", request.app.state.house)


async def identify(request: Request) -> Caller:
    """Say who asks, once a request.

    Raises:
        ProblemError: The key is missing, unknown, expired or revoked, or has asked too often.
    """
    known = getattr(request.state, "caller", None)
    if isinstance(known, Caller):
        return known
    house = house_of(request)
    caller = LOCAL
    if house.keys is not None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        stated = token.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
        found = await house.run("read", house.keys.caller, stated) if stated else None
        if found is None:
            message = "the key is unknown, expired or revoked" if stated else "a key is needed"
            hint = "Send it as: Authorization: Bearer KEY"
            raise ProblemError(401, message, hint=hint, headers={"WWW-Authenticate": "Bearer"})
        caller = found
    wait = house.rate.wait(caller.key_id)
    if wait:
        raise ProblemError(429, "this key asks too often", headers={"Retry-After": str(int(wait) + 1)})
    request.state.caller = caller
    return caller


def allow(*scopes: Scope) -> Callable[[Request, object], Awaitable[Caller]]:
    """Make a dependency that lets only some scopes in."""

    async def check(request: Request, _key: Annotated[object, Depends(bearer)]) -> Caller:
        caller = await identify(request)
        if caller.scope not in scopes:
            raise ProblemError(403, f"a key of scope {caller.scope!r} may not do this")
        return caller

    return check


Anybody = Annotated[Caller, Depends(allow(*EVERYBODY))]
Staff = Annotated[Caller, Depends(allow(*STAFF))]
Writer = Annotated[Caller, Depends(allow(*WRITERS))]
Actor = Annotated[Caller, Depends(allow(*ACTORS))]


def check_own(caller: Caller, person_id: str) -> None:
    """Let a seeker see nobody but themselves; others are as if they were not there.

    Raises:
        ProblemError: It is somebody else.
    """
    if caller.scope == "seeker" and caller.person != person_id:
        raise ProblemError(404, f"there is no person {person_id!r}", hint="A seeker's key sees its own person.")


async def desk_of(request: Request) -> Desk:
    """Give the desk of the caller's tenant; a request never names a tenant itself."""
    house = house_of(request)
    caller = await identify(request)
    desk = house.opened(caller.tenant)
    return await house.run("read", house.desk, caller.tenant) if desk is None else desk


TheDesk = Annotated[Desk, Depends(desk_of)]
TheHouse = Annotated[House, Depends(house_of)]
