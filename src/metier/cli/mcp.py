"""`metier mcp`: a catalog as tools of a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metier.cli.base import CatalogOption, JsonOption, note, usage_error, write_line


def mcp(
    catalog: CatalogOption = "",
    http: Annotated[bool, typer.Option("--http", help="By streamable HTTP, not standard input and output.")] = False,
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port of --http.")] = 8765,
    files: Annotated[str, typer.Option(metavar="FOLDER", help="Whose files may be named as resumes.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Serve a catalog by the Model Context Protocol; see docs/mcp.md.

    Raises:
        MissingExtraError: What it needs is not installed.
        CatalogError: There is no such catalog.
    """
    from metier.errors import MissingExtraError  # noqa: PLC0415 - help must be fast

    try:
        from metier.service.mcp import check_host, serve_http, serve_stdio  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtraError("metier mcp", "mcp") from error
    from metier.catalog import Catalog  # noqa: PLC0415
    from metier.config import load_settings  # noqa: PLC0415
    from metier.service.mcp_desk import open_tools  # noqa: PLC0415

    settings, _ = load_settings()
    uri = catalog or settings.catalog
    if not uri:
        usage_error("no catalog is named; give --catalog URI")
    if files and not Path(files).is_dir():
        usage_error(f"--files {files!r} is no folder")
    check_host(host)
    Catalog.open(uri).close()
    with open_tools(uri, settings, files=Path(files) if files else None) as tools:
        if http:
            url = f"http://{host}:{port}/mcp"
            if as_json:
                write_line({"catalog": uri, "url": url})
            else:
                note(f"serving {uri} on {url}")
            serve_http(tools, host=host, port=port)
        else:
            serve_stdio(tools)
