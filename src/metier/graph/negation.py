"""Tell what a text says is *not* needed, or not had, within the clause where it stands."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(
    r"[.!?](?=\s|$)|[\n;；。！？•·|]|(?<!not required)(?<!not needed)(?<!not necessary)[:：]|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\binstead\b|\bonly\b|\byou will\b|但是?|不过|然而|而是|[,，](?=\s*(?:but|however|just|we|you|with|and you|aber|mais|但|只))",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|least|to mention|limited to)\b|\bno (?:later|less|fewer|more|sooner|earlier) than\b|\bno (?:doubt|matter|problem|longer than)\b"
    r"|\bwithout (?:doubt|question|exception|delay|fail|supervision|hesitation|direct supervision|close supervision|compromising|sacrificing)\b"
    r"|\bnon[- ]negotiable\b|\bnicht nur\b|\bnon seulement\b|\bno s[oó]lo\b|\bnon solo\b|\bniet alleen\b"
    r"|不仅(?:仅)?|不但|不只|不止|不光|不得不|不可或缺|不可缺少|不断|不低于|不少于|不限于|不超过|不晚于|无缝|不错|不怕|不同|无障碍|不锈钢|非常|无损|无人机|无菌|无线|无机|非标|除非",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\bno\b(?! \d)|\bwithout\b|\bwithout (?:any|prior|a)\b|\b(?:do|does|did|will|would|is|are|was|need|must|should|have|has|can)(?: not|n['’]t)\b"
    r"|\bnot (?:need|require|expect|necessary|looking for|required|needed|essential|mandatory|a|an|have|familiar|experienced)\w*\b|\bnever\b|\bneither\b|\bnor\b|\black(?:s|ing)?\b|\bnone\b|\bcannot\b"
    r"|\bkeine?[nrms]?\b|\bohne\b|\bnicht\b|\bsans\b|\baucune?\b|\bpas (?:de|d['’]|besoin)|\bsin\b|\bno (?:se )?(?:requiere|necesita|es necesari[oa])\b|\bsenza\b|\bgeen\b|\bzonder\b|\bsem\b|\bbez\b|\bf[aă]r[aă]\b|\butan\b"
    r"|无需|無需|无须|不需要?|不要求|不必|不用|不要|没有|沒有|未接触过|毫无|零(?=经验|基础)|不会(?!议)|无(?=\S{0,6}(?:经验|要求|基础|学历|证|驾照))|免(?=\S{0,4}(?:经验|学历))",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[^,，、.;；。\n]{0,40}?(?:\b(?:is|are|was|were)(?: not|n['’]t)\b(?! (?:only|just|limited|negotiable|optional))|\bnot (?:required|needed|necessary|essential|a must|mandatory|expected|a requirement|relevant|important)\b"
    r"|\bun(?:necessary|required|needed)\b|\bno longer\b|\bnicht (?:erforderlich|notwendig|nötig|zwingend)\b|\bpas (?:nécessaire|obligatoire|requise?)\b|\bno (?:es )?(?:necesari[oa]|requerid[oa]|imprescindible)\b|\bnon (?:è )?(?:necessari[oa]|richiest[oa])\b|\bniet (?:vereist|nodig)\b"
    r"|不限|不要求|不需要|不作要求|不做要求|无要求|无需|不必|不是必须|非必须|非必需|没有也可)",
    re.IGNORECASE,
)
_REACH = 60
"""Characters before the quote within which a negation can govern it."""


def is_negated(text: str, start: int, end: int) -> bool:
    """Say whether the clause around `text[start:end]` says that it is not needed, or not had.

    After NegEx (Chapman et al. 2001): words of negation before or after the quote, with words that only look like one.

    Args:
        text: The document, or a sentence of it.
        start: Where the quote begins.
        end: Where the quote ends.

    Returns:
        True for `no degree required`, `无需经验`, `German is not necessary`; False for `not only`, `不仅`, `no later than`.
    """
    before = _last_clause(text[max(0, start - _REACH) : start])
    after = _first_clause(text[end : end + _REACH])
    words = _BEFORE.finditer(_hide(before + text[start:end]))
    governed = [word for word in words if word.end() <= len(before) and not _is_settled(before[word.end() :])]
    return bool(governed) or bool(_AFTER.search(_hide(after)))


def _hide(clause: str) -> str:
    """Blank what only looks like a negation, keeping offsets."""
    return _NOT_NEGATION.sub(lambda found: "~" * len(found.group()), clause)


def _is_settled(between: str) -> bool:
    """Say whether a negation has found its own object before the quote: `no degree required, Python`."""
    return bool(
        re.search(
            r"\b(?:required|needed|necessary)\b|[,，][^,，]*\b(?:is|are|must)\b|要求[,，]|[,，](?=[^,，]*(?:熟悉|精通|掌握|会|有|可|能|需|须))|(?:经验|学历|基础|不限)[,，]",
            between,
        )
    )


def _last_clause(text: str) -> str:
    ends = list(_CLAUSE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _first_clause(text: str) -> str:
    ended = _CLAUSE_END.search(text)
    return text[: ended.start()] if ended else text
