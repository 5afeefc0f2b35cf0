"""Years of experience that a sentence asks for."""

from __future__ import annotations

import re

from metier.graph.trigger import Guarded
from metier.records.span import Found, Span

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "a": 1, "half a": 0.5, "半": 0.5, "两": 2, "兩": 2,
}  # fmt: skip
_HAN_DIGITS = "一二三四五六七八九"
_NUMBER = r"\d{1,2}(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|half a|a"
_YEARS = re.compile(
    rf"\b(?P<between>between\s+)?(?P<least>{_NUMBER})\s*\+?\s*"
    r"(?:(?:-|–|—|to|or|(?(between)and|-))\s*(?:\d{1,2}|\w+)\s*\+?\s*|\(\d+\)\s*)?\+?\s*(?P<unit>year|yr|month|jahre?|años|ans)s?\b\.?['’]?",
    re.IGNORECASE,
)
_HAN_NUMBER = r"\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两兩三四五六七八九]"
_HAN_YEARS = re.compile(
    rf"(?<![\d上下])(?P<least>{_HAN_NUMBER}|半)\s*(?:[-–—~至到]\s*(?:{_HAN_NUMBER})\s*)?年(?:及)?(?:以上|及以上)?"
)
_EXPERIENCE = re.compile(
    r"experience|\bexp\b|working (?:as|in|with)|track record|post[- ]qualif|PQE|in a similar|erfahrung|expérience|experiencia|as an? \w+|\bdriving\b|hands[- ]on"
    r"|\b(?:years?|yrs?)['’]? (?:with|in|using|of (?!age|growth|history|success|service)|running|leading|supervising|managing|building|behind|post|at (?:[A-Z]{2,}|\w+ level))"
    r"|经验|经历|工作|从事|驾龄|教龄|從事|經驗|以上",
    re.IGNORECASE,
)
_OTHER_YEARS = re.compile(
    r"\w+[- ](?:years?|months?)['’]? (?:old|of age|residen\w+|in business|ago|contract|warranty|fixed|project|degree|course|programme|program|apprenticeship|checkable|references?|history)"
    r"|(?:held|clean|within|every|(?:in|over|for|of) the (?:past|last|next)|(?:violations?|points|accidents?) in|(?:past|last|next|within)) (?:for )?(?:at least )?(?:\w+ )?\w+ (?:years?|yrs?|months?)|成立\d+年|年(?:的)?历史|放宽至\d+年",
    re.IGNORECASE,
)
"""Years that are the age of a person or an employer, the length of a contract, or how long a licence was held."""
_HISTORY = re.compile(
    r"for (?:over|more than|the (?:last|past)) \w+ years|over \d+ years (?:we|our)|founded|established|since \d{4}|成立于",
    re.IGNORECASE,
)
_NONE = Guarded(
    r"\bno (?:previous |prior |specific |driving |work )?exp(?:erience)? (?:is )?(?:needed|required|necessary|at all)|\bwithout experience\b|(?<!\w )\bexperience (?:is )?not (?:needed|required|necessary|essential)"
    r"|\bno experience\b|\bno \w+ experience\?|\b(?:do not|don['’]t) need (?:any |previous |prior )?experience\b|(?:不用|不要|不看)经验|经验不限|不限经验|无需经验|无经验(?:亦|也)?可|没有经验(?:也)?可|經驗不拘|無經驗可",
)

_OR_NONE = re.compile(
    r"\bor (?:a )?(?:newly|recently)[- ]qualified\b|\bor (?:a )?new(?:ly)? graduate|\bnew grad\w* (?:welcome|considered)|\bexperience (?:is )?(?:required|essential)[^.]*\bnot necessary",
    re.IGNORECASE,
)
"""Years that one may also be without."""
_MOST = 30
"""Years; a sentence that names more speaks of something else."""


def find_years(sentence: str, *, is_asked: bool = False) -> Found[float] | None:
    """Find the least years of experience that a sentence asks for.

    Args:
        sentence: A sentence or a list item.
        is_asked: It stands under a heading of requirements, so that `3 years on site` is experience too.

    Returns:
        The years, 0 where it says that none are needed, None where it says nothing of the kind.
    """
    none = _NONE.search(sentence)
    if none:
        return Found(value=0.0, span=Span.of(sentence, *none.span()))
    if _HISTORY.search(sentence) or not (is_asked or _EXPERIENCE.search(sentence)):
        return None
    if _OR_NONE.search(sentence):
        return None
    numbers = [(pattern, stated) for pattern in (_YEARS, _HAN_YEARS) for stated in pattern.finditer(sentence)]
    others = [other.span() for other in _OTHER_YEARS.finditer(sentence)] if numbers else []
    for pattern, stated in numbers:
        if any(stated.start() < end and start < stated.end() for start, end in others):
            continue
        if pattern is _YEARS and not _is_a_span(sentence, stated):
            continue
        years = _number(stated["least"].lower())
        if pattern is _YEARS and stated["unit"].lower() == "month":
            years /= 12
        if years <= _MOST:
            return Found(value=years, span=Span.of(sentence, *stated.span()))
    return None


def _is_a_span(sentence: str, stated: re.Match[str]) -> bool:
    """Say whether `a year` is one and not a rate (`£27,500 a year`), and months a minimum and not a term (`15-18 months`)."""
    is_month = stated["unit"].lower() == "month"
    is_rate = stated["least"].lower() == "a"
    if is_rate and is_month:
        return False
    if not is_rate and (not is_month or _EXPERIENCE.search(sentence)):
        return True
    before, after = sentence[: stated.start()], sentence[stated.end() :]
    return bool(
        re.search(r"(?:at least|min(?:imum|\.)?(?: of)?)\s*$", before, re.IGNORECASE)
        or (is_rate and re.search(r"(?:with|or|^)\s*$", before, re.IGNORECASE))
        or re.match(r"\w?\s*(?:of|or|as|exp)" if is_rate else r"\s*(?:recent|of|on|in)\b", after, re.IGNORECASE)
    )


def _number(text: str) -> float:
    tens, ten, ones = text.partition("十")
    if ten:
        return 10.0 * (_han_digit(tens) or 1) + _han_digit(ones)
    return float(_WORDS.get(text) or _han_digit(text) or text)


def _han_digit(text: str) -> int:
    return _HAN_DIGITS.find(text) + 1 if text else 0
