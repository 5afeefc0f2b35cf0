"""JSON Resume 1.0 to a document, so that it is parsed and quoted like any other resume."""

from __future__ import annotations

import json
from typing import Any

from metier.documents.encoding import clean, decode
from metier.documents.lines import LineBuilder
from metier.errors import UnreadableDocumentError
from metier.records.document import Document, LineKind

_REMEDY = "See jsonresume.org/schema for the form of a JSON Resume."


def read_json_resume(data: bytes, source: str) -> Document:
    """Render a JSON Resume to text in the order of a usual resume.

    Raises:
        UnreadableDocumentError: Not JSON, or no JSON Resume.
    """
    try:
        resume = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocumentError(f"{source} is not JSON: {error}", hint=_REMEDY) from error
    if not isinstance(resume, dict) or not isinstance(resume.get("basics") or {}, dict):
        raise UnreadableDocumentError(f"{source} is no JSON Resume", hint=_REMEDY)
    builder = LineBuilder()
    _add_basics(resume.get("basics") or {}, builder)
    for key, heading, parts in _SECTIONS:
        entries = [entry for entry in _list(resume.get(key)) if entry]
        if entries:
            builder.add(heading, kind="heading")
        for entry in entries:
            _add_entry(entry, parts, builder, mark=": " if key == "languages" else " | ")
    if builder.is_empty():
        raise UnreadableDocumentError(f"{source} has no text", hint=_REMEDY)
    return builder.document(source=source, media_type="application/json")


_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("work", "Work Experience", ("position", "name", "company", "location")),
    ("volunteer", "Volunteer work", ("position", "organization")),
    ("education", "Education", ("studyType", "area", "institution")),
    ("certificates", "Certificates", ("name", "issuer", "date")),
    ("skills", "Skills", ("name", "level")),
    ("languages", "Languages", ("language", "fluency")),
    ("projects", "Projects", ("name", "entity")),
    ("publications", "Publications", ("name", "publisher", "releaseDate")),
    ("awards", "Awards", ("title", "awarder", "date")),
    ("interests", "Interests", ("name",)),
)


def _add_basics(basics: dict[str, Any], builder: LineBuilder) -> None:
    place = basics.get("location") or {}
    address = (
        ", ".join(_texts(place, ("address", "city", "region", "countryCode")))
        if isinstance(place, dict)
        else str(place)
    )
    _add(builder, basics.get("name"), font_size=20.0)
    _add(builder, basics.get("label"))
    contact = " | ".join(filter(None, (address, *_texts(basics, ("email", "phone", "url", "website")))))
    _add(builder, contact)
    if basics.get("summary"):
        builder.add("Summary", kind="heading")
        _add(builder, basics["summary"])


def _add_entry(entry: object, parts: tuple[str, ...], builder: LineBuilder, *, mark: str) -> None:
    if not isinstance(entry, dict):
        _add(builder, entry)
        return
    start, end = _text(entry.get("startDate")), _text(entry.get("endDate"))
    period = f"{start} – {end or 'present'}" if start else end
    keywords = ", ".join(_text(word) for word in _list(entry.get("keywords")))
    head = mark.join(_texts(entry, parts))
    _add(builder, "   ".join(filter(None, (head, period))) + (f": {keywords}" if keywords else ""))
    _add(builder, entry.get("summary") or entry.get("description"))
    for highlight in [*_list(entry.get("highlights")), *_list(entry.get("courses"))]:
        _add(builder, highlight, kind="list_item")


def _add(builder: LineBuilder, value: object, *, kind: LineKind = "paragraph", font_size: float = 0.0) -> None:
    for line in _text(value).split("\n"):
        builder.add(line, kind=kind, font_size=font_size)


def _texts(entry: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [text for key in keys if (text := _text(entry.get(key)))]


def _text(value: object) -> str:
    return clean(str(value)).strip() if isinstance(value, str | int | float) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
