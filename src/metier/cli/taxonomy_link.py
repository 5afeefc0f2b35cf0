"""`metier taxonomy link`: the skills and occupations that a text names, with offsets, scores and reasons."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metier.cli.base import OUTPUT, JsonOption, error_fields, note, note_error, usage_error, write_line
from metier.cli.taxonomy_store import FolderOption, folder_of

if TYPE_CHECKING:
    from metier.graph.reading import Reading
    from metier.records.skill import Mention

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Halves of characters, as a broken pipe or argument brings them, one for one: offsets stay."""


def link(
    texts: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT…", help="Postings, sentences or titles; - reads standard input.")
    ] = None,
    file: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="PATH", help="A file with one text; may be given several times."),
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Each line of a file is a text of its own.")] = False,
    names_only: Annotated[
        bool, typer.Option("--names-only", help="Link names alone, nothing by its meaning; needs no model.")
    ] = False,
    folder: FolderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find the skills and occupations that texts name or mean, and where.

    Raises:
        Exit: With 1 when a file could not be read.
    """
    from metier.errors import MetierError  # noqa: PLC0415 - help must be fast
    from metier.graph.occupation_linker import OccupationLinker  # noqa: PLC0415
    from metier.graph.open_graph import occupations  # noqa: PLC0415
    from metier.graph.reading import TextReader  # noqa: PLC0415

    if not texts and not file:
        usage_error("there is no text to link; give one, or --file PATH, or - for standard input")
    encoder = None if names_only else _encoder()
    linker = OccupationLinker(occupations(folder_of(folder)), encoder=encoder)
    reader = TextReader(occupations=linker, encoder=encoder)
    has_fault = False
    for source, text in _texts(texts or [], file or [], lines=lines):
        if isinstance(text, MetierError):
            has_fault = True
            if as_json:
                write_line({"source": source, "error": error_fields(text)})
            else:
                note_error(text, source)
            continue
        reading = reader.read(text.translate(_SURROGATES))
        if as_json:
            write_line(reading_fields(reading))
        else:
            _show(reading)
    if has_fault:
        raise typer.Exit(1)


def reading_fields(reading: Reading) -> dict[str, Any]:
    """Give what was found in a text as JSON values; `metier/schema/link.schema.json` describes them."""
    from metier.graph.occupation_table import taxonomy_of  # noqa: PLC0415

    return {
        "text": reading.text,
        "title": reading.title,
        "skills": [_mention(one) for one in reading.skills],
        "occupations": [{**_mention(one), "taxonomy": taxonomy_of(one.uri)} for one in reading.occupations],
        "not_read": [{"start": one.start, "end": one.end, "reason": one.reason} for one in reading.not_read],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.span.text,
        "start": mention.span.start,
        "end": mention.span.end,
        "uri": mention.uri,
        "preferred_label": mention.preferred_label,
        "score": round(mention.score, 4),
        "reason": mention.reason,
        "is_negated": mention.is_negated,
    }


def _encoder() -> Any:  # noqa: ANN401 - an encoder of a plug-in
    from metier.config import load_settings  # noqa: PLC0415
    from metier.models.named import open_encoder  # noqa: PLC0415

    settings, _ = load_settings()
    return open_encoder(settings.encoder, settings)


def _texts(texts: list[str], files: list[str], *, lines: bool) -> Iterator[tuple[str, Any]]:
    """Give each text and where it is from; an error in place of what could not be read."""
    for number, text in enumerate(texts, start=1):
        if text == "-":
            yield from _parts("-", sys.stdin.buffer.read(), lines=lines)
        else:
            yield f"text {number}", text
    for path in files:
        yield from _read(path, lines=lines)


def _read(path: str, *, lines: bool) -> Iterator[tuple[str, Any]]:
    from metier.errors import UnreadableDocumentError  # noqa: PLC0415

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        yield path, UnreadableDocumentError(f"{path}: {reason}", hint="Give the path of a text file.")
        return
    yield from _parts(path, data, lines=lines)


def _parts(source: str, data: bytes, *, lines: bool) -> Iterator[tuple[str, Any]]:
    from metier.documents.encoding import decode  # noqa: PLC0415

    text = decode(data)
    if not lines:
        yield source, text
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield f"{source}#{number}", line


def _show(reading: Reading) -> None:
    """Write a table for people."""
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(
        title=escape(_short(reading.title or reading.text)), title_justify="left", show_edge=False, pad_edge=False
    )
    for column in ("what", "in the text", "concept", "score", "reason"):
        table.add_column(column, overflow="fold")
    for kind, mentions in (("occupation", reading.occupations), ("skill", reading.skills)):
        for one in mentions:
            reason = f"{one.reason}, negated" if one.is_negated else one.reason
            place = f"{_short(one.span.text)} ({one.span.start}–{one.span.end})"
            table.add_row(kind, escape(place), escape(one.preferred_label), f"{one.score:.2f}", reason)
    if table.row_count:
        OUTPUT.print(table)
    else:
        note(f"nothing is named in {_short(reading.text)!r}")
    for part in reading.not_read:
        note(f"not read: characters {part.start} to {part.end}: {part.reason}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:60]}…" if len(line) > 60 else line
