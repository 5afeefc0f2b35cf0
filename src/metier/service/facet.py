"""What records state that answers can be narrowed to, read once from the truth and kept level with it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from metier.catalog import Kind
from metier.catalog.schema import records, removed
from metier.catalog.truth import written_since
from metier.errors import InputError
from metier.graph.salary import find_salary
from metier.service.wire import Filters

_PATHS = (
    "$.job_location",
    "$.applicant_location_requirements",
    "$.job_location_type.value",
    "$.employment_type.value",
    "$.base_salary",
    "$.date_posted",
    "$.language",
    "$.basics.location.value",
)
_PER_YEAR = {"hour": 2080.0, "day": 260.0, "week": 52.0, "month": 12.0, "year": 1.0}
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Facet:
    """What one record states; empty where it does not.

    Attributes:
        pay: The upper end a year, with its currency.
        countries: Where the place is, or where one may work from.
    """

    countries: frozenset[str]
    cities: frozenset[str]
    workplace: str
    employment_type: str
    pay: tuple[float, str] | None
    posted: str
    language: str


class Facets:
    """The facets of all records of one kind.

    Args:
        engine: The truth.
        kind: Of which records.
    """

    def __init__(self, engine: sa.Engine, kind: Kind) -> None:
        self._engine = engine
        self._kind = kind
        self._facets: dict[str, Facet] = {}
        self._seen = 0
        self._lock = threading.Lock()
        self._found: dict[str, frozenset[str]] = {}

    def matching(self, filters: Filters) -> frozenset[str]:
        """Give the ids of the records that a filter leaves.

        Raises:
            InputError: The salary is none.
        """
        wanted = _Wanted.of(filters)
        name = filters.model_dump_json()
        with self._lock:
            self._refresh()
            if name not in self._found:
                if len(self._found) >= _REMEMBERED:
                    self._found.clear()
                self._found[name] = frozenset(key for key, facet in self._facets.items() if wanted.is_in(facet))
            return self._found[name]

    def _refresh(self) -> None:
        """Take what was written since, by any process."""
        with self._engine.begin() as connection:
            last = connection.scalar(_LAST) or 0
            if last == self._seen:
                return
            gone = sa.select(removed.c.id).where(written_since(removed, self._kind, self._seen))
            for (key,) in connection.execute(gone):
                self._facets.pop(key, None)
            stated = sa.func.json_extract(records.c.document, *_PATHS)
            new = sa.select(records.c.id, stated).where(written_since(records, self._kind, self._seen))
            for key, values in connection.execute(new):
                self._facets[key] = _facet(json.loads(values))
            self._seen = last
            self._found.clear()


def _facet(values: list[Any]) -> Facet:
    places, work_from, workplace, employment_type, salary, posted, language, home = values
    found = [one["value"] for one in places or []] + ([home] if home else [])
    countries = [place["country"] for place in found] + [one["value"] for one in work_from or []]
    return Facet(
        countries=frozenset(code.upper() for code in countries if code),
        cities=frozenset(place["city"].casefold() for place in found if place["city"]),
        workplace=workplace or "",
        employment_type=employment_type or "",
        pay=_pay(salary),
        posted=posted or "",
        language=language or "",
    )


def _pay(salary: dict[str, Any] | None) -> tuple[float, str] | None:
    if not salary or not salary["currency"]:
        return None
    most = salary["maximum"] if salary["maximum"] is not None else salary["minimum"]
    if most is None:
        return None
    times = salary["months_per_year"] if salary["period"] == "month" else _PER_YEAR[salary["period"]]
    return most * times, salary["currency"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A filter, read once."""

    countries: frozenset[str]
    cities: frozenset[str]
    workplaces: frozenset[str]
    employment_types: frozenset[str]
    floor: tuple[float, str] | None
    since: str
    languages: frozenset[str]
    stated_only: bool

    @classmethod
    def of(cls, filters: Filters) -> _Wanted:
        return cls(
            countries=frozenset(code.upper() for code in filters.country),
            cities=frozenset(city.casefold().strip() for city in filters.city),
            workplaces=frozenset(filters.workplace),
            employment_types=frozenset(filters.employment_type),
            floor=_floor(filters.salary_min),
            since=filters.posted_since.isoformat() if filters.posted_since else "",
            languages=frozenset(filters.language),
            stated_only=filters.stated_only,
        )

    def is_in(self, facet: Facet) -> bool:
        """Say whether a record stays."""
        return all(self._verdicts(facet))

    def _verdicts(self, facet: Facet) -> Iterable[bool]:
        may_be_silent = not self.stated_only
        for wanted, stated in ((self.countries, facet.countries), (self.cities, facet.cities)):
            yield not wanted or (bool(wanted & stated) if stated else may_be_silent)
        for wanted, one in (
            (self.workplaces, facet.workplace),
            (self.employment_types, facet.employment_type),
            (self.languages, facet.language),
        ):
            yield not wanted or (one in wanted if one else may_be_silent)
        yield not self.since or (facet.posted >= self.since if facet.posted else may_be_silent)
        if self.floor is not None:
            is_comparable = facet.pay is not None and facet.pay[1] == self.floor[1]
            yield facet.pay[0] >= self.floor[0] if facet.pay and is_comparable else may_be_silent


def _floor(text: str) -> tuple[float, str] | None:
    if not text:
        return None
    salary = find_salary(text, is_field=True)
    least = None if salary is None else max(filter(None, salary.per_year()), default=None)
    if salary is None or least is None or not salary.currency:
        raise InputError(f"{text!r} is no pay", hint="State amount, currency and period, such as: £30,000 a year.")
    return least, salary.currency


_LAST = sa.select(
    sa.func.max(
        sa.func.coalesce(sa.select(sa.func.max(records.c.sequence)).scalar_subquery(), 0),
        sa.func.coalesce(sa.select(sa.func.max(removed.c.sequence)).scalar_subquery(), 0),
    )
)
