"""PDF with a text layer, in reading order; text that nobody can see is left out and told."""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from metier.documents.encoding import clean
from metier.documents.lines import LineBuilder
from metier.documents.reading_order import Segment, rows_in_order
from metier.errors import UnreadableDocumentError
from metier.records.document import Document

MAX_PAGES = 60
MAX_SECONDS = 30.0
_LEAST_SIZE = 2.0
_LEAST_CONTRAST = 8
"""Grey levels (of 255) that a visible character spans at one pixel a point."""
_PASSWORD_ERROR = 4
_UNICODE_END = 0x110000
_MAX_SIZE = 200.0
_LEAST_UNSEEN = 4
"""Letters that must be missing from the drawn page; a single dash may just be thin."""
_SPACE_OF_SIZE = 0.18
_BREAK_OF_SIZE = 0.9
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-", "\x02": "-", "\ufffe": "-"}


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    is_bold: bool
    is_after_space: bool


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads the text layer of a PDF page by page, columns one after the other."""

    def read(self, data: bytes, source: str) -> Document:
        """Read at most `MAX_PAGES` pages, in reading order.

        Raises:
            UnreadableDocumentError: No PDF, damaged, locked by a password, or without a text layer.
        """
        pdf = _open(data, source)
        try:
            builder = LineBuilder()
            pages = len(pdf)
            if pages > MAX_PAGES:
                builder.warn(f"only the first {MAX_PAGES} of {pages} pages were read")
            started = time.monotonic()
            for number in range(min(pages, MAX_PAGES)):
                if time.monotonic() - started > MAX_SECONDS:
                    builder.warn(f"only the first {number} of {pages} pages were read: the file takes too long")
                    break
                _read_page(pdf, number, builder)
        except pdfium.PdfiumError as error:
            raise UnreadableDocumentError(f"{source} is damaged: {error}", hint="Print it to PDF again.") from error
        finally:
            pdf.close()
        if builder.is_empty():
            hint = (
                "It may be a scan: export it with a text layer; reading pictures of text is not part of this release."
            )
            raise UnreadableDocumentError(f"{source} has no text layer", hint=hint)
        return builder.document(source=source, media_type="application/pdf")


def _open(data: bytes, source: str) -> pdfium.PdfDocument:
    if not data.strip():
        raise UnreadableDocumentError(f"{source} is empty", hint="Give a PDF with text.")
    try:
        pdf = pdfium.PdfDocument(data)
        len(pdf)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
            raise UnreadableDocumentError(
                f"{source} is locked by a password", hint="Save it without a password."
            ) from error
        raise UnreadableDocumentError(f"{source} is not a whole PDF: {error}", hint="Print it to PDF again.") from error
    return pdf


def _read_page(pdf: pdfium.PdfDocument, number: int, builder: LineBuilder) -> None:
    page = pdf[number]
    try:
        width, height = page.get_size()
        text_page = page.get_textpage()
        characters = _characters(text_page)
        text_page.close()
        shown = [
            one
            for one in characters
            if 0 <= (one.left + one.right) / 2 <= width and 0 <= (one.bottom + one.top) / 2 <= height
        ]
        tiny = [one for one in shown if one.size < _LEAST_SIZE]
        segments = _segments([one for one in shown if one.size >= _LEAST_SIZE])
        picture = page.render(scale=1, grayscale=True).to_numpy().reshape(-1, _width(page)) if segments else None
        visible = [segment for segment in segments if picture is None or _is_seen(segment, picture, height)]
    finally:
        page.close()
    unseen = [segment.text for segment in segments if segment not in visible]
    unseen += [
        "".join(one.text for one in part)
        for part in (tiny, [one for one in characters if one not in shown][:400])
        if part
    ]
    for text in filter(str.strip, unseen):
        builder.warn(f"hidden text on page {number + 1} was left out: {' '.join(clean(text).split())[:80]!r}")
    _add_rows(rows_in_order(visible), builder, number + 1)


def _width(page: pdfium.PdfPage) -> int:
    return int(np.ceil(page.get_size()[0]))


def _add_rows(rows: list[list[Segment]], builder: LineBuilder, page: int) -> None:
    for row in rows:
        text = "   ".join(segment.text for segment in row)
        lead = row[0]
        builder.add(
            clean(text),
            font_size=max(segment.size for segment in row),
            is_bold=lead.is_bold,
            page=page,
            column=lead.column,
        )


def _characters(text_page: pdfium.PdfTextPage) -> list[_Character]:
    """Give the characters of a page with their boxes, in the order of the file; spaces are found from gaps."""
    found: list[_Character] = []
    is_after_space = False
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        character = _LIGATURES.get(chr(code), chr(code)) if 0 < code < _UNICODE_END else ""
        if character.strip():
            found.append(_character(text_page, index, character, is_after_space=is_after_space))
        is_after_space = not character.strip()
    return found


def _character(text_page: pdfium.PdfTextPage, index: int, text: str, *, is_after_space: bool) -> _Character:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    flags, matrix, loose = ctypes.c_int(), pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, loose)
    pdfium_c.FPDFText_GetMatrix(text_page, index, matrix)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, None, 0, flags)
    scale = float(np.hypot(matrix.b, matrix.d)) or 1.0
    size = max(pdfium_c.FPDFText_GetFontSize(text_page, index) * scale, loose.top - loose.bottom, 0.0)
    return _Character(
        text=text,
        left=min(loose.left, left.value),
        right=max(loose.right, right.value),
        bottom=loose.bottom,
        top=loose.top,
        size=min(size, _MAX_SIZE),
        is_bold=pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT or bool(flags.value & _FORCE_BOLD),
        is_after_space=is_after_space,
    )


def _segments(characters: list[_Character]) -> list[Segment]:
    """Join characters that stand side by side on one line to runs of text; wide gaps break runs."""
    if not characters:
        return []
    lines: list[list[_Character]] = []
    for one in sorted(characters, key=lambda one: (-(one.bottom + one.top) / 2, one.left)):
        middle = (one.bottom + one.top) / 2
        for line in lines[-6:]:
            other = line[-1]
            if abs((other.bottom + other.top) / 2 - middle) <= 0.3 * max(min(one.size, other.size), 1.0):
                line.append(one)
                break
        else:
            lines.append([one])
    return [segment for line in lines for segment in _runs(sorted(line, key=lambda one: (one.left, one.right)))]


def _runs(line: list[_Character]) -> list[Segment]:
    runs: list[list[_Character]] = [[line[0]]]
    for one in line[1:]:
        before = runs[-1][-1]
        if one.text == before.text and abs(one.left - before.left) < 0.3 * one.size * 0.3:
            continue  # drawn twice for boldness
        if one.left - before.right > _BREAK_OF_SIZE * max(one.size, before.size):
            runs.append([one])
        else:
            runs[-1].append(one)
    return [_segment(run) for run in runs]


def _segment(run: list[_Character]) -> Segment:
    pieces = [run[0].text]
    for before, one in pairwise(run):
        is_wide = ord(before.text[0]) > 0x2E80 and ord(one.text[0]) > 0x2E80
        gap = one.left - before.right
        if gap > (_SPACE_OF_SIZE + (0.25 if is_wide else 0)) * max(one.size, before.size) or (
            one.is_after_space and gap > 0 and not is_wide
        ):
            pieces.append(" ")
        pieces.append(one.text)
    return Segment(
        text="".join(pieces),
        left=run[0].left,
        right=max(one.right for one in run),
        bottom=min(one.bottom for one in run),
        top=max(one.top for one in run),
        size=float(np.median([one.size for one in run])),
        is_bold=sum(one.is_bold for one in run) * 2 > len(run),
    )


def _is_seen(segment: Segment, picture: NDArray[np.uint8], height: float) -> bool:
    """Say whether the page, once drawn, shows anything where a run of text stands."""
    top, bottom = int(max(height - segment.top, 0)), int(np.ceil(height - segment.bottom))
    area = picture[top : bottom + 1, int(max(segment.left, 0)) : int(np.ceil(segment.right)) + 1]
    letters = sum(map(str.isalnum, segment.text))
    return bool(letters < _LEAST_UNSEEN or area.size == 0 or int(area.max()) - int(area.min()) >= _LEAST_CONTRAST)
