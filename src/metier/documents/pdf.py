"""PDF with a text layer, in reading order; text that nobody can see is left out and told."""

from __future__ import annotations

import ctypes
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from typing import Literal

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
"""Letters that must be missing from the drawn page; a few may just be thin."""
_EDGE_OF_SIZE = 0.15
_SAMPLE = 500
_SPACE_OF_SIZE = 0.18
_BREAK_OF_SIZE = 0.9
_FIRST_WIDE = 0x2E80
_WHITE = 255
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_MAX_FONT_NAME = 128
_HEADING_OF_SIZE = 1.15
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-", "\x02": "-", "\ufffe": "-"}


_Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_Colour = tuple[int, int, int, int]
_Ink = Literal["drawn", "undrawable", "none"]
"""How a character can be judged: on the drawn page; by its colour, where no font at hand draws it; or it has none."""


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
    ink: _Ink
    colour: _Colour


_Run = list[_Character]


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
        text_page = page.get_textpage()
        turns = _turns(text_page)
        page.set_rotation(90 * turns)
        width, height = page.get_size()
        characters = _characters(text_page, partial(_placed, frame=page.get_bbox(), turns=turns))
        text_page.close()
        shown = [
            one
            for one in characters
            if 0 <= (one.left + one.right) / 2 <= width and 0 <= (one.bottom + one.top) / 2 <= height
        ]
        tiny = [one for one in shown if not _may_be_seen(one)]
        runs = _runs([one for one in shown if _may_be_seen(one)])
        blank = _blank_pieces(runs, page.render(scale=1, grayscale=True).to_numpy().squeeze(), height) if runs else []
    finally:
        page.close()
    hidden = {one for piece in blank for one in piece}
    visible = [_segment(run) for run in _runs([one for run in runs for one in run if one not in hidden])]
    outside = [one for one in characters if one not in shown][:400]
    unseen = [_segment(run).text for run in [*blank, *_runs(tiny), *_runs(outside)]]
    told = " ".join(clean(" ".join(unseen)).split())
    if told:
        builder.warn(f"hidden text on page {number + 1} was left out: {told[:200]!r}")
    _add_rows(rows_in_order(visible), builder, number + 1)


def _may_be_seen(one: _Character) -> bool:
    return one.size >= _LEAST_SIZE and one.ink != "none"


def _add_rows(rows: list[list[Segment]], builder: LineBuilder, page: int) -> None:
    for row in [part for whole in rows for part in _without_heading(whole)]:
        text = "   ".join(segment.text for segment in row)
        lead = row[0]
        builder.add(
            clean(text),
            font_size=max(segment.size for segment in row),
            is_bold=lead.is_bold,
            page=page,
            column=lead.column,
        )


def _without_heading(row: list[Segment]) -> list[list[Segment]]:
    """Set a heading in the margin, which is bold and larger than what stands beside it, on a line of its own."""
    lead, rest = row[0], row[1:]
    is_heading = lead.is_bold and rest and all(lead.size >= _HEADING_OF_SIZE * one.size for one in rest)
    return [[lead], rest] if is_heading else [row]


def _turns(text_page: pdfium.PdfTextPage) -> int:
    """Give the clockwise quarter turns that set most of a page's text upright."""
    count = text_page.count_chars()
    places = range(0, count, max(1, count // _SAMPLE))
    angles = (pdfium_c.FPDFText_GetCharAngle(text_page, place) for place in places)
    turns = Counter(round(-angle / (np.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _characters(text_page: pdfium.PdfTextPage, place: Callable[[_Box], _Box]) -> list[_Character]:
    """Give the characters of a page with their boxes, in the order of the file; spaces are found from gaps."""
    found: list[_Character] = []
    is_after_space = False
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        character = _LIGATURES.get(chr(code), chr(code)) if 0 < code < _UNICODE_END else ""
        if character.strip():
            found.append(_character(text_page, index, character, place, is_after_space=is_after_space))
        is_after_space = not character.strip()
    return found


def _character(
    text_page: pdfium.PdfTextPage, index: int, text: str, place: Callable[[_Box], _Box], *, is_after_space: bool
) -> _Character:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix, loose = pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, loose)
    pdfium_c.FPDFText_GetMatrix(text_page, index, matrix)
    scale = float(np.hypot(matrix.b, matrix.d)) or 1.0
    around = place((loose.left, loose.bottom, loose.right, loose.top))
    tight = place((left.value, bottom.value, right.value, top.value))
    size = max(pdfium_c.FPDFText_GetFontSize(text_page, index) * scale, around[3] - around[1], 0.0)
    colour = _colour(text_page, index)
    return _Character(
        text=text,
        left=min(around[0], tight[0]),
        right=max(around[2], tight[2]),
        bottom=around[1],
        top=around[3],
        size=min(size, _MAX_SIZE),
        is_bold=_is_bold(text_page, index),
        is_after_space=is_after_space,
        ink=_ink(text_page, index, text, colour),
        colour=colour,
    )


def _placed(box: _Box, frame: _Box, turns: int) -> _Box:
    """Move a box of the file's coordinates to those of the page as it is shown."""
    left, bottom, right, top = box
    first_x, first_y, last_x, last_y = frame
    match turns:
        case 1:
            return bottom - first_y, last_x - right, top - first_y, last_x - left
        case 2:
            return last_x - right, last_y - top, last_x - left, last_y - bottom
        case 3:
            return last_y - top, left - first_x, last_y - bottom, right - first_x
        case _:
            return left - first_x, bottom - first_y, right - first_x, top - first_y


def _is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    """Ask weight, flags and name of the font; few files state all three."""
    name, flags = ctypes.create_string_buffer(_MAX_FONT_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, _MAX_FONT_NAME, flags)
    is_named = b"bold" in name.value.lower()
    return (
        is_named or pdfium_c.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT or bool(flags.value & _FORCE_BOLD)
    )


def _colour(text_page: pdfium.PdfTextPage, index: int) -> _Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFText_GetFillColor(text_page, index, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _ink(text_page: pdfium.PdfTextPage, index: int, text: str, colour: _Colour) -> _Ink:
    """Tell Chinese in a font that the file does not carry: a machine without such a font draws nothing for it."""
    if ord(text[0]) < _FIRST_WIDE:
        return "drawn"
    written = pdfium_c.FPDFText_GetTextObject(text_page, index)
    if pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(written)) != 0:
        return "drawn"
    is_pale = min(colour[:3]) > _WHITE - _LEAST_CONTRAST or colour[3] == 0
    is_invisible = pdfium_c.FPDFTextObj_GetTextRenderMode(written) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    return "none" if is_pale or is_invisible else "undrawable"


def _runs(characters: list[_Character]) -> list[_Run]:
    """Join characters that stand side by side on one line to runs of text; wide gaps break runs."""
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
    return [run for line in lines for run in _runs_of(sorted(line, key=lambda one: (one.left, one.right)))]


def _runs_of(line: list[_Character]) -> list[_Run]:
    runs: list[_Run] = [[line[0]]]
    for one in line[1:]:
        before = runs[-1][-1]
        if one.text == before.text and abs(one.left - before.left) < 0.3 * one.size * 0.3:
            continue  # drawn twice for boldness
        if one.left - before.right > _BREAK_OF_SIZE * max(one.size, before.size):
            runs.append([one])
        else:
            runs[-1].append(one)
    return runs


def _segment(run: _Run) -> Segment:
    pieces = [run[0].text]
    for before, one in pairwise(run):
        is_wide = ord(before.text[0]) >= _FIRST_WIDE and ord(one.text[0]) >= _FIRST_WIDE
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
        is_drawn=all(one.ink == "drawn" for one in run),
    )


def _blank_pieces(runs: list[_Run], picture: NDArray[np.uint8], height: float) -> list[_Run]:
    """Give the pieces, each of one colour, where the drawn page shows nothing; a few letters are let pass."""
    pieces = [list(piece) for run in runs for _, piece in groupby(run, key=lambda one: one.colour)]
    blank = [piece for piece in pieces if _is_blank(_segment(piece), picture, height)]
    letters = sum(character.isalnum() for piece in blank for one in piece for character in one.text)
    return blank if letters >= _LEAST_UNSEEN else []


def _is_blank(segment: Segment, picture: NDArray[np.uint8], height: float) -> bool:
    """Say whether nothing is drawn where letters stand; the edges may show what stands beside them."""
    if not segment.is_drawn or not any(map(str.isalnum, segment.text)):
        return False
    edge, side = _EDGE_OF_SIZE * segment.size, min(1.0, (segment.right - segment.left) / 4)
    top, bottom = int(max(height - segment.top + edge, 0)), int(np.ceil(height - segment.bottom - edge))
    area = picture[top:bottom, int(max(segment.left + side, 0)) : int(np.ceil(segment.right - side))]
    return bool(area.size and int(area.max()) - int(area.min()) < _LEAST_CONTRAST)
