"""Documents are read in a process of their own, bounded in time and pages."""

import io

import pytest
from reportlab.pdfgen import canvas

from metier.errors import UnreadableDocumentError
from metier.service import document_reader
from metier.service.document_reader import DocumentReader, answer_to


@pytest.fixture
def reader():
    reader = DocumentReader(seconds=60, max_pages=3)
    yield reader
    reader.close()


def a_pdf(pages):
    data = io.BytesIO()
    paper = canvas.Canvas(data)
    for number in range(pages):
        paper.drawString(72, 700, f"Welder, page {number + 1}")
        paper.showPage()
    paper.save()
    return data.getvalue()


def test_documents_are_read_one_after_another(reader):
    assert "Welder" in reader.read(b"Welder, Leeds", "a.txt").text
    assert "page 2" in reader.read(a_pdf(2), "b.pdf").text
    assert "Ana" in reader.read(b'{"basics": {"name": "Ana"}}', "c.json").text


def test_too_many_pages_and_broken_files_are_told_and_the_next_is_read(reader):
    with pytest.raises(UnreadableDocumentError, match="4 pages"):
        reader.read(a_pdf(4), "a.pdf")
    for broken in (b"%PDF-1.7 nothing", b"PK\x03\x04", b"", b"\x00" * 100):
        with pytest.raises(UnreadableDocumentError):
            reader.read(broken, "a.pdf")
    assert reader.read(b"Welder", "a.txt").text


def test_a_reader_that_breaks_or_hangs_is_replaced(reader, monkeypatch):
    reader.read(b"Welder", "a.txt")
    reader._child.kill()
    reader._child.wait()
    assert reader.read(b"Welder", "a.txt").text == "Welder"
    reader._seconds = 0
    with pytest.raises(UnreadableDocumentError, match="longer than"):
        reader.read(b"Welder", "a.txt")
    reader._seconds = 60
    assert reader.read(b"Welder", "a.txt").text == "Welder"


def test_whatever_a_file_does_is_its_own_fault(monkeypatch):
    def fall(_data, _name):
        raise MemoryError

    monkeypatch.setattr(document_reader, "_read", fall)
    assert "MemoryError" in answer_to(b"x", "a.txt", 3)["error"]
