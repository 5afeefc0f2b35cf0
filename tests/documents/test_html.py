"""HTML: blocks are lines, what is styled away is no text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.html import HtmlReader, html_to_text
from metier.errors import UnreadableDocumentError


def read(html):
    return HtmlReader().read(html.encode(), "resume.html")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>wound care</li><li>IV <b>therapy</b></li></ul>", "- wound care\n\n- IV therapy"),
        ("&lt;p&gt;escaped&lt;/p&gt;<br>", "<p>escaped</p>"),
        ("&lt;p&gt;twice&lt;/p&gt;", "twice"),
        ("R&amp;D&nbsp;lead", "R&D lead"),
        ("<script>alert(1)</script><style>p{}</style>text", "text"),
        ("C++ & C#, x < y", "C++ & C#, x < y"),
        ("a <b@example.org> wrote", "a <b@example.org> wrote"),
        ("  spaces \t and\u3000more  ", "spaces and more"),
        ("<p>护士，<br>上海</p>", "护士，\n上海"),
        ("<p>not closed <b>bold", "not closed bold"),
        ("", ""),
    ],
)
def test_a_fragment_becomes_its_text(html, text):
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : None",
        "visibility: hidden",
        "font-size:0",
        "font-size:0px;color:red",
        "font-size:0.0em",
        "opacity:0",
        "opacity: .0",
    ],
)
def test_what_is_styled_away_is_left_out_and_told(style):
    html = f"<p>Nurse</p><p style='{style}'>kubernetes</p>"
    assert html_to_text(html) == "Nurse"
    document = read(html)
    assert document.text == "Nurse"
    assert len(document.warnings) == 1


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0.9em",
        "font-size: 12px",
        "font-size: 0.05rem",
        "opacity:0.9",
        "opacity:.5;color:#000",
        "display:block",
        "line-height:0",
    ],
)
def test_what_is_only_small_or_pale_is_kept(style):
    document = read(f"<p>Nurse</p><p style='{style}'>Leeds</p>")
    assert document.text == "Nurse\nLeeds"
    assert not document.warnings


def test_lines_carry_their_kinds():
    document = read(
        "<h2>Skills</h2><ul><li>wound care</ul><table><tr><th>Role<td>Nurse</tr></table>last<nav>menu</nav><footer>©</footer>"
    )
    assert [(document.text[line.start : line.end], line.kind) for line in document.lines] == [
        ("Skills", "heading"),
        ("wound care", "list_item"),
        ("Role   Nurse", "table_row"),
        ("last", "paragraph"),
    ]


def test_a_table_of_blocks_is_read_block_by_block():
    document = read("<table><tr><td><p>Contact</p><p>Leeds</p></td><td><p>Nurse</p></td></tr></table>")
    assert document.text == "Contact\nLeeds\nNurse"


def test_white_space_of_the_source_is_no_line_break():
    assert read("<p>Staff\n   Nurse</p>").text == "Staff Nurse"


def test_a_chinese_page_in_its_old_encoding_is_read():
    html = "<html><body><h1>个人简历</h1><p>求职意向：会计，有五年工作经验，在上海的公司负责财务报表与税务申报</p></body></html>"
    document = HtmlReader().read(html.encode("gb18030"), "resume.html")
    assert document.text.startswith("个人简历\n求职意向：会计")
    assert document.language == "zh"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_a_page_that_nests_thousands_deep_is_read(tag):
    html = f"<{tag}>" * 5000 + "Nurse"
    assert "Nurse" in html_to_text(html)
    assert read(html).text == "Nurse"


@pytest.mark.parametrize("html", ["<html></html>", "<script>x</script>", "<p hidden>Nurse</p>", "<p>&nbsp;</p>"])
def test_a_page_without_text_is_refused_with_a_remedy(html):
    with pytest.raises(UnreadableDocumentError, match=r"resume\.html has no text") as told:
        read(html)
    assert told.value.hint


MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <li> <td> <tr> <table> <br> <div hidden> </div> < > & &lt; &#0; &#x200b; \x00 word 护士".split(" ")
    )
    | st.text(max_size=5)
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_any_markup_becomes_lines_that_stand_in_the_text(html):
    text = html_to_text(html)
    assert text == text.strip("\n")
    assert "\x00" not in text
    try:
        document = HtmlReader().read(html.encode("utf-8", "surrogatepass"), "resume.html")
    except UnreadableDocumentError:
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)


def test_headings_have_their_level():
    document = HtmlReader().read(b"<h1>Jane</h1><h3>Work</h3><p>text</p><ul><li>one</li></ul>", "resume.html")
    assert [(line.kind, line.level) for line in document.lines] == [
        ("heading", 1),
        ("heading", 3),
        ("paragraph", 0),
        ("list_item", 0),
    ]
