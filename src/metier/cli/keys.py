"""`metier keys create|list|revoke`: who may ask a service for what."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from metier.cli.base import OUTPUT, JsonOption, note, usage_error, write_line

if TYPE_CHECKING:
    from metier.service.key import KeyStore

keys = typer.Typer(help="Make, list and end the keys of a service.", no_args_is_help=True)
RootOption = Annotated[str, typer.Option("--catalog", metavar="URI", help="The catalog that is served.")]


@keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What people call it.")],
    scope: Annotated[str, typer.Option(help="seeker, recruiter, auditor or admin.")] = "recruiter",
    tenant: Annotated[str, typer.Option(help="Whose catalog it opens.")] = "default",
    person: Annotated[str, typer.Option(metavar="ID", help="The person that a seeker is.")] = "",
    days: Annotated[int, typer.Option(min=0, help="How long it lasts; 0 for ever.")] = 0,
    catalog: RootOption = "",
    as_json: JsonOption = False,
) -> None:
    """Make a key; it is shown once and not kept."""
    from metier.service.key import Scope  # noqa: PLC0415 - help must be fast

    if scope not in get_args(Scope):
        usage_error(f"--scope {scope!r} is not known; use one of: {', '.join(get_args(Scope))}")
    key = _store(catalog, make=True).create(name, scope=scope, tenant=tenant, person=person, days=days)  # type: ignore[arg-type]
    if as_json:
        write_line({"key": key, "scope": scope, "tenant": tenant})
    else:
        note("this key is shown once and not kept; send it as: Authorization: Bearer KEY")
        typer.echo(key)


@keys.command("list")
def list_keys(catalog: RootOption = "", as_json: JsonOption = False) -> None:
    """List the keys, without themselves."""
    for entry in _store(catalog).entries():
        if as_json:
            write_line(asdict(entry))
        else:
            who = f" person {entry.person}" if entry.person else ""
            until = f" until {entry.expires}" if entry.expires else ""
            OUTPUT.print(f"{entry.id}  {entry.state}  {entry.scope} of {entry.tenant}{who}  {entry.name}{until}")


@keys.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID")], catalog: RootOption = "", as_json: JsonOption = False
) -> None:
    """End a key at once."""
    _store(catalog).revoke(key_id)
    if as_json:
        write_line({"revoked": key_id})
    else:
        note(f"{key_id} opens nothing any more")


def _store(catalog: str, *, make: bool = False) -> KeyStore:
    from metier.config import load_settings  # noqa: PLC0415
    from metier.service.key import KeyStore  # noqa: PLC0415

    uri = catalog or load_settings()[0].catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    folder = Path(uri)
    if not make and not KeyStore.is_at(folder):
        usage_error(f"there is no key at {uri!r}; make one with: metier keys create NAME --catalog {uri}")
    return KeyStore(folder)
