"""The tools of a catalog, opened for as long as a server runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metier.config import Settings
from metier.graph.graph_linker import GraphLinker
from metier.models.base import Encoder
from metier.models.named import open_encoder
from metier.service.desk import Desk, Parts
from metier.service.document_reader import DocumentReader
from metier.service.mcp_tools import McpTools
from metier.service.options import ServiceOptions


@contextmanager
def open_tools(
    uri: str, settings: Settings, *, files: Path | None = None, encoder: Encoder | None = None, as_of: str = ""
) -> Iterator[McpTools]:
    """Open the tools of a catalog, and close them at the end.

    Args:
        uri: The catalog's folder.
        settings: What the library is set to.
        files: The folder whose files may be named as resumes.
        encoder: That of the settings if None.
        as_of: The day on which answers are reckoned; today when empty.
    """
    options = ServiceOptions(catalog=uri, settings=settings, as_of=as_of)
    reader = DocumentReader(seconds=options.parse_seconds, max_pages=options.max_pages)
    model = encoder or open_encoder(settings.encoder, settings)
    desk = Desk.open(Path(uri), Parts(encoder=model, graph=GraphLinker(), options=options, reader=reader))
    tools = McpTools(desk, files=files)
    try:
        yield tools
    finally:
        tools.close()
        desk.close()
        reader.close()
