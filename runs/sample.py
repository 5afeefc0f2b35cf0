"""Render the sample's resumes that are PDF or DOCX from their sources in `runs/sample/`; the others are written by hand.

Needs the development tools and the fonts DejaVu (Debian: fonts-dejavu-core). The same source gives the same bytes.
Usage: python runs/sample.py
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.shared import Cm
from docx.table import _Cell
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

SOURCES = Path(__file__).parent / "sample"
FOLDER = Path(__file__).parents[1] / "src/metier/sample/resumes"
WIDTH, HEIGHT = A4
MARGIN = 1.6 * cm
HEAD = 3.6 * cm
Resume = dict[str, Any]


class Styles:
    """The fonts of one resume: DejaVu, or for Chinese the font that every PDF reader has."""

    def __init__(self, resume: Resume) -> None:
        is_han = any("\u4e00" <= letter <= "\u9fff" for letter in json.dumps(resume, ensure_ascii=False))
        plain, bold = ("STSong-Light", "STSong-Light") if is_han else ("DejaVu", "DejaVu-Bold")
        wrap = "CJK" if is_han else None
        self.name = ParagraphStyle("name", fontName=bold, fontSize=17, leading=22, alignment=TA_CENTER, wordWrap=wrap)
        self.contact = ParagraphStyle(
            "contact", fontName=plain, fontSize=8.5, leading=12, alignment=TA_CENTER, wordWrap=wrap
        )
        self.heading = ParagraphStyle(
            "heading", fontName=bold, fontSize=11, leading=15, spaceBefore=8, spaceAfter=2, wordWrap=wrap
        )
        self.title = ParagraphStyle("title", fontName=bold, fontSize=9, leading=12, spaceBefore=4, wordWrap=wrap)
        self.meta = ParagraphStyle("meta", fontName=plain, fontSize=8, leading=11, textColor="#555555", wordWrap=wrap)
        self.text = ParagraphStyle("text", fontName=plain, fontSize=8.5, leading=11.5, wordWrap=wrap)
        self.bullet = ParagraphStyle("bullet", parent=self.text, leftIndent=10, bulletIndent=1)

    def __call__(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(text), style)

    def point(self, text: str) -> Paragraph:
        return Paragraph(escape(text), self.bullet, bulletText="•")


def head(resume: Resume, styles: Styles) -> list[Flowable]:
    flow: list[Flowable] = [
        styles(resume["name"], styles.name),
        styles("  |  ".join(resume["contact"]), styles.contact),
    ]
    if resume.get("summary"):
        flow += [Spacer(1, 4), styles(resume["summary"], styles.text)]
    return flow


def section(entry: dict[str, Any], styles: Styles) -> list[Flowable]:
    flow: list[Flowable] = [styles(entry["heading"], styles.heading)]
    for item in entry["items"]:
        if isinstance(item, str):
            flow.append(styles(item, styles.text))
            continue
        flow.append(styles(item["title"], styles.title))
        flow += [styles(item["meta"], styles.meta)] if item.get("meta") else []
        flow += [styles.point(line) for line in item.get("lines", [])]
    return flow


def dated(entry: dict[str, Any], styles: Styles) -> list[Flowable]:
    """Set the dates of a section's items in a narrow column at the left."""
    rows = []
    for item in entry["items"]:
        if isinstance(item, str):
            rows.append(["", styles(item, styles.text)])
        else:
            cell = [styles(item["title"], styles.title), *(styles.point(line) for line in item.get("lines", []))]
            rows.append([styles(item.get("meta", ""), styles.meta), cell])
    table = Table(rows, colWidths=[3.4 * cm, WIDTH - 2 * MARGIN - 3.6 * cm], splitInRow=1)
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [styles(entry["heading"], styles.heading), table]


def beside(entry: dict[str, Any], styles: Styles) -> list[Flowable]:
    return [styles(entry["heading"], styles.heading), *(styles(line, styles.text) for line in entry["lines"])]


def frame(left: float, width: float, *, top: float = HEAD) -> Frame:
    return Frame(
        left, MARGIN, width, HEIGHT - MARGIN - top, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )


def head_frame() -> Frame:
    """Give the room of the name and the contact above two columns."""
    return Frame(
        MARGIN,
        HEIGHT - HEAD - 0.6 * cm,
        WIDTH - 2 * MARGIN,
        HEAD - 0.6 * cm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def one_column(
    resume: Resume, styles: Styles, body: Callable[..., list[Flowable]]
) -> tuple[list[PageTemplate], list[Flowable]]:
    pages = [PageTemplate("page", [frame(MARGIN, WIDTH - 2 * MARGIN, top=MARGIN)])]
    return pages, [*head(resume, styles), *(part for entry in resume["main"] for part in body(entry, styles))]


def two_columns(resume: Resume, styles: Styles, *, is_left: bool) -> tuple[list[PageTemplate], list[Flowable]]:
    """Set the side in a narrow column of the first page, the main text beside it and over the next pages."""
    narrow, gap = 5 * cm, 0.8 * cm
    wide = WIDTH - 2 * MARGIN - narrow - gap
    top = frame(MARGIN, WIDTH - 2 * MARGIN, top=MARGIN)
    side_left, main_left = (MARGIN, MARGIN + narrow + gap) if is_left else (MARGIN + wide + gap, MARGIN)
    first = PageTemplate(
        "first",
        [head_frame(), frame(side_left, narrow, top=HEAD + 0.8 * cm), frame(main_left, wide, top=HEAD + 0.8 * cm)],
    )
    flow: list[Flowable] = [NextPageTemplate("next"), *head(resume, styles), FrameBreak()]
    flow += [*(part for entry in resume["side"] for part in beside(entry, styles)), FrameBreak()]
    flow += [part for entry in resume["main"] for part in section(entry, styles)]
    return [first, PageTemplate("next", [top])], flow


def grid(resume: Resume, styles: Styles) -> tuple[list[PageTemplate], list[Flowable]]:
    """Set the first section at the left and the others at the right."""
    wide = (WIDTH - 2 * MARGIN - cm) / 2
    columns = [frame(MARGIN, wide, top=HEAD + 0.8 * cm), frame(MARGIN + wide + cm, wide, top=HEAD + 0.8 * cm)]
    flow = [*head(resume, styles), FrameBreak(), *section(resume["main"][0], styles), FrameBreak()]
    flow += [part for entry in resume["main"][1:] for part in section(entry, styles)]
    return [PageTemplate("page", [head_frame(), *columns])], flow


PDF: dict[str, Callable[[Resume, Styles], tuple[list[PageTemplate], list[Flowable]]]] = {
    "single": lambda resume, styles: one_column(resume, styles, section),
    "dates-left": lambda resume, styles: one_column(resume, styles, dated),
    "sidebar-left": lambda resume, styles: two_columns(resume, styles, is_left=True),
    "sidebar-right": lambda resume, styles: two_columns(resume, styles, is_left=False),
    "grid": grid,
}


def write_pdf(resume: Resume, path: Path) -> None:
    pages, flow = PDF[resume["layout"]](resume, Styles(resume))
    BaseDocTemplate(str(path), pagesize=A4, pageTemplates=pages, invariant=1, title=resume["name"]).build(flow)


def add_items(into: Document | _Cell, items: list[Any]) -> None:
    for item in items:
        if isinstance(item, str):
            into.add_paragraph(item)
            continue
        into.add_paragraph().add_run(item["title"]).bold = True
        if item.get("meta"):
            into.add_paragraph(item["meta"])
        for line in item.get("lines", []):
            into.add_paragraph(line, style="List Bullet")


def docx_plain(resume: Resume, document: Document) -> None:
    for entry in resume["main"]:
        document.add_heading(entry["heading"], 1)
        add_items(document, entry["items"])


def docx_table(resume: Resume, document: Document) -> None:
    for entry in resume["main"]:
        document.add_heading(entry["heading"], 1)
        dated_items = [item for item in entry["items"] if not isinstance(item, str)]
        if dated_items:
            table = document.add_table(rows=0, cols=2)
            for item in dated_items:
                left, right = table.add_row().cells
                left.text, right.text = item.get("meta", ""), item["title"]
                left.width, right.width = Cm(4), Cm(12)
                for line in item.get("lines", []):
                    right.add_paragraph(line)
        add_items(document, [item for item in entry["items"] if isinstance(item, str)])


def docx_sidebar(resume: Resume, document: Document) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Cm(5), Cm(12)
    for entry in resume["side"]:
        left.add_paragraph().add_run(entry["heading"]).bold = True
        for line in entry["lines"]:
            left.add_paragraph(line)
    for entry in resume["main"]:
        right.add_paragraph().add_run(entry["heading"]).bold = True
        add_items(right, entry["items"])


DOCX = {"plain": docx_plain, "table": docx_table, "sidebar-table": docx_sidebar}


def write_docx(resume: Resume, path: Path) -> None:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    document.add_heading(resume["name"], 0)
    document.add_paragraph(" | ".join(resume["contact"]))
    if resume.get("summary"):
        document.add_paragraph(resume["summary"])
    DOCX[resume["layout"]](resume, document)
    document.save(str(path))
    _drop_times(path)


def _drop_times(path: Path) -> None:
    """Write the archive again without the time of day in its entries."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def main() -> None:
    pdfmetrics.registerFont(TTFont("DejaVu", "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont("DejaVu-Bold", "DejaVuSans-Bold.ttf"))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for source in sorted(SOURCES.glob("*.json")):
        resume = json.loads(source.read_text(encoding="utf-8"))
        path = FOLDER / resume["file"]
        (write_pdf if path.suffix == ".pdf" else write_docx)(resume, path)
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
