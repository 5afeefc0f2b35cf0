"""What the parts of a posting are about: duties, requirements, wishes, benefits, the employer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from metier.records.span import Span

SectionKind = Literal["duties", "musts", "nices", "benefits", "about", "apply", "body"]

_HEADINGS: tuple[tuple[SectionKind, str], ...] = (
    (
        "nices",
        r"preferred|nice[- ]to[- ]have|nice if|bonus|desirable|desired|a plus|pluses|advantage|ideally|good to have|would be great"
        r"|wünschenswert|加分|优先|優先",
    ),
    (
        "musts",
        r"requirement|qualification|must[- ]have|essential|what you(?:'ll|’ll| will)? (?:need|bring|have)|you(?:'ll|’ll| will)? need|who you are|about you"
        r"|your (?:profile|skills|background|experience)|what we(?:'re|’re| are)? look|we(?:'re|’re| are) looking for|looking for"
        r"|skills|experience|person spec|the person|you have|you are|the ideal|minimum|education|licen[cs]es?|certificat|should have"
        r"|anforderung|ihr profil|dein profil|profil recherch|requisitos|任职|岗位要求|职位要求|任職|應徵|资格|招聘要求|要求|条件|條件|我们希望|你需要|你要有|希望你",
    ),
    (
        "duties",
        r"responsibilit|duties|what you(?:'ll|’ll| will)? (?:do|be doing)|you(?:'ll|’ll| will) (?:do|be)|your (?:role|tasks|day|job|mission)|the role|the job|the work"
        r"|key tasks|main tasks|job description|a typical|day[- ]to[- ]day|position summary|role overview|aufgaben|missions|funciones|岗位职责|职责|工作内容|職責|职位描述|工作职责|岗位描述|你将|主要工作",
    ),
    (
        "benefits",
        r"benefit|we offer|what we offer|what(?:'s|’s) in it|perks|we provide|why (?:join|work|us)|pay and|compensation|salary|reward|package|pay:|wir bieten"
        r"|nous offrons|福利|待遇|我们提供|薪资|薪酬|你将获得|薪水",
    ),
    ("apply", r"how to apply|to apply|application|apply now|contact|interview|closing date|应聘方式|联系|投递|申请方式|聯絡"),
    ("about", r"about (?:us|the (?:company|team|school|trust|employer|practice|home))|who we are|our (?:company|team|story)|company|über uns|公司简介|关于我们|企业介绍|公司介绍|equal opportunit|diversity"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _HEADINGS)
_MARK = re.compile(r"^[\s#*•·\-–—\d.、()（）【\[《]*|[\s*:：】\]》\-–—]*$")
_MAX_HEADING = 60
_MAX_HAN_HEADING = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of lines under one heading; offsets into the posting's text, the heading left out."""

    kind: SectionKind
    start: int
    end: int


def split_sections(text: str, start: int = 0) -> list[Section]:
    """Cut a posting's text into sections by its headings.

    Args:
        text: The cleaned text.
        start: Where the description begins.

    Returns:
        Sections in order that cover the text from `start` except for the headings.
    """
    sections: list[Section] = []
    kind: SectionKind = "body"
    begun = start
    for line, line_start, line_end in _lines(text, start):
        heading = heading_kind(line)
        if heading is None:
            continue
        inline = _inline_start(line)
        sections.append(Section(kind=kind, start=begun, end=line_start))
        kind, begun = heading, line_start + inline if inline else min(line_end + 1, len(text))
    sections.append(Section(kind=kind, start=begun, end=len(text)))
    return [section for section in sections if text[section.start : section.end].strip()]


def heading_kind(line: str) -> SectionKind | None:
    """Say what a line is the heading of; None when it is not a heading."""
    lead = line[: _inline_start(line)] if _inline_start(line) else line
    bare = _MARK.sub("", lead)
    if not bare or not _looks_like_heading(lead, bare):
        return None
    named = [
        (found.start(), order, kind) for order, (kind, words) in enumerate(_PATTERNS) if (found := words.search(bare))
    ]
    if not named:
        return "body" if lead.rstrip().endswith((":", "：", "】")) else None
    if any(kind == "nices" for _, _, kind in named):
        return "nices"
    return min(named, key=lambda entry: entry[1] if entry[2] == "musts" else entry[1] + 0.5)[2]


def _looks_like_heading(lead: str, bare: str) -> bool:
    is_han = any("\u4e00" <= character <= "\u9fff" for character in bare)
    if len(bare) > (_MAX_HAN_HEADING if is_han else _MAX_HEADING) or bare.endswith(
        (".", "。", ";", "；", "!", ",", "，")
    ):
        return False
    if lead.rstrip().endswith((":", "：", "】", "]")):
        return True
    if re.match(r"\s*[•·*\-–]\s", lead) and not lead.lstrip().startswith("**"):
        return False
    return is_han or (len(bare.split()) <= 6 and (bare.isupper() or bare[0].isupper()) and not re.search(r"\d", bare))


def _inline_start(line: str) -> int:
    """Give where the text after an inline heading (`Requirements: two years …`, `【要求】…`) begins, or 0."""
    found = re.match(r"\s*(?:【[^】]{2,14}】|[^:：\n]{2,40}[:：])\s*(?=\S)", line)
    if found is None:
        return 0
    head = found.group()
    if "//" in line[: found.end() + 2]:
        return 0
    is_known = any(words.search(head) for _, words in _PATTERNS)
    return found.end() if is_known else 0


def _lines(text: str, start: int) -> list[tuple[str, int, int]]:
    return [
        (found.group(), found.start(), found.end()) for found in re.finditer(r"[^\n]+", text) if found.start() >= start
    ]


_SENTENCE = re.compile(
    r"(?:(?<=[.!?])\s+(?=[A-ZÄÖÜ\"“(•*\-])|(?<=[。！？；;])|\n+|(?<=\s)[•·▪●◦]\s|\s(?=\d{1,2}[、)）.]\s?[\u4e00-\u9fffA-Z])|(?<=[\u4e00-\u9fff，。；)）])(?=\d{1,2}[、.．)）]))"
)
_BULLET = re.compile(r"^(?:[•·▪●◦*\-–—>✓✔➢■□★☆○#]+|\(?\d{1,2}[.)、．）]|[①-⑩]|[a-z]\))\s*")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|incl|approx|min|max|no|nr|st|dr|mr|mrs|ms|sr|jr|inc|ltd|co|vs|ca)\.$", re.IGNORECASE
)


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """Cut `text[start:end]` into sentences and list items, bullets and numbers left out."""
    cuts = [start]
    for found in _SENTENCE.finditer(text, start, end):
        if not _ABBREVIATION.search(text[max(start, found.start() - 8) : found.start()]):
            cuts += [found.start(), found.end()]
    cuts.append(end)
    spans = []
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        piece = text[first:last]
        left = len(piece) - len(piece.lstrip())
        bullet = _BULLET.match(piece.lstrip())
        left += bullet.end() if bullet else 0
        right = len(piece.rstrip(" \t\n;；"))
        if right - left > 1 and any(character.isalnum() for character in piece[left:right]):
            spans.append(Span.of(text, first + left, first + right))
    return spans
