"""Plain text and Markdown: marks become kinds of lines, bytes that are no text are refused."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.plain import PlainReader
from metier.errors import UnreadableDocumentError

MARKDOWN = """# Jane *Smith*

---
## Work
* **Nurse** at [Leeds Hospital](https://leeds.example "the hospital"), `ward_7`
- snake_case_name and 2*3*4

| Role | Year |
|------|:----:|
| Carer | 2019 |

**Portfolio** [jane.example](https://jane.example)\\
"""


def read(text, source="resume.txt"):
    return PlainReader().read(text if isinstance(text, bytes) else text.encode(), source)


def test_markdown_marks_become_kinds_of_lines():
    document = read(MARKDOWN, "resume.md")
    assert [(document.text[line.start : line.end], line.kind) for line in document.lines] == [
        ("Jane Smith", "heading"),
        ("Work", "heading"),
        ("Nurse at Leeds Hospital https://leeds.example, ward_7", "list_item"),
        ("snake_case_name and 2*3*4", "list_item"),
        ("Role   Year", "paragraph"),
        ("Carer   2019", "paragraph"),
        ("Portfolio jane.example", "paragraph"),
    ]
    assert document.lines[-1].is_bold
    assert document.media_type == "text/markdown"


def test_text_with_headings_is_markdown_under_any_name():
    assert [line.kind for line in read("# Jane\n\nNurse").lines] == ["heading", "paragraph"]


def test_text_keeps_its_stars_and_drops_its_rules():
    document = read("Jane\n=====\nI rate my *own* cooking ****\n~~~~\n")
    assert document.text == "Jane\nI rate my *own* cooking ****"
    assert document.media_type == "text/plain"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_text_of_any_encoding_is_read(encoding):
    text = "姓名：张伟\n求职意向：会计，有五年工作经验，在上海的公司负责财务报表与税务申报"
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"--- ...\n", "has no words"),
        (random.Random(1).randbytes(5000), "is not text"),
        (bytes(5000) + b"nurse", "is not text"),
    ],
    ids=["nothing", "blank", "marks", "noise", "zeros"],
)
def test_what_is_no_text_is_refused_with_a_remedy(data, says):
    with pytest.raises(UnreadableDocumentError, match=rf"resume\.txt {says}") as told:
        read(data)
    assert told.value.hint


@pytest.mark.parametrize("mark", ["**a ", "__a", "*a ", "[", "[a](", "# ", "- ", "|", " "])
def test_marks_without_end_do_not_stop_the_reader(mark):
    assert read("# Jane\nx" + mark * 20_000, "resume.md").text.startswith("Jane\nx")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["resume.txt", "resume.md"]))
def test_any_bytes_are_read_or_refused(data, source):
    try:
        document = read(data, source)
    except UnreadableDocumentError:
        return
    assert all(document.text[line.start : line.end].strip() for line in document.lines)


def test_markdown_headings_have_their_level():
    document = PlainReader().read(b"# Jane\n## Work\ntext", "resume.md")
    assert [line.level for line in document.lines] == [1, 2, 0]
