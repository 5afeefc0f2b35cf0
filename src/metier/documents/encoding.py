"""Bytes to characters."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

import ftfy
from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200c\u2060\ufeff\ufffe\uffff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WESTERN = re.compile(r"[\x00-\x7f\xa0ÄÖÜäöüßéèêëàâçîïôûùÉÈÊÀÇáíóúñÁÍÓÚÑåæøÅÆØãÃ£€¥§©®°·±²½«»¡–—‘’‚“”„•…™]*")
_SAMPLE = 200_000


def decode(data: bytes) -> str:
    r"""Decode text of an unknown encoding: a byte-order mark, UTF-8, then the likeliest of the others.

    A file that is UTF-8 but for a few rows keeps its good rows: the others are read as GB 18030 where the good ones
    hold Chinese, else as Windows-1252.
    Mojibake is mended, line ends become `\n`, control characters are dropped.
    """
    return clean(decode_raw(data))


def clean(text: str) -> str:
    """Mend mojibake, normalise line ends and drop control and zero-width characters and halves of surrogate pairs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\u2028", "\n")
    bare = _CONTROL.sub("", text)
    return _CONTROL.sub("", ftfy.fix_encoding(text)) if ftfy.badness.is_bad(bare) else bare


def decode_raw(data: bytes) -> str:
    """Decode as `decode` does and leave the characters as they are: a table's line breaks are part of its form."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(data):
        is_chinese = bool(_HAN.search(data.decode("utf-8", errors="ignore")))
        return "\n".join(_mixed_line(line, is_chinese=is_chinese) for line in data.split(b"\n"))
    try:
        return data.decode("gb18030") if _looks_chinese(data) else _guess(data)
    except UnicodeDecodeError:
        return _guess(data)


def _mixed_line(line: bytes, *, is_chinese: bool) -> str:
    for encoding in ("utf-8", "gb18030") if is_chinese else ("utf-8",):
        with suppress(UnicodeDecodeError):
            return line.decode(encoding)
    return line.decode("utf-8", errors="metier-cp1252")


def _guess(data: bytes) -> str:
    western = data.decode("cp1252", errors="replace")
    if _WESTERN.fullmatch(western):
        return western
    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _is_nearly_utf8(data: bytes) -> bool:
    """Say whether most bytes beyond ASCII form UTF-8 sequences, which those of other encodings hardly ever do."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - bad >= bad


def _looks_chinese(data: bytes) -> bool:
    try:
        text = data[: _SAMPLE // 2 * 2].decode("gb18030", errors="ignore")
    except UnicodeDecodeError:
        return False
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    common = sum(text.count(character) for character in "的一是在不了有和人工作年公司经验")
    return han > 20 and common * 30 > han


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("metier-cp1252", _as_cp1252)
