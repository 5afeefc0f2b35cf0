"""What a person says in the resume about the job they want and where they may work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metier.graph.place import find_places
from metier.graph.work_authorisation import find_work_authorisation
from metier.graph.working_conditions import find_employment_type, find_workplace
from metier.records.document import Document
from metier.records.place import Place
from metier.records.preferences import Preferences, Workplace
from metier.records.span import Found, Span
from metier.resumes.role import TITLE, is_place, is_titled

_TITLE = re.compile(
    r"(?:(?:求职意向|应聘(?:职位|岗位)?|意向(?:岗位|职位)|目标职位|期望职位|期望岗位|應徵職務|desired (?:position|role|job)|position sought)\s*[:：]?\s*)+([^\n]{2,60})",
    re.IGNORECASE,
)
_TITLE_END = re.compile(r"[，,。;；|｜(（]|\s{2,}|\s(?=\S{2,6}[:：])")
_NO_TITLE = re.compile(r"[\d:：]|元|薪|城市|地点|到岗|面议|状态|^[想找希愿]|优先|都行")
_SOUGHT = re.compile(
    r"(?:^|[.!|]\s+)(?:(?:i am |i'm |i’m |currently |now )?(?:looking for|seeking|want(?:ed)?|hoping for)|(?:desired|wanted|target) (?:role|job|position)|objective)\s*[:：]?\s+([^\n]{3,100})",
    re.IGNORECASE | re.MULTILINE,
)
_CLAUSE_END = re.compile(
    r"[.;。；(（]|\s(?:in|at|with|within|near|where|who|that|which|of a|on|for|from|somewhere|ideally|preferably|to)\s|\s[–—-]\s"
)
_CHOICE = re.compile(r"\s*[,，、/]\s*|\s*\bor\b\s*|或者?")
_QUALITY = re.compile(
    r"^(?:(?:either|an?|the|another|new|steady|good|decent|proper|suitable|similar|permanent|full[- ]time|part[- ]time|long[- ]term|next|my|post|role|job|position)\s+(?:as\s+an?\s+|as\s+|of\s+)?)+",
    re.IGNORECASE,
)
_JOB = re.compile(r"\s+(?:job|role|post|position|work|seat|vacancy)s?$", re.IGNORECASE)
_JOB_OF = re.compile(r"(?:er|or|ist|ian|ant|man)$")
_NO_WISH = re.compile(
    r"\d|ing\b|^(?:lead|head|senior|junior|associate|hand)$|\b(?:our|my|their|more|toward|no|not|than)\b|元|薪",
    re.IGNORECASE,
)
_SPONSOR_COUNTRIES = 3


def find_preferences(document: Document, wishes: Sequence[Span]) -> Preferences:
    """Read stated wishes; a wish that is not stated stays empty, and none of those read here is hard.

    Args:
        document: The resume.
        wishes: The spans of the sections that speak of wishes and of the right to work.
    """
    text = "\n".join(span.text for span in wishes)
    workplace = find_workplace(text) if text else None
    employment = find_employment_type(text) if text else None
    statements = find_work_authorisation(document.text)
    countries = [
        country
        for statement in statements
        if statement.needs_sponsorship is not True
        for country in statement.countries
    ]
    stated = {statement.needs_sponsorship for statement in statements} - {None}
    needs = (True in stated) if stated else None
    accepted: tuple[Workplace, ...] = (workplace.value,) if workplace else ()
    return Preferences(
        locations=tuple(
            found.value
            for span in wishes
            for line in span.text.split("\n")
            for found in find_places(line)[:3]
            if _is_told(found)
        )[:5],
        workplaces=accepted,
        employment_types=(employment.value,) if employment else (),
        titles=_titles(document.text, wishes),
        authorised_in=tuple(dict.fromkeys(countries))[:_SPONSOR_COUNTRIES],
        needs_sponsorship=needs,
        hard=(),
    )


def _titles(text: str, wishes: Sequence[Span]) -> tuple[str, ...]:
    stated = _TITLE.search(text)
    titles: list[str] = []
    if stated is not None:
        phrase = _TITLE_END.split(stated.group(1))[0]
        titles = [title.strip() for title in re.split(r"\s*[/、]\s*", phrase)]
    kept = [title for title in titles if 1 < len(title) <= 30 and not _NO_TITLE.search(title) and not is_place(title)]
    return tuple(dict.fromkeys(kept or _wished(text, wishes)))[:4]


def _wished(text: str, wishes: Sequence[Span]) -> list[str]:
    """Read the titles of `Looking for: a planner job in Leeds` and of the first lines of a section of wishes."""
    phrases = [found.group(1) for found in _SOUGHT.finditer(text)]
    phrases += [line for span in wishes for line in span.text.split("\n")[:2]]
    titles = []
    for phrase in phrases:
        for piece in _CHOICE.split(_CLAUSE_END.split(phrase, maxsplit=1)[0]):
            bare = _QUALITY.sub("", piece.strip(" .:：")).strip()
            title = _JOB.sub("", bare)
            is_known = (is_titled(title) and TITLE.search(title.split()[-1]) is not None) or (
                title != bare and len(title) > 3 and _JOB_OF.search(title) is not None
            )
            if is_known and 1 < len(title) <= 40 and len(title.split()) <= 4 and not _NO_WISH.search(title):
                titles.append(title)
    return titles


def _is_told(place: Found[Place]) -> bool:
    """Two letters are no wish without a city: `Weekends OK`."""
    return bool(place.value.city) or place.span is None or re.search(r"(?:^|\s)[A-Z]{2}$", place.span.text) is None
