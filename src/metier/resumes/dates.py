"""Dates and periods as resumes write them, in English, Chinese and neighbouring languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metier.records.date import PartialDate

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_MONTH_NUMBER = {name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)} | {"sept": 9}
_SEASON = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio"
    r"|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|iembre)?|décembre|enero|febrero"
    r"|spring|summer|autumn|fall|winter)"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_SHORT_YEAR = r"['’]\d{2}"


def _date_pattern(which: str) -> str:
    """Give the pattern of one date; its groups end in `which`. Of three numbers, the day is first where it can be."""
    return (
        rf"(?:(?:{_DAY}\.?\s+(?:of\s+)?)?(?<![a-z\u00c0-\u024f])(?P<mon{which}>{_MONTH})\.?,?\s*(?:{_DAY},?\s+)?(?P<my{which}>{_YEAR}|{_SHORT_YEAR})"
        rf"|(?:(?:0?[1-9]|[12]\d|3[01])\s?[/.\-]\s?)?(?P<num{which}>0?[1-9]|1[0-2])\s?[/.\-]\s?(?P<ny{which}>{_YEAR})"
        rf"|(?P<us{which}>0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?P<uy{which}>{_YEAR})"
        rf"|(?P<iy{which}>{_YEAR})\s?(?:[/.\-]|年)\s?(?P<im{which}>1[0-2]|0?[1-9])(?!\d)(?:\s?月)?(?:[/.\-]\d{{1,2}}(?![\d月年])|\d{{1,2}}\s?[日号])?"
        rf"|(?P<y{which}>{_YEAR})(?:\s?年)?)"
    )


_DASH = r"[-–—‐‑―−]{1,2}"
_NOW = (
    r"(?P<now>(?:to |till |until )?(?:the )?(?:present|date|now)|till now|current(?:ly)?|today|ongoing|heute|aktuell|aujourd['’]hui|actualidad|actual|presente|oggi|obecnie"
    r"|至\s?今|现在|現在|目前|迄今|今)"
)
_TO = rf"\s*(?:{_DASH}|~|～|to|until|till|bis|à|au|hasta|al|至|到|→|/)\s*"
_RANGE = re.compile(
    rf"(?<![\d.])(?<!\d/)(?:{_date_pattern('a')}|(?<![a-z])(?P<lone>{_MONTH})\.?)(?:(?:{_TO})(?:{_date_pattern('b')}|(?P<until>1[0-2]|0?[1-9])\s?月|(?P<short>1[3-9]|[2-9]\d)(?![\d/.\-–年月%])|{_NOW}(?![a-z])))",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"(?:(?:\bsince|\bfrom|\bseit|\bdepuis|\bdesde)\s+|[自从從]\s*)(?:{_date_pattern('a')})(?:\s*(?:起|开始|開始))?",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?<![\d.])(?:{_date_pattern('a')})\s*{_DASH}\s*$", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\d.,/])(?:{_date_pattern('a')})(?![\d,]|\s?%)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stated period; `start` and `end` are offsets of its words in the line."""

    first: PartialDate | None
    last: PartialDate | None
    is_current: bool
    start: int
    end: int


def find_period(text: str) -> Period | None:
    """Find the first period that a line states: two dates, or a date and "to date", or "since" a date.

    A period that ends before it begins is not one.
    """
    for found in _RANGE.finditer(text):
        first, last = _ends(found)
        is_current = bool(found["now"])
        if first and last and last.last_day() < first.first_day():
            continue
        if first and (last or is_current):
            return Period(first=first, last=last, is_current=is_current, start=found.start(), end=found.end())
    for pattern in (_SINCE, _OPEN):
        since = pattern.search(text)
        if since and (first := _date(since, "a")):
            return Period(first=first, last=None, is_current=True, start=since.start(), end=since.end())
    return None


def find_date(text: str) -> tuple[PartialDate, int, int] | None:
    """Find the first single date of a line, with its offsets."""
    for found in _SINGLE.finditer(text):
        date = _date(found, "a")
        if date:
            return date, found.start(), found.end()
    return None


def _ends(found: re.Match[str]) -> tuple[PartialDate | None, PartialDate | None]:
    """Give both ends; `Jan - Mar 2020` and `2020年1月-3月` state their year once, `2017-19` its century."""
    first, last = _date(found, "a"), _date(found, "b")
    if found["lone"] and last and last.month:
        first = PartialDate(year=last.year, month=_month(found["lone"]))
    if found["until"] and first and first.month:
        last = PartialDate(year=first.year, month=int(found["until"]))
    if found["short"] and first and not first.month and int(found["short"]) > first.year % 100:
        last = PartialDate(year=first.year // 100 * 100 + int(found["short"]))
    return first, last


def _date(found: re.Match[str], which: str) -> PartialDate | None:
    groups = found.groupdict()
    if groups.get(f"my{which}"):
        return PartialDate(year=_year(groups[f"my{which}"]), month=_month(groups[f"mon{which}"]))
    for year, month in (("ny", "num"), ("uy", "us"), ("iy", "im")):
        if groups.get(f"{year}{which}"):
            return PartialDate(year=int(groups[f"{year}{which}"]), month=int(groups[f"{month}{which}"]))
    if groups.get(f"y{which}"):
        return PartialDate(year=int(groups[f"y{which}"]))
    return None


def _month(name: str) -> int:
    """Give the number of a month or season; 0 for a name in letters that only look like it, such as `juſt`."""
    word = name.lower()
    return _SEASON.get(word) or next(
        (number for name, number in _MONTH_NUMBER.items() if word.startswith(name[:3]) and _same_start(word, name)), 0
    )


def _same_start(word: str, name: str) -> bool:
    return name.startswith(word) or word.startswith(name)


def _year(text: str) -> int:
    if text[0] in "'’":
        short = int(text[1:])
        return 2000 + short if short < 50 else 1900 + short
    return int(text)
