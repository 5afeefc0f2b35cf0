"""Gender, age, birth, nationality, family, religion and looks, as resumes state them.

The list follows the grounds of the European Union's directives 2000/43/EC, 2000/78/EC and 2006/54/EC, with what the forms of
single countries ask for besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from metier.records.span import Span

_FIELD = re.compile(
    r"\b(?:pronouns?|date (?:and place )?of birth|place of birth|birth ?(?:date|day|place)|d\.?o\.?b\b\.?|age|gender|sex|marital status|civil status|family status|nationality|religion|caste"
    r"|ethnicity|ethnic (?:origin|group)|race|(?:father|mother|husband|wife|spouse)(?:['’]?s)?(?: name)?|(?:no\.? of )?children|height|weight|blood group|geburtsdatum|geburtsort|familienstand"
    r"|staatsangehörigkeit|geschlecht|date de naissance|nationalité|situation familiale|fecha de nacimiento|nacionalidad|estado civil)\s*[:：=–-]\s*[^\n|;•·]{1,48}"
    r"|(?:性\s*别|年\s*龄|出\s*生(?:年月日?|日期|地)?|生\s*日|民\s*族|婚\s*姻(?:状况)?|婚\s*否|籍\s*贯|政治面貌|国\s*籍|户\s*[籍口](?:所在地)?|身\s*高|体\s*重|宗教信仰?|血\s*型)\s*[:：]\s*[^\s|｜，,；;]{1,14}"
    r"|(?:性\s*别|年\s*龄|民\s*族|婚\s*姻状况|政治面貌)[ \t]+[^\s|｜，,；;]{1,8}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:(?<=[|｜,，、;；/·•\n])|^)[ \t]*(?:male|female|non-binary|mrs?\.?|miss|herr|frau|madame|monsieur|先生|女士|married|unmarried|single|divorced|widowed|born (?:on |in )?[^\n|,;]{2,24}|(?:aged? )?\d{2}(?: years? old| yrs? old|岁)"
    r"|男|女|已婚|未婚|已婚已育|未婚未育|汉族|中共党员|\d{4}年(?:\d{1,2}月)?(?:出)?生)[ \t]*(?=$|[|｜,，、;；/·•\n])",
    re.IGNORECASE | re.MULTILINE,
)
_IN_PROSE = re.compile(
    r"\(?\b(?:she/her|he/him|they/them)(?:/(?:hers|his|theirs))?\b\)?|\b(?:i am|i['’]m|am) (?:a )?(?:\d{2}[- ]years?[- ]old|married|single|divorced)\b|\b\d{2}[- ]years?[- ]old (?:man|woman|male|female)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^[ \t#*]*(?:Mrs?|Ms|Miss|Mx|Herr|Frau)\b\.?(?=[ \t]+[A-ZÀ-Þ])", re.MULTILINE)
"""How a name is addressed at the beginning of a line; in capitals `MS` is a degree or a maker of software."""


def find_protected(text: str) -> Iterator[Span]:
    """Find the statements of protected traits in a text, a labelled field, a piece of a heading line or a sentence."""
    for pattern in (_FIELD, _ALONE, _IN_PROSE, _ADDRESS):
        for found in pattern.finditer(text):
            yield Span.of(text, *found.span())


def blank(text: str, spans: Iterable[Span]) -> str:
    """Put spaces in the place of some spans, so that all offsets stay as they are."""
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(letters)
