"""Years of experience that a sentence asks for."""

from __future__ import annotations

import re

from metier.records.span import Found, Span

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "a": 1, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_NUMBER = r"(\d{1,2}(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a)"
_YEARS = re.compile(
    rf"\b{_NUMBER}\s*\+?\s*(?:(?:-|–|—|to|or)\s*(?:\d{{1,2}}|\w+)\s*\+?\s*|\(\d+\)\s*)?\+?\s*(year|yr|month|jahre?|años|ans)s?\b\.?['’]?",
    re.IGNORECASE,
)
_HAN_YEARS = re.compile(
    r"(\d{1,2}|[一二两兩三四五六七八九十])\s*(?:[-–—~至到]\s*(?:\d{1,2}|[一二两三四五六七八九十])\s*)?年(?:及)?(?:以上|及以上)?"
)
_EXPERIENCE = re.compile(
    r"experience|working (?:as|in|with)|track record|post[- ]qualif|PQE|in a similar|erfahrung|expérience|experiencia|as an? \w+|\bdriving\b|hands[- ]on"
    r"|经验|经历|工作|从事|驾龄|教龄|從事|經驗|以上",
    re.IGNORECASE,
)
_OTHER_YEARS = re.compile(
    r"years? (?:old|of age|in business|ago)|aged? \d|for (?:over|more than|the (?:last|past)) \w+ years|over \d+ years (?:we|our)|founded|established|since \d{4}"
    r"|\d+[- ]year(?:s)? (?:contract|warranty|fixed|project|old)|岁|周岁|成立|历史",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\bno (?:previous |prior |specific |driving |work )?experience (?:is )?(?:needed|required|necessary|at all)|\bwithout experience\b|\bexperience (?:is )?not (?:needed|required|necessary|essential)"
    r"|\bno experience\b|经验不限|不限经验|无需经验|无经验(?:亦|也)?可|没有经验(?:也)?可|經驗不拘|無經驗可",
    re.IGNORECASE,
)


def find_years(sentence: str) -> Found[float] | None:
    """Find the least years of experience that a sentence asks for.

    Returns:
        The years, 0 where it says that none are needed, None where it says nothing of the kind.
    """
    none = _NONE.search(sentence)
    if none:
        return Found(value=0.0, span=Span.of(sentence, *none.span()))
    if _OTHER_YEARS.search(sentence):
        return None
    for pattern in (_YEARS, _HAN_YEARS):
        for stated in pattern.finditer(sentence):
            if not _EXPERIENCE.search(sentence):
                continue
            number = _WORDS.get(stated.group(1).lower()) or float(stated.group(1))
            is_months = pattern is _YEARS and stated.group(2).lower() == "month"
            years = number / 12 if is_months else float(number)
            if years <= 30:
                return Found(value=years, span=Span.of(sentence, *stated.span()))
    return None
