"""Name, label, e-mail, telephone, link and place at the head of a resume."""

from __future__ import annotations

import re
from collections.abc import Sequence

import phonenumbers

from metier.graph.education import find_education
from metier.graph.place import find_places
from metier.records.document import Document, Line
from metier.records.place import Place
from metier.records.profile import Basics
from metier.records.span import Found, Span
from metier.resumes.dates import find_period
from metier.resumes.heading import heading_of
from metier.resumes.role import TITLE

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s|,;）)，；、。]+|\b(?:linkedin\.com|github\.com)/[^\s|,;）)，；、。]+", re.IGNORECASE
)
_NAME_LABEL = re.compile(
    r"(?:^[ \t]*(?:full )?name[ \t]*[:：]|(?:^|\s)(?:姓[ \t]*名[ \t]*[:：]?|名字[ \t]*[:：]))[ \t]*([^\s:：|,，;；][^\n|:：,，;；]{0,30}?)(?=\s{2,}|\s*(?:[|,，;；]|性\s*别|出生|年\s*龄|电\s*话|$))",
    re.IGNORECASE | re.MULTILINE,
)
_LABEL = re.compile(
    r"(?:求职意向|应聘(?:职位|岗位)|意向岗位|目标职位|期望职位|應徵職務|desired position|position sought)\s*[:：]\s*([^\n|;；:：]{2,40}?)(?=\s*(?:$|[\n|;；]|\s\S{2,6}[:：]))",
    re.IGNORECASE,
)
_NOT_NAME = re.compile(
    r"resume|curriculum|vitae|\bcv\b|简历|履历|profile|contact|page|address|phone|email|@|\d|：|:|summary|confidential|skills?|school|college|university|institute|details|experience|technical|education|declaration|objective|engineering|testing|systems|technologies|commerce|\b(?:hsc|ssc|mca|bca|bba|b-?tech|m-?tech)\b",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"(?:现居(?:住)?地?|所在(?:地|城市)|居住地|现居|住址|地址|居住城市|current location|location|address|lives in|based in)\s*[:：]?\s*([^\n|;；]{2,60})",
    re.IGNORECASE,
)
_BIRTH_PLACE = re.compile(r"籍\s*贯|户\s*籍|户口|place of birth|born in|nationality|国籍", re.IGNORECASE)
_HAN_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff])?|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff] [\u4e00-\u9fff]{1,2}"
)
_LATIN = r"[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,2}"
_DOUBLE_NAME = re.compile(
    rf"(?P<han>[\u4e00-\u9fff]{{2,4}})\s*[/(（]?\s*{_LATIN}[)）]?|{_LATIN}\s*[/(（]?\s*(?P<last>[\u4e00-\u9fff]{{2,4}})[)）]?"
)
"""A name in two scripts."""
_NICKNAME = re.compile(r"\s[\"“‘(（][^\W\d_][\w'’ -]{0,20}[\"”’)）](?=\s|$)")
_SIGN_OFF = re.compile(r"\s*[(（][A-Za-z .]{1,20}[)）]$")
"""A short name or a degree in brackets after the name."""
_HEAD_LINES = 14
_REGIONS = ("GB", "US", "CN", "IE", "DE", "CA", "AU", "IN", "SG", "NL", "FR", "TW", "HK")
_MAX_NAME_WORDS = 5
_LEAST_PLACE = 2
_CODE = 2
_PARTICLES = frozenset(
    "de del da das dos van von bin al el der den di la le du ter ten y ní ó ir. drs. ing. dr.".split()
)


def find_basics(document: Document, header: Sequence[Line], *, summary: Span | None) -> Basics:
    """Find who the person is and how to reach them.

    Args:
        document: The resume.
        header: The lines above the first section; the first lines of the document when there are none.
        summary: The span of the summary section, if there is one.
    """
    lines = list(header)[:_HEAD_LINES] or list(document.lines[:_HEAD_LINES])
    name = _name(document, lines, has_header=bool(header))
    return Basics(
        name=name,
        label=_label(document, lines, name),
        email=_first(_EMAIL, document.text, confidence=0.99),
        phone=_phone(document.text),
        url=_first(_URL, document.text, confidence=0.95),
        summary=Found(value=summary.text, span=summary, confidence=0.8) if summary else None,
        location=_location(document, lines if header else _contact_lines(document), name),
    )


def _first(pattern: re.Pattern[str], text: str, *, confidence: float) -> Found[str] | None:
    found = pattern.search(text)
    return Found(value=found.group(), span=Span.of(text, *found.span()), confidence=confidence) if found else None


def _phone(text: str) -> Found[str] | None:
    """Find a telephone number; one without a country code is tried as of each region in turn."""
    head = text[:6000]
    for region in (None, *_REGIONS):
        for match in phonenumbers.PhoneNumberMatcher(head, region, leniency=phonenumbers.Leniency.VALID):
            if find_period(match.raw_string):
                continue
            return Found(
                value=match.raw_string.strip(),
                span=Span.of(text, match.end - len(match.raw_string.strip()), match.end),
                confidence=0.9,
            )
    return None


def _name(document: Document, lines: Sequence[Line], *, has_header: bool) -> Found[str] | None:
    labelled = _NAME_LABEL.search(document.text[: lines[-1].end if lines else 0])
    if labelled:
        return Found(value=labelled.group(1), span=Span.of(document.text, *labelled.span(1)), confidence=0.95)
    best = max(lines, key=lambda line: (line.font_size, -line.start), default=None)
    first = lines[:4] if has_header else lines[:1]
    for line in ([best] if best and best.font_size > 0 else []) + list(first):
        text = document.text[line.start : line.end]
        piece = _SIGN_OFF.sub("", re.split(r"\s*[|•,，]\s*|\s·|·\s|\s{3,}|\t", text)[0].strip())
        if _is_name(piece) or _is_in_address(piece, document.text):
            start = line.start + text.index(piece)
            return Found(value=piece, span=Span.of(document.text, start, start + len(piece)), confidence=0.7)
    return None


def _is_in_address(text: str, document_text: str) -> bool:
    """Say whether two words stand in the mail address too: `Rosa Baker` may be no baker."""
    address = _EMAIL.search(document_text)
    words = text.lower().split()
    local = address.group().partition("@")[0].lower() if address else ""
    return len(words) == 2 and all(word.isalpha() and len(word) > 1 and word in local for word in words)


def _is_name(text: str) -> bool:
    if _NOT_NAME.search(text) or not text or TITLE.search(text) or heading_of(text) or find_education(text):
        return False
    if _HAN_NAME.fullmatch(text):
        return not find_places(text)
    doubled = _DOUBLE_NAME.fullmatch(text)
    if doubled:
        return not find_places(doubled["han"] or doubled["last"]) and not TITLE.search(
            doubled["han"] or doubled["last"]
        )
    words = _NICKNAME.sub(" ", text).split()
    is_capital = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return (
        2 <= len(words) <= _MAX_NAME_WORDS
        and is_capital
        and all(re.fullmatch(r"[^\W\d_][\w.'’-]*,?", word) for word in words)
    )


def _label(document: Document, lines: Sequence[Line], name: Found[str] | None) -> Found[str] | None:
    labelled = _LABEL.search(document.text)
    if labelled:
        end = labelled.start(1) + len(labelled.group(1).rstrip())
        return Found(
            value=document.text[labelled.start(1) : end],
            span=Span.of(document.text, labelled.start(1), end),
            confidence=0.9,
        )
    for line in lines[:5]:
        text = document.text[line.start : line.end]
        for piece in re.finditer(r"[^|•·\t]+", text):
            bare = piece.group().strip(" ,-–—")
            if name is not None:  # no part of a name may be taken for a role
                bare = bare.removeprefix(name.value).strip(" ,-–—")
            if (
                TITLE.search(bare)
                and len(bare) <= 70
                and "@" not in bare
                and ":" not in bare
                and not bare.endswith(".")
            ):
                start = line.start + piece.start() + piece.group().rindex(bare)
                return Found(value=bare, span=Span.of(document.text, start, start + len(bare)), confidence=0.7)
    return None


def _contact_lines(document: Document) -> list[Line]:
    """Give the lines with an address of e-mail, and those beside them, of a resume without a header."""
    lines = document.lines
    found = [place for place, line in enumerate(lines) if _EMAIL.search(document.text, line.start, line.end)][:1]
    return [lines[place + step] for place in found for step in (0, -1, 1) if 0 <= place + step < len(lines)]


def _location(document: Document, lines: Sequence[Line], name: Found[str] | None) -> Found[Place] | None:
    """Read where the person lives; a place of birth or a nationality is none, nor is a part of the name."""
    labelled = _PLACE_LABEL.search(document.text[:4000])
    if labelled:
        found = _place_in(document, labelled.start(1), labelled.end(1))
        if found:
            return found
    for line in lines:
        is_named = name is not None and name.span is not None and line.start <= name.span.start < line.end
        start = name.span.end if is_named and name and name.span else line.start
        text = document.text[start : line.end]
        if _LEAST_PLACE <= len(text) <= 160 and not _BIRTH_PLACE.search(text):
            found = _place_in(document, start, line.end)
            if found:
                return found
    return None


def _place_in(document: Document, start: int, end: int) -> Found[Place] | None:
    """Find the first place; two letters by themselves are none: `Hr`, `(PT)`."""
    for place in find_places(document.text[start:end]):
        if place.span is not None and (place.value.city or len(place.span.text) > _CODE):
            span = Span.of(document.text, start + place.span.start, start + place.span.end)
            return Found(value=place.value, span=span, confidence=0.8)
    return None
