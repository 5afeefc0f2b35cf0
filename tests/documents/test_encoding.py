"""Bytes to characters: every encoding that resumes come in, and files of two."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.documents.encoding import clean, decode, decode_raw

ENGLISH = "José García – Registered Nurse\nLeeds | “ten years’ experience” | £30,000 (€35k)"
CHINESE = (
    "姓名：张伟\n求职意向：会计\n现居：上海\n2018.3-至今 上海某某贸易有限公司 会计主管\n负责公司日常账务处理和财务报表"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        ("Salary £30,000", "cp1252"),
        ("Naïve résumé of a nurse in Leeds", "latin-1"),
        ("Infirmière diplômée d’État à Paris, dix ans à l’hôpital", "cp1252"),
        ("Enfermera en España, diez años de experiencia, atención al niño", "latin-1"),
        ("Größe 42, Müller aus Köln, Schweißer", "cp1252"),
        ("Pielęgniarka z dziesięcioletnim doświadczeniem w szpitalu w Łodzi. Wykształcenie wyższe", "cp1250"),
        ("Медсестра, опыт работы десять лет", "cp1251"),
        (CHINESE, "utf-8"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        ("我是一名有五年工作經驗的會計，在台北的公司工作，負責財務報表編製與稅務申報", "big5"),
    ],
    ids=lambda value: value[:12],
)
def test_text_of_an_unknown_encoding_is_read(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_a_mark_of_byte_order_is_obeyed_and_dropped(mark, encoding):
    assert decode(mark + "护士 nurse".encode(encoding)) == "护士 nurse"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_rows_that_are_not_utf8_leave_the_others_whole(encoding):
    data = "Müller, Köln\n".encode() * 3 + "José García\n".encode(encoding) + "Zoë\n".encode()
    assert decode(data) == "Müller, Köln\n" * 3 + "José García\nZoë\n"


def test_rows_of_the_other_chinese_encoding_leave_the_others_whole():
    data = "张伟，会计，五年工作经验\n".encode() * 5 + "李四，护士，上海\n".encode("gb18030") + "王五\n".encode()
    assert decode(data) == "张伟，会计，五年工作经验\n" * 5 + "李四，护士，上海\n王五\n"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\x0cd\u2028e", "a\nb\nc\nd\ne"),
        ("nu\x00rse\x1b\u200b\ufeff\x85", "nurse"),
        ("a\tb", "a\tb"),
        ("JosÃ© MÃ¼ller â€“ nurse", "José Müller – nurse"),
        ("half \ud800 of a pair", "half  of a pair"),
        ("护士，五年经验 😀", "护士，五年经验 😀"),
    ],
)
def test_clean_text_has_one_kind_of_line_end_and_no_control_characters(text, cleaned):
    assert clean(text) == cleaned


def test_raw_text_keeps_the_characters_that_are_a_tables_form():
    assert decode_raw("a\u2028b\r\n".encode()) == "a\u2028b\r\n"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_become_text_that_can_be_written(data):
    text = decode(data)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\x00\r\x0c\u2028\ufeff")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=100))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_mojibake_that_holds_control_characters_is_mended():
    assert clean("NaÃ¯ve Bayes â\x80¢ SQL") == "Naïve Bayes • SQL"
