"""Bytes to characters."""

from __future__ import annotations

import codecs
import re

import ftfy
from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u200c\u2060\ufeff\ufffe\uffff]")
_SAMPLE = 200_000


def decode(data: bytes) -> str:
    r"""Decode text of an unknown encoding: a byte-order mark, UTF-8, then the likeliest of the others.

    A file that is UTF-8 but for a few rows keeps its good rows: bytes that are not UTF-8 are read as Windows-1252.
    Mojibake is mended, line ends become `\n`, control characters are dropped.
    """
    return clean(_decode(data))


def clean(text: str) -> str:
    """Mend mojibake, normalise line ends and drop control and zero-width characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\u2028", "\n")
    text = _CONTROL.sub("", text)
    return ftfy.fix_encoding(text) if ftfy.badness.is_bad(text) else text


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(data):
        return data.decode("utf-8", errors="metier-cp1252")
    try:
        return data.decode("gb18030") if _looks_chinese(data) else _guess(data)
    except UnicodeDecodeError:
        return _guess(data)


def _guess(data: bytes) -> str:
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
