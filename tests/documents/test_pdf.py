"""PDF pages: what is seen is read in reading order, what nobody sees is told."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from metier.documents.pdf import MAX_PAGES, PdfReader
from metier.errors import UnreadableDocumentError

SHOWN = ("Jane Smith", "Registered nurse in Leeds", "Ten years in care homes")


def read(data):
    return PdfReader().read(data, "resume.pdf")


def text_at(y, text, *, colour=black, size=12, x=60):
    def draw(canvas):
        canvas.setFillColor(colour)
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)

    return draw


def invisible(canvas):
    line = canvas.beginText(60, 500)
    line.setTextRenderMode(3)
    line.textLine("kubernetes expert")
    canvas.drawText(line)


def covered(canvas):
    canvas.drawString(60, 500, "kubernetes expert")
    canvas.setFillColor(white)
    canvas.rect(50, 490, 300, 30, fill=1, stroke=0)


def beside_seen_text(canvas):
    canvas.setFillColor(black)
    canvas.drawString(60, 500, "Nurse")
    canvas.setFillColor(white)
    canvas.drawString(63 + canvas.stringWidth("Nurse"), 500, "kubernetes expert")


def in_short_words(canvas):
    canvas.setFillColor(white)
    for place, word in enumerate(("kub", "ern", "ete", "sex")):
        canvas.drawString(60 + 60 * place, 500, word)


@pytest.mark.parametrize(
    "draw",
    [
        text_at(500, "kubernetes expert", colour=white),
        text_at(500, "kubernetes expert", colour=Color(0.99, 0.99, 0.99)),
        text_at(500, "kubernetes expert", colour=Color(0, 0, 0, alpha=0)),
        text_at(500, "kubernetes expert", size=1),
        text_at(-300, "kubernetes expert"),
        text_at(500, "kubernetes expert", x=900),
        invisible,
        covered,
        beside_seen_text,
        in_short_words,
    ],
    ids="white pale transparent tiny below beside-the-page invisible covered beside-seen-text short-words".split(),
)
def test_text_that_nobody_sees_is_left_out_and_told(pdf_of, draw):
    document = read(pdf_of(*SHOWN, draw=draw))
    assert all(line in document.text for line in SHOWN)
    assert "kub" not in document.text
    (warning,) = document.warnings
    assert "page 1" in warning
    assert "kub" in warning


def test_white_text_on_a_dark_bar_is_seen(pdf_of):
    def draw(canvas):
        canvas.rect(50, 490, 300, 30, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(60, 500, "Work Experience")

    document = read(pdf_of(*SHOWN, draw=draw))
    assert "Work Experience" in document.text
    assert not document.warnings


def test_words_of_several_colours_stay_one_line(pdf_of):
    def draw(canvas):
        canvas.drawString(60, 500, "I know")
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.drawString(63 + canvas.stringWidth("I know"), 500, "Python")

    assert "I know Python" in read(pdf_of(draw=draw)).text.split("\n")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read(pdf_of, rotation):
    def draw(canvas):
        canvas.setPageRotation(rotation)
        for place, line in enumerate(SHOWN):
            canvas.drawString(60, 500 - 20 * place, line)

    assert read(pdf_of(draw=draw)).text.split("\n") == list(SHOWN)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_is_drawn_turned_is_read_line_by_line(pdf_of, angle):
    def draw(canvas):
        canvas.translate(300, 400)
        canvas.rotate(angle)
        for place, line in enumerate(SHOWN):
            canvas.drawString(0, -20 * place, line)

    assert read(pdf_of(draw=draw)).text.split("\n") == list(SHOWN)


def test_a_page_whose_corner_is_not_at_zero_is_read(pdf_of):
    data = pdf_of(*SHOWN, pageCompression=0)
    box = b"/MediaBox [ 0 0 595.2756 841.8898 ]"
    assert box in data
    moved = data.replace(box, b"/MediaBox [ -50 300 545.27 1141.8 ]")
    assert read(moved).text.split("\n") == list(SHOWN)


def test_a_cropped_page_shows_only_what_is_inside(pdf_of):
    def draw(canvas):
        canvas.drawString(60, 200, "cut off below")
        canvas.setCropBox((40, 600, 500, 830))

    document = read(pdf_of(*SHOWN, draw=draw))
    assert document.text.split("\n") == list(SHOWN)
    assert "cut off below" in document.warnings[0]


def test_lines_carry_size_boldness_and_page(pdf_of):
    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(60, 500, "SKILLS")

    document = read(pdf_of("small words", draw=draw, pages=2))
    small, large = document.lines[:2]
    assert large.font_size > 1.5 * small.font_size
    assert (small.is_bold, large.is_bold) == (False, True)
    assert [line.page for line in document.lines] == [1, 1, 2, 2]


def test_two_columns_are_read_one_after_the_other(pdf_of):
    def draw(canvas):
        for line in range(12):
            canvas.drawString(60, 700 - 18 * line, f"left line {line:02} of the story")
            canvas.drawString(330, 700 - 15 * line, f"right line {line:02} of the story")

    document = read(pdf_of("A heading over both of the columns, as wide as the page itself is", draw=draw))
    expected = [f"{side} line {line:02} of the story" for side in ("left", "right") for line in range(12)]
    assert document.text.split("\n")[1:] == expected
    assert {line.column for line in document.lines} == {0, 1}


def test_a_table_of_dates_and_jobs_is_read_row_by_row(pdf_of):
    jobs = ["Nurse, Leeds Hospital", "Carer, Sunrise Home", "Porter, Hotel York", "Cook, Bistro Nine"] * 2

    def draw(canvas):
        for place, job in enumerate(jobs):
            canvas.drawString(60, 700 - 18 * place, f"{2010 + place}")
            canvas.drawString(200, 700 - 18 * place, job)

    assert read(pdf_of(draw=draw)).text.split("\n") == [f"{2010 + place}   {job}" for place, job in enumerate(jobs)]


def test_letters_drawn_twice_for_boldness_are_read_once(pdf_of):
    def draw(canvas):
        for shift in (0, 0.3):
            canvas.drawString(60 + shift, 500, "Welder")

    assert read(pdf_of(draw=draw)).text == "Welder"


def test_chinese_is_read_without_spaces_between_characters(pdf_of):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60, 500, "求职意向：会计")

    document = read(pdf_of(draw=draw))
    assert document.text == "求职意向：会计"
    assert document.language == "zh"


def test_a_long_file_is_read_in_part_with_a_warning(pdf_of):
    document = read(pdf_of("one line", pages=MAX_PAGES + 1))
    assert document.text.count("one line") == MAX_PAGES
    assert f"{MAX_PAGES} of {MAX_PAGES + 1} pages" in document.warnings[0]


def test_a_file_that_may_be_read_but_not_changed_is_read(pdf_of):
    locked = StandardEncryption("", ownerPassword="owner", canModify=0)
    assert read(pdf_of(*SHOWN, encrypt=locked)).text.startswith("Jane Smith")


@pytest.mark.parametrize("password", ["secret", "密码"])
def test_a_password_is_named_with_its_remedy(pdf_of, password):
    with pytest.raises(UnreadableDocumentError, match=r"resume\.pdf is locked by a password") as told:
        read(pdf_of(*SHOWN, encrypt=StandardEncryption(password.encode().hex(), strength=128)))
    assert "password" in told.value.hint


def test_pages_without_text_are_told_from_damage(pdf_of):
    with pytest.raises(UnreadableDocumentError, match="no text layer") as told:
        read(pdf_of(draw=lambda canvas: canvas.rect(50, 50, 100, 100, fill=1)))
    assert "scan" in told.value.hint


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_names_itself_and_the_remedy(pdf_of, share):
    data = pdf_of(*SHOWN)
    with pytest.raises(UnreadableDocumentError, match=r"resume\.pdf is not a whole PDF") as told:
        read(data[: int(share * len(data))])
    assert told.value.hint


def whole():
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, pageCompression=0)
    for place, line in enumerate(SHOWN):
        canvas.drawString(60, 780 - 20 * place, line)
    canvas.save()
    return data.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(whole()) - 1), st.integers(0, 255)), max_size=30))
def test_a_damaged_file_is_read_or_refused(changes):
    data = bytearray(whole())
    for place, byte in changes:
        data[place] = byte
    try:
        document = read(bytes(data))
    except UnreadableDocumentError:
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)


def test_a_bold_heading_in_the_margin_stands_on_a_line_of_its_own(pdf_of):
    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(60, 600, "Work")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(200, 600, "Team Leader, Hill Hotel")

    lines = PdfReader().read(pdf_of("Jane Smith", draw=draw), "resume.pdf").text.split("\n")
    assert lines[-2:] == ["Work", "Team Leader, Hill Hotel"]


def test_dates_in_the_margin_stand_before_the_titles_beside_them(pdf_of):
    jobs = (("2021 - now", "Team Leader", 2), ("2018 - 2021", "Desk Agent", 3), ("2015 - 2018", "Porter", 2))

    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, 700, "Work")
        top = 680
        for dates, title, duties in jobs:
            canvas.setFont("Helvetica", 9)
            canvas.drawString(62, top, dates)
            canvas.drawString(160, top, title)
            for place in range(duties):
                canvas.drawString(160, top - 12 * (place + 1), f"duty {place} that was done there day by day")
            top -= 12 * (duties + 1) + 10

    lines = PdfReader().read(pdf_of(draw=draw), "resume.pdf").text.split("\n")
    assert [line for line in lines if "duty" not in line] == [
        "Work",
        *(f"{dates}   {title}" for dates, title, _ in jobs),
    ]
