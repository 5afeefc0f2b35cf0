"""Word files: everything a reader of the page sees, in order; deleted and hidden text is told."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.docx import MAX_UNPACKED, DocxReader
from metier.errors import UnreadableDocumentError

WHITE = RGBColor(255, 255, 255)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data):
    return DocxReader().read(data, "resume.docx")


def lines_of(document):
    return document.text.split("\n")


def shade(properties, fill):
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), fill)
    properties.append(element)


def with_part(data, name, content):
    """Put other bytes in the place of one part of a Word file."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, content if entry.filename == name else old.read(entry))
    return written.getvalue()


def body(xml):
    return f"<w:document {NAMESPACE}><w:body>{xml}</w:body></w:document>".encode()


def test_a_form_is_read_row_by_row(docx_of):
    def write(document):
        table = document.add_table(2, 3)
        for row, cells in zip(table.rows, (("Nurse", "Leeds", "2019"), ("Carer", "York", "2016")), strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("After")

    document = read(docx_of("Before", write=write))
    assert lines_of(document) == ["Before", "Nurse   Leeds   2019", "Carer   York   2016", "After"]
    assert [line.kind for line in document.lines] == ["paragraph", "table_row", "table_row", "paragraph"]


def test_a_layout_of_two_cells_is_read_cell_by_cell(docx_of):
    def write(document):
        left, right = document.add_table(1, 2).rows[0].cells
        left.text, right.text = "Contact", "Experience"
        left.add_paragraph("Leeds")
        right.add_paragraph("Nurse")
        inner = right.add_table(1, 2).rows[0].cells
        inner[0].text, inner[1].text = "2019", "Ward 7"

    assert lines_of(read(docx_of(write=write))) == ["Contact", "Leeds", "Experience", "Nurse", "2019   Ward 7"]


def test_a_merged_cell_is_read_once(docx_of):
    def write(document):
        table = document.add_table(1, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Work Experience"

    assert lines_of(read(docx_of(write=write))) == ["Work Experience"]


def test_header_comes_first_and_footer_last(docx_of):
    def write(document):
        section = document.sections[0]
        section.header.paragraphs[0].text = "Jane Smith"
        section.footer.paragraphs[0].text = "Page 1"

    assert lines_of(read(docx_of("Nurse", write=write))) == ["Jane Smith", "Nurse", "Page 1"]


def test_kinds_sizes_and_boldness_of_lines(docx_of):
    def write(document):
        document.add_paragraph("Skills", style="Heading 1")
        document.add_paragraph("wound care", style="List Bullet")
        run = document.add_paragraph().add_run("Staff Nurse")
        run.bold, run.font.size = True, Pt(14)

    heading, item, title = read(docx_of(write=write)).lines
    assert (heading.kind, item.kind, title.kind) == ("heading", "list_item", "paragraph")
    assert (item.is_bold, title.is_bold, title.font_size) == (False, True, 14.0)


def test_a_text_box_is_read_once(docx_of):
    box = (
        "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Skills</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
    )
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    xml = body(f"<w:p><w:r><w:t>Jane</w:t></w:r><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>")
    names = b'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    data = with_part(docx_of("x"), "word/document.xml", xml.replace(b"<w:document ", b"<w:document " + names))
    assert lines_of(read(data)) == ["Jane", "Skills"]


def test_line_breaks_and_tabs_stay_apart(docx_of):
    assert lines_of(read(docx_of("Nurse\nLeeds\t2019"))) == ["Nurse", "Leeds   2019"]


def test_deleted_text_is_left_out_and_inserted_text_kept(docx_of):
    def write(document):
        paragraph = document.add_paragraph("I am a ")
        for tag, text in (
            ("w:del", "surgeon"),
            ("w:ins", "nurse"),
            ("w:moveFrom", " in York"),
            ("w:moveTo", " in Leeds"),
        ):
            change = OxmlElement(tag)
            change.append(paragraph.add_run(text)._r)
            paragraph._p.append(change)

    document = read(docx_of(write=write))
    assert document.text == "I am a nurse in Leeds"
    (warning,) = document.warnings
    assert "tracked changes" in warning


def hidden_run(document):
    document.add_paragraph().add_run("kubernetes").font.hidden = True


def white_run(document):
    document.add_paragraph().add_run("kubernetes").font.color.rgb = WHITE


def pale_run(document):
    document.add_paragraph().add_run("kubernetes").font.color.rgb = RGBColor(0xFD, 0xFE, 0xFD)


def tiny_run(document):
    document.add_paragraph().add_run("kubernetes").font.size = Pt(1)


def white_on_white_shade(document):
    paragraph = document.add_paragraph()
    paragraph.add_run("kubernetes").font.color.rgb = WHITE
    shade(paragraph._p.get_or_add_pPr(), "FFFFFF")


def white_on_no_shade(document):
    run = document.add_paragraph().add_run("kubernetes")
    run.font.color.rgb = WHITE
    shade(run._r.get_or_add_rPr(), "auto")


def white_by_character_style(document):
    document.styles.add_style("Ghost", WD_STYLE_TYPE.CHARACTER).font.color.rgb = WHITE
    document.add_paragraph().add_run("kubernetes", style="Ghost")


def hidden_by_base_of_style(document):
    ghost = document.styles.add_style("Ghost", WD_STYLE_TYPE.PARAGRAPH)
    ghost.font.hidden = True
    document.styles.add_style("Heir", WD_STYLE_TYPE.PARAGRAPH).base_style = ghost
    document.add_paragraph("kubernetes", style="Heir")


def white_in_a_cell(document):
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("kubernetes").font.color.rgb = WHITE


def hidden_in_the_header(document):
    document.sections[0].header.paragraphs[0].add_run("kubernetes").font.hidden = True


@pytest.mark.parametrize(
    "write",
    [
        hidden_run,
        white_run,
        pale_run,
        tiny_run,
        white_on_white_shade,
        white_on_no_shade,
        white_by_character_style,
        hidden_by_base_of_style,
        white_in_a_cell,
        hidden_in_the_header,
    ],
)
def test_text_that_nobody_sees_is_left_out_and_told(docx_of, write):
    document = read(docx_of("Nurse", write=write))
    assert document.text == "Nurse"
    assert document.warnings == ("hidden text was left out: 'kubernetes'",)


def on_a_dark_paragraph(document):
    paragraph = document.add_paragraph()
    paragraph.add_run("Experience").font.color.rgb = WHITE
    shade(paragraph._p.get_or_add_pPr(), "1F3864")


def in_a_dark_cell(document):
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("Experience").font.color.rgb = WHITE
    shade(cell._tc.get_or_add_tcPr(), "000000")


def in_a_dark_style(document):
    style = document.styles.add_style("Bar", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = WHITE
    shade(style.element.get_or_add_pPr(), "1F3864")
    document.add_paragraph("Experience", style="Bar")


def not_hidden_after_all(document):
    document.styles.add_style("Ghost", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    document.add_paragraph(style="Ghost").add_run("Experience").font.hidden = False


@pytest.mark.parametrize("write", [on_a_dark_paragraph, in_a_dark_cell, in_a_dark_style, not_hidden_after_all])
def test_white_text_on_a_dark_ground_is_seen(docx_of, write):
    document = read(docx_of("Nurse", write=write))
    assert lines_of(document) == ["Nurse", "Experience"]
    assert not document.warnings


def test_an_entity_reads_no_file(docx_of, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("top secret")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        + body("<w:p><w:r><w:t>Nurse</w:t></w:r><w:r><w:t>&e;</w:t></w:r></w:p>").decode()
    )
    assert read(with_part(docx_of("x"), "word/document.xml", xml.encode())).text == "Nurse"


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"no XML",
        body(""),
        f"<w:document {NAMESPACE}/>".encode(),
        body("<w:sdt>" * 3000 + "<w:p/>" + "</w:sdt>" * 3000),
        body("<w:p><w:r><w:t>  </w:t></w:r></w:p>"),
    ],
    ids=["empty", "no-xml", "no-blocks", "no-body", "too-deep", "blank"],
)
def test_a_broken_document_part_is_refused_with_a_remedy(docx_of, xml):
    with pytest.raises(UnreadableDocumentError, match=r"resume\.docx") as told:
        read(with_part(docx_of("x"), "word/document.xml", xml))
    assert told.value.hint


def test_a_size_that_is_no_number_is_passed_over(docx_of):
    xml = body('<w:p><w:r><w:rPr><w:sz w:val="12pt"/></w:rPr><w:t>Nurse</w:t></w:r></w:p>')
    assert read(with_part(docx_of("x"), "word/document.xml", xml)).text == "Nurse"


def archive(name="a.txt", content=b"x"):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, content)
    return data.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive("word/document.xml", b"0" * (MAX_UNPACKED // 10))
    assert len(bomb) < 50_000
    with pytest.raises(UnreadableDocumentError, match=r"resume\.docx unpacks to 20,000,000 bytes") as told:
        read(bomb)
    assert told.value.hint


@pytest.mark.parametrize(
    "data", [archive(), archive()[:40], b"hello", b"PK\x03\x04"], ids=["zip", "cut", "text", "start"]
)
def test_what_is_no_word_file_is_refused_with_a_remedy(data):
    with pytest.raises(UnreadableDocumentError, match=r"resume\.docx is not a") as told:
        read(data)
    assert "save it again" in told.value.hint


def whole():
    document = docx.Document()
    document.add_paragraph("Nurse in Leeds")
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


WHOLE = whole()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_file_is_read_or_refused(changes):
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte
    try:
        document = read(bytes(data))
    except UnreadableDocumentError:
        return
    assert document.text


def test_headings_have_their_level(docx_of):
    def write(document):
        document.add_heading("Jane", 0)
        document.add_heading("Work", 1)
        document.add_heading("Nurse", 2)
        document.add_paragraph("text")

    document = DocxReader().read(docx_of(write=write), "resume.docx")
    assert [(line.kind, line.level) for line in document.lines] == [
        ("heading", 0),
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
    ]
