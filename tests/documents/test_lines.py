"""Lines put together: bullets, spaced headings, offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.lines import LineBuilder, join_spaced


def built(*texts, **fields):
    builder = LineBuilder()
    for text in texts:
        builder.add(text, **fields)
    return builder.document(source="resume.txt", media_type="text/plain")


@pytest.mark.parametrize(
    ("text", "bare", "kind"),
    [
        ("• wound care", "wound care", "list_item"),
        ("•wound care", "wound care", "list_item"),
        ("- wound care", "wound care", "list_item"),
        ("\uf0b7 负责账务", "负责账务", "list_item"),
        ("➢ IV therapy", "IV therapy", "list_item"),
        ("-5 degrees", "-5 degrees", "paragraph"),
        ("–2019", "–2019", "paragraph"),
        ("1. first", "1. first", "paragraph"),
    ],
)
def test_a_bullet_makes_a_list_item(text, bare, kind):
    document = built(text)
    assert (document.text, document.lines[0].kind) == (bare, kind)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("C O N TA C T", "CONTACT"),
        ("S K I L L S", "SKILLS"),
        ("W O R K   H I S T O R Y", "WORK HISTORY"),
        ("个 人 简 历", "个人简历"),
        ("工作 经历", "工作经历"),
        ("2019 年 5 月 至 今", "2019年5月至今"),
        ("C O O K and baker", "C O O K and baker"),
        ("EN C1 DE B2", "EN C1 DE B2"),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("LICENCE B C D E", "LICENCE B C D E"),
        ("A to Z", "A to Z"),
        ("王 五", "王五"),
        ("", ""),
    ],
)
def test_letters_that_stand_apart_are_joined_only_in_headings(text, joined):
    assert join_spaced(text) == joined


def test_blank_lines_are_no_lines():
    document = built("Jane", "", "  ", "•", "Nurse")
    assert document.text == "Jane\nNurse"
    assert len(document.lines) == 2


def test_a_warning_is_told_once():
    builder = LineBuilder()
    builder.add("Jane")
    builder.warn("page 2 was left out")
    builder.warn("page 2 was left out")
    assert builder.document(source="x", media_type="text/plain").warnings == ("page 2 was left out",)


@pytest.mark.parametrize(
    ("text", "is_empty"), [("", True), ("---", True), ("•", True), ("a", False), ("护", False), ("7", False)]
)
def test_a_document_without_letters_and_digits_is_empty(text, is_empty):
    builder = LineBuilder()
    builder.add(text)
    assert builder.is_empty() is is_empty


@pytest.mark.parametrize(
    "text",
    ["nurse in leeds " * 700, "我是护士，在上海工作。" * 900, "x" * 10_000],
    ids=["english", "chinese", "no-spaces"],
)
def test_a_very_long_line_is_cut_and_nothing_lost(text):
    document = built(text, page=3)
    pieces = [document.text[line.start : line.end] for line in document.lines]
    assert max(map(len, pieces)) <= 1_000
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert {line.page for line in document.lines} == {3}


def test_a_long_line_is_cut_between_words():
    pieces = built("nurse " * 1000).text.split("\n")
    assert {word for piece in pieces for word in piece.split(" ")} == {"nurse"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=40), max_size=10))
def test_lines_stand_in_the_text_in_order_without_overlap(texts):
    document = built(*texts)
    end = -1
    for line in document.lines:
        assert end < line.start < line.end
        assert document.text[line.start : line.end].strip() == document.text[line.start : line.end]
        end = line.end
    assert document.text == "\n".join(document.text[line.start : line.end] for line in document.lines)
