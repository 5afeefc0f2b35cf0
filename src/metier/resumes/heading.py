"""The sections of a resume by their headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from metier.records.document import Document, Line
from metier.records.span import Span

SectionKind = Literal[
    "header",
    "summary",
    "work",
    "education",
    "skills",
    "languages",
    "certificates",
    "projects",
    "wishes",
    "other",
    "unnamed",
]
"""`unnamed` is a section whose heading says nothing that is known; `parse` tells by its content what it is."""

_HEADINGS: tuple[tuple[SectionKind, str], ...] = (
    ("languages", r"languages?(?: skills| proficiency| known| spoken)?|sprach(?:en|kenntnisse)|langues|idiomas|lingue|语言(?:能力|水平)?|外语(?:能力|水平)?|語言能力"),
    (
        "certificates",
        r"(?:licen[cs]es?|certificat(?:es|ions?)|registrations?|accreditations?|tickets?|professional registration|training|courses?|permits?|qualifications?)"
        r"(?:(?:,| and| &| \+|/)+ ?(?:licen[cs]es?|certificat(?:es|ions?)|training|courses?|registrations?|permits?|tickets?|memberships?|professional development|checks?|clearances?))*"
        r"|papers|(?:cards|classes|certs?|learning|registers)(?: (?:and|&) (?:cards|certs?|tickets|papers|courses))?|(?:licen[cs]es?|tickets?|certs?) held|driving|zertifikate|certificazioni|certificaciones|(?:资格|职业资格)?证书(?:与培训|及培训|情况)?|培训(?:经历|与证书)?|持有证书|證照|证照|证件|资质(?:证书)?|驾照",
    ),
    (
        "work",
        r"(?:(?:professional|work|employment|career|relevant|clinical|teaching|industry|other|additional|previous|earlier|recent|nursing|site|kitchen|volunteer|selected|legal|military|research)"
        r"(?: work| professional)? )?(?:experiences?|history|employment|background|roles|positions|jobs)(?: history| record)?(?: \(.{1,30}\))?|employment|career (?:history|summary|highlights|to date)"
        r"|where i(?:'|’| ha)ve worked|where i have worked|(?:\w+ )?career(?: so far| path)?|(?:work|employment) (?:record|details)|(?:recent|earlier|previous|side|past|paid|voluntary) (?:work|jobs?|roles?)|earlier|practice|professional practice|organi[sz]ational experience|work|jobs|company details|berufserfahrung|beruflicher werdegang|expérience(?:s)? professionnelle(?:s)?|experiencia(?: laboral| profesional)?|esperienz[ae] (?:lavorativ[ae]|professional[ei])"
        r"|做过的|实践(?:经历)?|经历|个人经历|履历|工作(?:经历|经验|履历|情况|经歷|經歷|經驗)|(?:从业|职业|任职|教学|临床|实习)(?:经历|经验|履历)|实习(?:及|与)?工作经历|主要经历|專業經歷",
    ),
    (
        "education",
        r"(?:education|academic|educational)(?:al)?(?:(?:,| and| &| \+|/)+ ?(?:training|qualifications?|certificat\w+|background|licen[cs]\w+|registration))*(?: background| history| details| qualifications?)?"
        r"|schooling|school|study|studies|study and tickets|degrees?|academic background|ausbildung|bildung|formation|formación|istruzione|学历|教育(?:背景|经历|情况|程度|信息)|學歷|学习经历|毕业院校",
    ),
    (
        "skills",
        r"(?:(?:core|key|technical|professional|clinical|it|computer|additional|other|main|transferable|practical|digital|soft|hard|trade|personal|relevant|special)(?: and \w+)? )*"
        r"(?:skills?|competenc(?:ies|e|es)|expertise|technolog(?:ies|y)|tools?|abilities|strengths|capabilities|stack|proficiencies|specialties)(?:(?:,| and| &| \+|/)+ ?\w+(?: \w+)?)*(?: summary| set| details)?"
        r"|what i can do|(?:what )?i(?:'|’)?m? good at|good at|know[- ]?how|computer (?:knowledge|literacy|proficiency)|software|programs|systems|kit|areas? of expertise|it|languages (?:and|&) (?:tools|technologies)|machines(?: and \w+)?|equipment|kenntnisse|fähigkeiten|compétences|competencias|habilidades|competenze|(?:专业|职业|工作|个人|技术|核心|主要|掌握|其他)?技能(?:特长|清单|专长|与工具|及证书|标签)?|技术栈|专长|特长|能力(?:特长|与技能)?|会用|会什么|会的|擅长|专业能力|核心能力|職業技能|專長",
    ),
    (
        "summary",
        r"(?:(?:professional|career|personal|executive|about) )?(?:summary|profile|statement|objective|overview|introduction|me)|about(?: me)?|profile|in brief|kurzprofil|profil|résumé"
        r"|自我(?:评价|介绍|描述|推荐)|个人(?:简介|总结|概述|优势|评价|陈述)|(?:关于我)|职业(?:概述|总结|目标)|自傳|自述|求职优势",
    ),
    (
        "wishes",
        r"求职(?:意向|期望|目标|状态)|期望(?:工作|职位|岗位)?|意向(?:岗位|职位)|應徵條件|希望條件|what i(?:'|’)m looking for|(?:i(?:'|’)m )?looking for|(?:what )?i(?:'|’)?d? (?:look for|want|(?:would )?like)|what next|next step|what(?:'|’)s next|plans?|wish(?:es)?|would also consider|求职|要求|期望|意向|想找的工作|我想要的|what (?:i want|would suit me|would work for us)|what i(?:'|’)m after|(?:what )?i(?:'|’)m after|hoping for|job wishes|availability|preferences|desired (?:role|position|job)|right to work|work authori[sz]ation",
    ),
    ("projects", r"(?:key |selected |personal |major |relevant |side )?projects?(?: experience| list| highlights)?|portfolio|publications?(?: and \w+)?|(?:主要|重点|代表)?(?:项目|專案)(?:经验|经历|經歷|业绩)?|作品(?:集)?|代表作|论文(?:与专利)?|开源(?:项目)?"),
    (
        "other",
        r"interests?(?: and \w+)?|free time|spare time|away from work|outside(?: work)?|otherwise|useful to know|referees?|declaration|hobbies(?: and \w+)?|references?|awards?(?: and \w+)*|honou?rs?(?: and \w+)*|achievements?|activities|volunteer(?:ing| work)?|community|memberships?|additional(?: information)?|personal(?: details| information)?|contact(?: details| me| info(?:rmation)?)?|details|other|misc\w*|links"
        r"|兴趣爱好|爱好|荣誉(?:奖项|证书)?|获奖(?:情况|经历)?|奖项|推荐人|其他(?:信息)?|校园(?:经历|活动)|社会实践|在校(?:经历|情况)|联系(?:方式|我)|个人(?:信息|资料)|基本(?:信息|资料|情况)|備註|备注",
    ),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"(?:{words})", re.IGNORECASE)) for kind, words in _HEADINGS)
_TRIM = re.compile(r"^[\W_\d]+|[\W_]+$")
_GLUED = re.compile(r"(?<=[a-z\d.)])((?:Education|Company|Skill|Project|Work) (?:Details|Experience|History))\s*$")
_MAX_HEADING = 48
_MAX_WORDS = 7
Look = tuple[bool, int, bool, float, bool]
"""How a line is set: as a heading, of which level, bold, how large, in capitals."""


def heading_of(line: str) -> SectionKind | None:
    """Say which section a line is the heading of; None when it is not one.

    The whole line must be the heading; a numbering, a colon and an English or Chinese double
    (`工作经历 Work Experience`) may stand beside it.
    """
    bare = _TRIM.sub("", line.strip())
    if not bare or len(bare) > _MAX_HEADING:
        return None
    doubles = re.fullmatch(r"([\u4e00-\u9fff]{2,8})[\s/|·(（]+([A-Za-z &]{3,30})[)）]?", bare)
    reversed_doubles = re.fullmatch(r"([A-Za-z &]{3,30})[\s/|·(（]+([\u4e00-\u9fff]{2,8})[)）]?", bare)
    for text in (bare, *(found.group(1).strip() for found in (doubles, reversed_doubles) if found)):
        squeezed = re.sub(r"(?<=\b\w) (?=\w\b)", "", text) if re.fullmatch(r"(?:\w ){3,}\w", text) else text
        for kind, words in _PATTERNS:
            if words.fullmatch(squeezed):
                return kind
    return None


def split_sections(document: Document) -> list[tuple[SectionKind, list[Line]]]:
    """Cut a resume into its sections; what stands above the first heading is the `header`.

    Returns:
        Kind and lines of each section in reading order. The heading is left out, but for a line that only looks like
        the headings of this resume: it opens an `unnamed` section and stays its first line.
    """
    looks = _heading_looks(document)
    sections: list[tuple[SectionKind, list[Line]]] = [("header", [])]
    for line in [part for whole in document.lines for part in _without_glued(document.text, whole)]:
        text = document.text[line.start : line.end]
        kind = heading_of(text) if _may_be_heading(text, line) else None
        inline = None if kind else _inline_heading(text, line)
        if kind is not None:
            sections.append((kind, []))
        elif inline is not None:
            sections.append((inline[0], [inline[1]]))
        elif _looks_like_heading(text, line, looks):
            sections.append(("unnamed", [line]))
        else:
            sections[-1][1].append(line)
    return [(kind, lines) for kind, lines in sections if lines]


def _without_glued(text: str, line: Line) -> list[Line]:
    """Cut off a heading that lost its line break: `24 monthsCompany Details`."""
    glued = _GLUED.search(text, line.start, line.end)
    if glued is None:
        return [line]
    return [replace(line, end=glued.start(1)), replace(line, start=glued.start(1))]


def _may_be_heading(text: str, line: Line) -> bool:
    """A bullet before a heading is rare, and then it is written large."""
    return line.kind != "list_item" or text.isupper() or text.endswith((":", "："))


def _look(text: str, line: Line) -> Look:
    return line.kind == "heading", line.level, line.is_bold, line.font_size, text.isupper()


def _heading_looks(document: Document) -> frozenset[Look]:
    """Give how this resume sets its headings, as far as it sets them apart from the text."""
    headings: set[Look] = set()
    body: Counter[Look] = Counter()
    for line in document.lines:
        text = document.text[line.start : line.end]
        if _may_be_heading(text, line) and heading_of(text):
            headings.add(_look(text, line))
        else:
            body[_look(text, line)] += len(text)
    return frozenset(headings - {look for look, _ in body.most_common(1)})


def _looks_like_heading(text: str, line: Line, looks: frozenset[Look]) -> bool:
    is_short = (
        len(text) <= _MAX_HEADING and len(text.split()) <= _MAX_WORDS and not text.endswith((".", "。", ",", "，"))
    )
    if not is_short or line.kind == "list_item":
        return False
    levels = {look[1] for look in looks if look[0]}
    is_set_apart = line.kind == "heading" and (not levels or line.level in {0, *levels} or line.level < min(levels))
    return is_set_apart or _look(text, line) in looks


def _inline_heading(text: str, line: Line) -> tuple[SectionKind, Line] | None:
    """Read `Languages: English, French` as a section of one line."""
    found = re.match(r"\s*([^:：]{2,30})[:：]\s*(?=\S)", text)
    if found is None:
        return None
    kind = heading_of(found.group(1))
    if kind not in {"languages", "skills", "certificates", "wishes"}:
        return None
    return kind, replace(line, start=line.start + found.end(), level=0)


def section_span(document: Document, lines: list[Line]) -> Span:
    """Give the span of a section's body."""
    return Span.of(document.text, lines[0].start, lines[-1].end)
