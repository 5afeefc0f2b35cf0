"""A job title without what is no part of it: level, gender marks, shouting, pay, perks, place."""

from __future__ import annotations

import re
from functools import cache

_NOISE = re.compile(
    r"\(?\b[mwfdx](?:\s?/\s?[mwfdxi]){1,3}\b\)?|\(all genders?\)|\(gn\)|\*innen\b|[:*/_-]in(?:nen)?\b(?=\W|$)|\(?(?:h/f|f/h)\)?"
    r"|!+|\burgent(?:ly)?(?: hiring| required)?\b|\bimmediate (?:start|joiner)\b|\bhiring(?: now)?\b|\bnow hiring\b|\bwe(?:'|’)re hiring\b|\bapply now\b|\b(?:needed|wanted)\b(?=\W*$)"
    r"|\bfull[- ]time\b|\bpart[- ]time\b|\bpermanent\b(?! way)|\btemp(?:orary)?\b(?! works)|\b(?:\d+[- ]month )?(?:fixed[- ]term )?contract\b(?! (?:manage|admin|officer|lawyer|negotiat))|\bremote\b(?! (?:sensing|pilot|operat))|\bhybrid\b|\bon-?site\b"
    r"|\b(?:day|night|evening|weekend|late|early)s?(?: shifts?)?\b(?=\W*$)|\bno experience(?: needed| required)?\b"
    r"|[£$€¥]\s?[\d,.]+k?(?:\s?[-–]\s?[£$€¥]?[\d,.]+k?)?(?:\s?(?:/|per|an|a|p)\s?\.?(?:hour|hr|h|year|annum|month|week|a)\b)?\+?"
    r"|\d+(?:\.\d)?[-~至]\d+(?:\.\d)?[kK万千](?:[·*]\d+薪)?|急聘|急招|高薪(?:诚聘|急聘)?|诚聘|直招|招聘|包吃住|包吃|包住|五险一金|双休|无经验可|可实习|应届(?:生)?可|月薪[\d万千\-~kK+]+|日结|长期",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:senior|sr|junior|jr|entry[- ]level|mid[- ]?(?:level|weight)|graduate|trainee|experienced|principal|staff(?= (?:software|engineer|data))|lead(?= \w))\b\.?"
    r"|\b(?:I{1,3}|IV|V)\b(?=\W*$)|\blevel \d\b|^(?:高级|资深|初级|中级|资深级)|[（(](?:高级|资深|初级|中级)[)）]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\[【（(][^\])）】]{0,40}[\])）】]")
_EDGES = re.compile(r"^[\W_]+|[^\w)+#.]+$|\s+(?=[,;|])")
_GAP = re.compile(r"(?: [-–—|@•·])+(?= [-–—|@•·] )")
_TAIL = re.compile(r"\s+(?:[-–—|@•·]|in|at)\s+.*$")
_LEAST = 3


@cache
def normalise_title(title: str) -> str:
    """Strip a title to the name of the work; a title of which nothing would be left comes back tidied only.

    Args:
        title: As posted, or as held.
    """
    tidy = " ".join(title.split())
    bare = _NOISE.sub(" ", tidy)
    without_brackets = _BRACKETS.sub(" ", bare)
    bare = without_brackets if len(without_brackets.strip()) >= _LEAST else bare
    bare = _GAP.sub("", " ".join(bare.split()))
    cut = _TAIL.sub("", bare)
    bare = cut if (len(cut) >= _LEAST and " " in cut) or cut == bare else bare
    without_level = _LEVEL.sub(" ", bare)
    bare = without_level if len(without_level.strip()) >= 2 else bare
    bare = _EDGES.sub("", " ".join(bare.split())).strip()
    return bare if len(bare) >= 2 else tidy
