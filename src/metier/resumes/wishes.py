"""What a person says in the resume about the job they want and where they may work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metier.graph.place import find_places
from metier.graph.work_authorisation import find_work_authorisation
from metier.graph.working_conditions import find_employment_type, find_workplace
from metier.records.document import Document
from metier.records.preferences import Preferences, Workplace
from metier.records.span import Span

_TITLE = re.compile(
    r"(?:(?:求职意向|应聘(?:职位|岗位)?|意向(?:岗位|职位)|目标职位|期望职位|期望岗位|應徵職務|desired (?:position|role|job)|position sought)\s*[:：]?\s*)+([^\n]{2,60})",
    re.IGNORECASE,
)
_TITLE_END = re.compile(r"[，,。;；|｜(（]|\s{2,}|\s(?=\S{2,6}[:：])")
_NO_TITLE = re.compile(r"[\d:：]|元|薪|城市|地点|到岗|面议|状态")
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
            found.value for span in wishes for line in span.text.split("\n") for found in find_places(line)[:3]
        )[:5],
        workplaces=accepted,
        employment_types=(employment.value,) if employment else (),
        titles=_titles(document.text),
        authorised_in=tuple(dict.fromkeys(countries))[:_SPONSOR_COUNTRIES],
        needs_sponsorship=needs,
        hard=(),
    )


def _titles(text: str) -> tuple[str, ...]:
    stated = _TITLE.search(text)
    if stated is None:
        return ()
    phrase = _TITLE_END.split(stated.group(1))[0]
    titles = [title.strip() for title in re.split(r"\s*[/、]\s*", phrase)]
    return tuple(title for title in titles if 1 < len(title) <= 30 and not _NO_TITLE.search(title))[:4]
