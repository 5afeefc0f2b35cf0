"""The level of a job by its title, or by what the posting says of it."""

from __future__ import annotations

import re

from metier.graph.words import words
from metier.records.job import Seniority
from metier.records.span import Found, Span

_ORDER: tuple[Seniority, ...] = (
    "intern",
    "executive",
    "director",
    "manager",
    "lead",
    "senior",
    "entry",
    "junior",
    "mid",
)
_SERVING = re.compile(r"\b(?:assistant|secretary|PA|EA|adviser|advisor|reporting) to\b", re.IGNORECASE)


def find_seniority(title: str) -> Found[Seniority] | None:
    """Find the level that a title states; None when it states none.

    Of several levels the one that a person would be hired at is taken: `Senior Account Director` is a director,
    `Assistant Manager` a junior; the director whom an `Assistant to the Director` serves is passed over.
    """
    patterns = dict(words("seniority"))
    serving = _SERVING.search(title)
    own = title[: serving.start()] if serving else title
    stated: dict[Seniority, Found[Seniority]] = {}
    for level in _ORDER:
        named = patterns[level].search(own)
        if named:
            stated[level] = Found(value=level, span=Span.of(title, *named.span()), confidence=0.8)
    if "junior" in stated and "manager" in stated:
        return stated["junior"]
    return next((stated[level] for level in _ORDER if level in stated), None)


_BY_YEARS: tuple[tuple[float, Seniority], ...] = ((8, "lead"), (5, "senior"), (2, "mid"), (0.5, "junior"))


def seniority_of_years(years: float) -> Seniority:
    """Give the level that a minimum of years of experience implies where no title states one."""
    return next((level for least, level in _BY_YEARS if years >= least), "entry")
