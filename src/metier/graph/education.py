"""Levels of education that a text names, ordered from none to doctorate."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from metier.graph.trigger import Triggers
from metier.graph.words import words
from metier.records.requirement import EducationLevel
from metier.records.span import Found, Span

_LEVELS: dict[str, EducationLevel] = {level: level for level in get_args(EducationLevel)}
_UNLIMITED = re.compile(
    r"(?:学历|學歷)(?:要求)?[:：]?\s*(?:不限|无要求|不作要求|不做要求)|(?<!可)(?:不看|不卡)(?:学历|學歷)|不限(?:学历|學歷)|(?:对|無|无|没有|不作)(?:学历|學歷)(?:无|不作)?要求|不要求(?:学历|學歷)"
)


@cache
def _triggers() -> Triggers:
    return Triggers([pattern for _, pattern in words("education")])


def find_education(text: str) -> list[Found[EducationLevel]]:
    """Find the levels of education that a text names, in the text's order.

    Args:
        text: A sentence or a section.

    Returns:
        One entry for each place that names a level; `学历不限` gives the level `none`.
    """
    found: list[Found[EducationLevel]] = [
        Found(value="none", span=Span.of(text, *unlimited.span())) for unlimited in _UNLIMITED.finditer(text)
    ]
    levels = words("education")
    for level, pattern in (levels[place] for place in _triggers().possible(text)):
        found += [Found(value=_LEVELS[level], span=Span.of(text, *named.span())) for named in pattern.finditer(text)]
    found.sort(key=lambda entry: (entry.span.start, -entry.span.end) if entry.span else (0, 0))
    return found
