"""Real and ugly files: what is read, and how the rest is refused."""

import io
import zipfile

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from metier.documents import read_bytes, read_document
from metier.errors import NotFoundError, UnreadableDocumentError


def pdf(*, columns=1, password=None, pages=1):
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, encrypt=password)
    for _ in range(pages):
        for column in range(columns):
            for line in range(12):
                canvas.drawString(
                    60 + 270 * column, 780 - (18 - 3 * column) * line, f"column{column} line{line:02} of words"
                )
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def test_two_columns_are_read_one_after_the_other():
    text = read_bytes(pdf(columns=2), "two.pdf").text
    assert text.index("column0 line11") < text.index("column1 line00")


def test_lines_stand_in_the_text():
    document = read_bytes(pdf(columns=2), "two.pdf")
    assert all(document.text[line.start : line.end].strip() for line in document.lines)


def test_docx_with_tracked_changes():
    written = docx.Document()
    paragraph = written.add_paragraph("kept ")
    run = paragraph.add_run("deleted")
    deleted = run._r.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}del")
    run._r.getparent().replace(run._r, deleted)
    deleted.append(run._r)
    data = io.BytesIO()
    written.save(data)
    document = read_bytes(data.getvalue(), "tracked.docx")
    assert document.text.strip() == "kept"
    assert "tracked changes" in document.warnings[0]


def zip_bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 250_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.pdf"),
        (b"   \n", "blank.txt"),
        (pdf()[:400], "truncated.pdf"),
        (b"hello, no pdf", "word.pdf"),
        (pdf(password="secret"), "locked.pdf"),
        (b"PK\x03\x04 broken", "broken.docx"),
        (b"\xd0\xcf\x11\xe0 old word", "old.doc"),
        (b"\x89PNG\r\n", "photo.png"),
    ],
)
def test_what_gives_no_text_is_refused_with_a_remedy(data, name):
    with pytest.raises(UnreadableDocumentError) as told:
        read_bytes(data, name)
    assert name in str(told.value)
    assert told.value.hint


def test_a_zip_bomb_is_refused():
    with pytest.raises(UnreadableDocumentError) as told:
        read_bytes(zip_bomb(), "bomb.docx")
    assert told.value.hint


def test_a_file_that_is_not_there():
    with pytest.raises(NotFoundError):
        read_document("nowhere.pdf")


def test_a_long_pdf_is_read_in_part_with_a_warning():
    document = read_bytes(pdf(pages=500), "long.pdf")
    assert document.text
    assert document.warnings
