"""Word documents: paragraphs, tables, text boxes, headers, in order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from lxml import etree

from metier.documents.encoding import clean
from metier.documents.lines import LineBuilder
from metier.errors import UnreadableDocumentError
from metier.records.document import Document, LineKind

MAX_UNPACKED = 200_000_000
MAX_RATIO = 200
_REMEDY = "Open it in a word processor and save it again as DOCX or PDF."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr", f"{_W}delText"}
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRACKED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}ins", f"{_W}moveTo"})
_NOT_INLINE = _SKIPPED | {f"{_W}txbxContent", _FALLBACK}
_WHITE = re.compile(r"^f[a-f0-9]f[a-f0-9]f[a-f0-9]$", re.IGNORECASE)
_HIDING = frozenset({f"{_W}color", f"{_W}vanish"})
_HALF_POINTS = 2
_HEADING_STYLE = re.compile(r"(?:heading|title|ü?berschrift|标题)\s?([1-9])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocxReader:
    """Reads Word documents; inserted text is kept, deleted and hidden text left out with a warning."""

    def read(self, data: bytes, source: str) -> Document:
        """Read headers, body and footers in this order, table cells where they stand.

        Raises:
            UnreadableDocumentError: Not a Word document, too large once unpacked, or without text.
        """
        _check_archive(data, source)
        try:
            package = docx.Document(io.BytesIO(data))
            body = package.element.body
            sections = list(package.sections)
            heads = [part._element for part in _parts(sections, "header")]  # noqa: SLF001 - python-docx gives no public element
            feet = [part._element for part in _parts(sections, "footer")]  # noqa: SLF001
            styles = {style.get(qn("w:styleId")) or "": style for style in package.styles.element.iter(f"{_W}style")}
        except (
            KeyError,
            ValueError,
            AttributeError,
            TypeError,
            OSError,
            etree.LxmlError,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            zlib.error,
        ) as error:
            raise UnreadableDocumentError(f"{source} is not a Word document: {error}", hint=_REMEDY) from error
        builder = LineBuilder()
        for element in [*heads, *([] if body is None else [body]), *feet]:
            _inherit(element, styles)
            _add_block(element, builder, "paragraph")
        if builder.is_empty():
            raise UnreadableDocumentError(
                f"{source} has no text", hint="If it holds pictures of text, export it as PDF with text."
            )
        return builder.document(
            source=source, media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        )


def _parts(sections: list, which: str) -> list:  # type: ignore[type-arg]
    """Give the headers or footers that a section defines itself, each text once."""
    parts = [getattr(section, which) for section in sections]
    seen: set[str] = set()
    kept = []
    for part in parts:
        if part.is_linked_to_previous:
            continue
        text = "\n".join(paragraph.text for paragraph in part.paragraphs)
        if text not in seen:
            seen.add(text)
            kept.append(part)
    return kept


def _check_archive(data: bytes, source: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableDocumentError(f"{source} is not a whole DOCX file: {error}", hint=_REMEDY) from error
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableDocumentError(f"{source} is encrypted", hint="Save it without a password.")
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1_000):
        raise UnreadableDocumentError(
            f"{source} unpacks to {unpacked:,} bytes", hint="A resume is far smaller; " + _REMEDY.lower()
        )


def _add_block(element: etree._Element, builder: LineBuilder, kind: LineKind) -> None:
    for child in element:
        if child.tag == f"{_W}p":
            _add_paragraph(child, builder, kind)
        elif child.tag == f"{_W}tbl":
            _add_table(child, builder)
        elif child.tag not in _SKIPPED:
            _add_block(child, builder, kind)


def _add_table(table: etree._Element, builder: LineBuilder) -> None:
    """Read a form row by row and a layout cell by cell: cells of many paragraphs are a layout."""
    for row in table.iterchildren(f"{_W}tr"):
        cells = (
            list(row.iter(f"{_W}tc"))
            if row.find(f"{_W}tc") is None
            else [cell for cell in row.iterchildren() if cell.tag in {f"{_W}tc", f"{_W}sdt"}]
        )
        texts = [
            [text for text in (_text(paragraph, builder) for paragraph in cell.iter(f"{_W}p")) if text.strip()]
            for cell in cells
        ]
        if all(len(lines) <= 1 for lines in texts) and not any(cell.find(f".//{_W}tbl") is not None for cell in cells):
            joined = "   ".join(lines[0].strip() for lines in texts if lines)
            if joined:
                builder.add(joined, kind="table_row")
            continue
        for cell in cells:
            _add_block(cell, builder, "paragraph")


def _add_paragraph(paragraph: etree._Element, builder: LineBuilder, kind: LineKind) -> None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(qn("w:val")) or "") if style is not None else ""
    is_list = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or name.lower().startswith("list")
    heading = _HEADING_STYLE.match(name)
    level = int(heading.group(1) or 0) if heading else 0
    runs = [run for run in paragraph.iter(f"{_W}r") if _words(run)]
    is_bold = bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)
    sizes = [_half_points(size) / _HALF_POINTS for run in runs for size in run.findall(f"{_W}rPr/{_W}sz")]
    line_kind: LineKind = "list_item" if is_list else "heading" if heading else kind
    for line in _text(paragraph, builder).split("\n"):
        builder.add(
            line, kind=line_kind, level=level, is_bold=is_bold or bool(heading), font_size=max(sizes, default=0.0)
        )
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(ancestor.tag == _FALLBACK for ancestor in box.iterancestors()):
            _add_block(box, builder, kind)


def _text(paragraph: etree._Element, builder: LineBuilder) -> str:
    return clean("".join(_pieces(paragraph, builder)))


def _pieces(element: etree._Element, builder: LineBuilder) -> Iterator[str]:
    for child in element:
        if child.tag in _TRACKED:
            builder.warn("tracked changes: deleted text was left out, inserted text kept")
        if child.tag in _NOT_INLINE:
            continue
        if child.tag == f"{_W}r" and _is_hidden(child):
            _warn_hidden(child, builder)
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "   "
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child, builder)


def _warn_hidden(run: etree._Element, builder: LineBuilder) -> None:
    text = _words(run)
    if text:
        builder.warn(f"hidden text was left out: {text[:80]!r}")


def _words(run: etree._Element) -> str:
    return "".join(piece.text or "" for piece in run.iter(f"{_W}t")).strip()


def _half_points(size: etree._Element) -> float:
    try:
        return float(size.get(qn("w:val")) or 0)
    except ValueError:
        return 0.0


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    vanish = properties.find(f"{_W}vanish")
    if vanish is not None and vanish.get(qn("w:val")) not in {"0", "false"}:
        return True
    size, color = properties.find(f"{_W}sz"), properties.find(f"{_W}color")
    if size is not None and 0 < _half_points(size) <= 2 * _HALF_POINTS:
        return True
    is_white = color is not None and bool(_WHITE.match(color.get(qn("w:val")) or ""))
    return is_white and not _has_dark_ground(run)


def _has_dark_ground(run: etree._Element) -> bool:
    """White text is seen on a shaded run, paragraph, cell or table; a shade may itself be white."""
    return any(
        _is_dark(ancestor.find(f"{_W}{properties}/{_W}shd"))
        for ancestor in (run, *run.iterancestors())
        for properties in ("rPr", "pPr", "tcPr", "tblPr")
    ) or any(ancestor.tag == f"{_W}txbxContent" for ancestor in run.iterancestors())


def _is_dark(shade: etree._Element | None) -> bool:
    fill = "auto" if shade is None else shade.get(qn("w:fill")) or "auto"
    return fill != "auto" and not _WHITE.match(fill)


def _inherit(part: etree._Element, styles: dict[str, etree._Element]) -> None:
    """Write onto runs the colour and the hiding of their styles, since the reader looks at runs only."""
    for run in part.iter(f"{_W}r"):
        paragraph = next(run.iterancestors(f"{_W}p"), run)
        properties = run.find(f"{_W}rPr")
        if properties is None:
            properties = etree.SubElement(run, f"{_W}rPr")
        for named in (properties.find(f"{_W}rStyle"), paragraph.find(f"{_W}pPr/{_W}pStyle")):
            for style in _with_bases(named, styles):
                if not _is_dark(style.find(f"{_W}pPr/{_W}shd")):
                    stated = style.iterfind(f"{_W}rPr/*")
                    properties.extend(
                        copy(one) for one in stated if one.tag in _HIDING and properties.find(one.tag) is None
                    )


def _with_bases(named: etree._Element | None, styles: dict[str, etree._Element]) -> list[etree._Element]:
    found: list[etree._Element] = []
    while named is not None:
        style = styles.get(named.get(qn("w:val")) or "")
        if style is None or style in found:
            break
        found.append(style)
        named = style.find(f"{_W}basedOn")
    return found
