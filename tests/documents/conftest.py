"""Makers of small PDF and Word files."""

import io

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


@pytest.fixture(scope="session")
def pdf_of():
    """Make a PDF of its lines, top down, and of what `draw` draws on each page."""

    def make(*lines, draw=lambda canvas: None, pages=1, left=60, size=12, **options):
        data = io.BytesIO()
        canvas = Canvas(data, pagesize=A4, **options)
        for _ in range(pages):
            canvas.setFont("Helvetica", size)
            for place, line in enumerate(lines):
                canvas.drawString(left, 780 - 20 * place, line)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return data.getvalue()

    return make


@pytest.fixture(scope="session")
def docx_of():
    """Make a Word file of paragraphs and of what `write` writes after them."""

    def make(*paragraphs, write=lambda document: None):
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        write(document)
        data = io.BytesIO()
        document.save(data)
        return data.getvalue()

    return make
