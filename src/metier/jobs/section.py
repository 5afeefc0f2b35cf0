"""What the parts of a posting are about: duties, requirements, wishes, benefits, the employer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from metier.graph.education import find_education
from metier.graph.licence import find_licences
from metier.graph.spoken_language import find_languages
from metier.records.span import Span

SectionKind = Literal["duties", "musts", "nices", "benefits", "about", "apply", "body"]

_HEADINGS: tuple[tuple[SectionKind, str], ...] = (
    (
        "nices",
        r"preferred|nice[- ]to[- ]have|nice if|what(?:'s|’s) nice|bonus|desirable|desired(?! candidate| profile)|a plus|pluses|plus points|advantage|ideally|good to have|would be great"
        r"|wünschenswert|加分|优先|優先|你最好",
    ),
    (
        "musts",
        r"requirement|qualification|must[- ]have|essential(?! functions| duties)|what you(?:'ll|’ll| will)? (?:need|bring|have)|you(?:'ll|’ll| will)? need|who you are|about you"
        r"|your (?:profile|skills|background|experience)|(?:what )?we (?:need|ask|want|expect)|(?:please )?(?:bring|you(?:'d|’d)? bring)|what you(?:'d|’d)? need|what it takes|we(?:'d|’d) love to hear|person we|what we(?:'re|’re| are)? look|we(?:'re|’re| are) looking for|looking for|we(?:'re|’re| are) after|we would like to see"
        r"|^required$|^you$|^profile$|^you (?:offer|know how to)|you(?:'ll|’ll| will) have$|eligib|to be considered|what matters to us|asked of you|suit (?:somebody|someone)|(?:candidates?|applicants?|you) must|to apply you (?:must|need)"
        r"|successful (?:applicant|candidate)(?:$| will have| brings)|desired (?:candidate )?profile"
        r"|skills|experience|person spec|the person|you have|you are|the ideal|minimum|education|licen[cs]es?|certificat|should have"
        r"|anforderung|ihr profil|dein profil|profil recherch|requisitos|任职|岗位要求|职位要求|任職|應徵|资格|招聘要求|要求|条件|條件|我们希望|你需要|你要有|希望[你您]|我们看重|要什么样的人|^会什么|^有什么|^背景$",
    ),
    (
        "duties",
        r"responsibilit|duties|what you(?:'ll|’ll| will)? (?:do|be doing)|you(?:'ll|’ll| will) (?:do|be)|your (?:role|tasks|day|job|mission)|the role|the job|the work|the (?:post|position|opportunity)$|(?:job|position) summary|what you(?:'ll|’ll| will) own|what you would be doing|what the (?:week|day|work|job)"
        r"|you (?:will|look after|would be responsible for)$|^tasks$|essential (?:functions|duties)|key (?:accountabilities|deliverables|performance areas)|purpose of the|reporting to .* you|expect you to$|key tasks|main tasks|job description|a typical|day[- ]to[- ]day|position summary|role overview|aufgaben|missions|funciones|岗位职责|职责|工作内容|職責|职位描述|工作职责|岗位描述|[你您]将|主要工作|日常工作|要做的|^做什么|^管什么",
    ),
    (
        "benefits",
        r"benefit|we offer|what we offer|what(?:'s|’s) (?:in it|on offer)|what (?:you|we)(?:'ll|’ll| will)? (?:get|give|pay for)|in return|why here|^terms$|remuneration|perks|we provide|why (?:join|work|us)|pay and|compensation|salary|reward|package|pay:|wir bieten"
        r"|nous offrons|福利|待遇|我们提供|薪资|薪酬|你将获得|薪水|我们给你|^给什么|特别说明",
    ),
    ("apply", r"how to apply|to apply(?! you)|^selection$|hiring process|application|apply now|contact|interview|closing date|应聘方式|联系|投递|申请方式|聯絡"),
    ("about", r"about (?!you\b|the (?:role|job|position|work|opportunity)\b)|^introduction$|^the team$|equality statement|who we are|our (?:company|team|story)|company|über uns|公司简介|关于我们|企业介绍|公司介绍|equal opportunit|diversity"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _HEADINGS)
_MARK = re.compile(r"^(?:[\d一二三四五六七八九十]{1,2}、)?[\s#*•·\-–—\d.、()（）【\[《]*|[\s*:：】\]》\-–—]*$")
_ITEM = re.compile(
    r"^(?:experience|experienced|familiar\w*|knowledge|skills|proficien\w+|expertise|understanding|degree|background) (?:with|in|of|using|working|building|as|on)\b"
    r"|^(?:strong|excellent|solid|proven|fluent|no|(?:good|great)(?! to have| if|-to)) (?!candidates|applicants)|^ideally\b.*(?<!have)(?<!be)(?<!bring)(?<!ideally)$|\b(?:a plus|is essential|is required|is preferred)$"
    r"|^.+[:：].|[，。]|不限|不要求|不需要|无需|无要求|^(?!以下|下列|具备以下|符合以下).{2,}优先(?:考虑|录用)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s•·*\-–\d.、]*(?:(?:minimum |years of |work )*experience|education(?: level)?|languages?|(?:学历|经验|工作经验|经历|工作年限|语言|外语|证书|专业)(?:要求)?)\s?[:：]",
    re.IGNORECASE,
)
"""The label of one field, which its own sentence needs: `Experience: 3 years`."""
_OPEN = re.compile(r"\b(?:to|you|you['’]ll|who|with|must|need|have|will)$")
"""A line that breaks off and goes on in the list below it: `In the first year we would expect you to`."""
_MAX_HEADING = 60
_MAX_HAN_HEADING = 14
_MAX_WORDS = 6
_MAX_OPEN_WORDS = 10
_POINT = re.compile(r"\s*[•·*\-–→]\s")
_LISTED: frozenset[SectionKind] = frozenset({"musts", "nices", "duties"})


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
        Sections in order that cover the text from `start` except for the headings. A paragraph after the list of a
        section, a blank line between, is no part of it.
    """
    sections: list[Section] = []
    kind: SectionKind = "body"
    begun = start
    is_list = False
    last_end = start
    for line, line_start, line_end in _lines(text, start):
        heading = heading_kind(line)
        inline = _inline_start(line) if heading else 0
        is_item = bool(_BULLET.match(line.lstrip()))
        if heading is not None:
            sections.append(Section(kind=kind, start=begun, end=line_start))
            kind, begun = heading, line_start + inline if inline else min(line_end + 1, len(text))
            is_list = False
        elif is_list and not is_item and text.count("\n", last_end, line_start) > 1 and kind in _LISTED:
            sections.append(Section(kind=kind, start=begun, end=line_start))
            kind, begun = "body", line_start
        elif is_item or text.count("\n", last_end, line_start) == 1:
            is_list = True
        is_list = is_list or bool(inline)
        last_end = line_end
    sections.append(Section(kind=kind, start=begun, end=len(text)))
    return [section for section in sections if text[section.start : section.end].strip()]


def heading_kind(line: str) -> SectionKind | None:
    """Say what a line is the heading of; None when it is not a heading."""
    inline = _inline_start(line)
    lead = line[:inline] if inline else line
    bare = _MARK.sub("", lead)
    if not bare or not _looks_like_heading(lead, bare):
        return None
    named = [
        (found.start(), order, kind) for order, (kind, words) in enumerate(_PATTERNS) if (found := words.search(bare))
    ]
    is_marked = lead.rstrip().endswith((":", "：", "】"))
    if inline and _POINT.match(line) and not any(kind == "nices" for _, _, kind in named):
        return None  # an item with a colon in it
    if not named:
        return "body" if is_marked else None
    if not is_marked and _is_item(bare):
        return None
    if any(kind == "nices" for _, _, kind in named):
        return "nices"
    return min(named, key=lambda entry: entry[1] if entry[2] == "musts" else entry[1] + 0.5)[2]


def _looks_like_heading(lead: str, bare: str) -> bool:
    han = sum("\u4e00" <= character <= "\u9fff" for character in bare)
    is_han = han > 0
    if (
        han > _MAX_HAN_HEADING
        or len(bare) > (_MAX_HEADING if han * 2 < len(bare) else _MAX_HAN_HEADING)
        or bare.endswith((".", "。", ";", "；", "!", ",", "，"))
    ):
        return False
    if lead.rstrip().endswith((":", "：", "】", "]")):
        return True
    if _POINT.match(lead) and not lead.lstrip().startswith("**"):
        return False
    most = _MAX_OPEN_WORDS if _OPEN.search(bare) else _MAX_WORDS
    return is_han or (
        len(bare.split()) <= most and (bare.isupper() or bare[0].isupper()) and not re.search(r"\d", bare)
    )


def _is_item(line: str) -> bool:
    """Say whether a line is itself one requirement, though it has a word of a heading."""
    return bool(
        _ITEM.search(line)
        or find_education(line)
        or find_licences(line)
        or any(language.is_ability for language in find_languages(line))
    )


def _inline_start(line: str) -> int:
    """Give where the text after an inline heading (`Requirements: two years …`, `【要求】…`) begins, or 0."""
    found = re.match(r"\s*(?:【[^】]{2,14}】|[^:：\n]{2,40}[:：])\s*(?=\S)", line)
    if found is None:
        return 0
    head = found.group()
    if "//" in line[: found.end() + 2]:
        return 0
    is_known = any(words.search(head) for _, words in _PATTERNS) and not _LABEL.match(head)
    return found.end() if is_known else 0


def _lines(text: str, start: int) -> list[tuple[str, int, int]]:
    return [
        (found.group(), found.start(), found.end()) for found in re.finditer(r"[^\n]+", text) if found.start() >= start
    ]


_SENTENCE = re.compile(
    r"(?:(?<=[.!?])\s+(?=[A-ZÄÖÜ\d\"“(•*\-])|(?<=[。！？；;])|\n+|(?<=\s)[•·▪●◦]\s|\s(?=\d{1,2}[、)）.]\s?[\u4e00-\u9fff])|(?<=[.;:)])\s(?=\d{1,2}[).]\s?[A-Z])|(?<=[\u4e00-\u9fff，。；)）])(?=\d{1,2}(?:[、)）]|[.．](?!\d))))"
)
_BULLET = re.compile(
    r"^(?:[•·▪●◦*\-–—>✓✔➢■□★☆○#→✅]+|\(?\d{1,2}(?:[)、）]|[.．](?!\d))|[①-⑩]|\(?[a-z]\)|[ED] – )\s*"
)  # `E – ` and `D – ` mark essential and desirable
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|incl|approx|min|max|no|nr|st|dr|mr|mrs|ms|sr|jr|inc|ltd|co|vs|ca|rs|tel|ext|est|vol|art|sec|fig|[bm]\.?sc|ph\.d|dip)\.$",
    re.IGNORECASE,
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
