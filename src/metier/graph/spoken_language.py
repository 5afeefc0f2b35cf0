"""Natural languages that a text names, with the level that stands beside each (CEFR, or words that mean a level)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from metier.graph.trigger import Triggers
from metier.graph.words import words
from metier.records.requirement import LanguageLevel
from metier.records.span import Span

_CODES = [
    "en",
    "zh",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "ro",
    "sv",
    "da",
    "nb",
    "fi",
    "is",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "bg",
    "el",
    "hu",
    "et",
    "lv",
    "lt",
    "uk",
    "ru",
    "tr",
    "ar",
    "he",
    "fa",
    "ur",
    "hi",
    "bn",
    "pa",
    "gu",
    "ta",
    "te",
    "ml",
    "mr",
    "ne",
    "si",
    "th",
    "vi",
    "id",
    "ms",
    "fil",
    "ja",
    "ko",
    "yue",
    "sw",
    "am",
    "so",
    "yo",
    "ig",
    "ha",
    "zu",
    "af",
    "cy",
    "ga",
    "ca",
    "eu",
    "gl",
    "sq",
    "mk",
    "ka",
    "hy",
    "az",
    "kk",
    "uz",
    "mn",
    "my",
    "km",
    "lo",
]
_LOCALES = ("en", "zh", "zh_Hant", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "ro")
_MORE_NAMES = {
    "mandarin": "zh", "mandarin chinese": "zh", "putonghua": "zh", "普通话": "zh", "国语": "zh", "國語": "zh", "汉语": "zh",
    "cantonese": "yue", "粤语": "yue", "廣東話": "yue", "广东话": "yue", "粵語": "yue", "castilian": "es", "tagalog": "fil",
    "farsi": "fa", "flemish": "nl", "brazilian portuguese": "pt", "norwegian": "nb", "norsk": "nb", "irish gaelic": "ga",
    "british english": "en", "american english": "en", "大学英语": "en", "商务英语": "en",
}  # fmt: skip
_CEFR = re.compile(r"\b([ABC][12])\b")
_EXAM = re.compile(
    r"\b(IELTS|雅思)\D{0,4}([4-9](?:\.\d)?)|\b(HSK|JLPT|TOPIK)\D{0,3}(N?[1-6])(?!\d)|(?<![A-Z])(N)([1-5])(?![\w+])",
    re.IGNORECASE,
)
"""`N2` alone is the level of the JLPT."""
_SPEAKING = re.compile(
    r"speak|spoken|written|language|communicat|fluen|native|level|reading|listening|口语|能(?:读|写|看|说|应付|开会|作|做)|书面|语言|听说|读写|沟通|Sprach|Kenntnisse|langue",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*(?:(?:is|are|would be|isn['’]t|aren['’]t)\s+)?(?:not\s+)?(?:(?:a|an|strongly|highly|big|real)\s+)*(?:required?|needed|necessary|essential|mandatory|compulsory|must|plus|advantage|bonus|asset|desirable|preferred"
    r"|helpful|useful|welcome|nice to have|skills?|knowledge)\b|kenntnisse|\s*(?:者?优先|能力|必须|为佳)",
    re.IGNORECASE,
)
"""Words right after a language that ask for it."""
_ALIKE = re.compile(r"\s*(?:/|&|and|or|und|oder|et|和|及|或|、)\s*", re.IGNORECASE)
_NEAR = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageMention:
    """A language named in a text.

    Attributes:
        language: ISO 639-1 code, ISO 639-3 where there is none (`yue`, `fil`).
        level: CEFR level, if stated.
        fluency: The words that state it.
        is_ability: The text speaks of knowing the language, not of, say, teaching it.
    """

    language: str
    span: Span
    level: LanguageLevel | None = None
    fluency: str = ""
    is_ability: bool = False


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for locale in _LOCALES:
        known = Locale.parse(locale).languages
        for code in _CODES:
            if code in known:
                names.setdefault(known[code].casefold(), code)
    return names | _MORE_NAMES


@cache
def _pattern() -> re.Pattern[str]:
    by_length = sorted(_names(), key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in by_length if name[0] < "\u2e80" and len(name) > 2)
    han = "|".join(re.escape(name) for name in by_length if name[0] >= "\u2e80")
    return re.compile(rf"(?<![^\W_])(?:{latin})(?:(?![^\W_])|(?=kenntnisse))|(?:{han})", re.IGNORECASE)


@cache
def _triggers() -> Triggers:
    return Triggers([_pattern()])


def find_languages(text: str) -> list[LanguageMention]:
    """Find the languages that a text names, each with the level that its clause gives.

    Args:
        text: A line, a sentence or a section.

    Returns:
        Mentions in order; offsets point into the text. A name in lower case (`polish the floor`) is not one,
        unless the text is about speaking.
    """
    names = list(_pattern().finditer(text)) if _triggers().possible(text) else []
    mentions = []
    for number, name in enumerate(names):
        left = max(name.start() - _NEAR, names[number - 1].end() if number else 0)
        right = min(name.end() + _NEAR, names[number + 1].start() if number + 1 < len(names) else len(text))
        before, after = _clause_before(text[left : name.start()]), _clause_after(text[name.end() : right])
        level, fluency = _level(after, before)
        speaks = bool(_SPEAKING.search(before) or _SPEAKING.search(after) or _ASKED.match(text, name.end()))
        if not name.group()[0].isupper() and name.group()[0] < "\u2e80" and not (level or speaks):
            continue
        mentions.append(
            LanguageMention(
                language=_names()[name.group().casefold()],
                span=Span.of(text, name.start(), name.end()),
                level=level,
                fluency=fluency,
                is_ability=level is not None or speaks,
            )
        )
    return _shared(text, mentions)


def _shared(text: str, mentions: list[LanguageMention]) -> list[LanguageMention]:
    """Give languages that `and` or a slash joins one level, where only one of two states it: `fluent in English and German`."""
    shared = list(mentions)
    for number in range(len(mentions) - 1):
        one, other = shared[number : number + 2]
        if _ALIKE.fullmatch(text, one.span.end, other.span.start) and not (one.level and other.level):
            stated = one if one.level else other
            is_ability = one.is_ability or other.is_ability
            shared[number : number + 2] = [
                replace(mention, level=stated.level, fluency=stated.fluency, is_ability=is_ability)
                for mention in (one, other)
            ]
    return shared


def _clause_before(text: str) -> str:
    return re.split(r"[\n;；。.!?|]|(?<=\w),(?=\s)|，|、", text)[-1]


def _clause_after(text: str) -> str:
    return re.split(r"[\n;；。!?|]|\.\s|,\s|，|、|\band\b", text)[0]


def _level(after: str, before: str) -> tuple[LanguageLevel | None, str]:
    """Read the level after the name, else before it."""
    for side in (after, before):
        cefr = _CEFR.search(side)
        if cefr:
            return _as_level(cefr.group(1)), cefr.group()
        exam = _EXAM.search(side)
        if exam:
            return _exam_level(exam), exam.group()
        for level, pattern in words("language_level"):
            stated = pattern.search(side)
            if stated:
                return _as_level(level), stated.group()
    return None, ""


def _as_level(text: str) -> LanguageLevel:
    levels: dict[str, LanguageLevel] = {"A1": "A1", "A2": "A2", "B1": "B1", "B2": "B2", "C1": "C1", "C2": "C2"}
    return levels[text]


def _exam_level(exam: re.Match[str]) -> LanguageLevel:
    """Map an exam's result to CEFR by the exam boards' own tables."""
    if exam.group(1):
        band = float(exam.group(2))
        return "C1" if band >= 7 else "B2" if band >= 5.5 else "B1"
    grade = int((exam.group(4) or exam.group(6))[-1])
    if exam.group(5) or exam.group(3).upper() == "JLPT":
        return ("C1", "B2", "B1", "A2", "A1")[min(grade, 5) - 1]
    return ("A1", "A2", "B1", "B2", "C1", "C2")[grade - 1]
