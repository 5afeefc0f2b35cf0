"""A person's wishes from a file or from plain words; they go before what the resume says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

from metier.errors import BadPreferencesError
from metier.graph.place import find_place
from metier.graph.salary import find_salary
from metier.graph.working_conditions import find_employment_type, find_workplace
from metier.records.place import Place
from metier.records.preferences import EmploymentType, Preferences, Wish, Workplace
from metier.records.profile import Profile
from metier.records.salary import Salary

_SCHEDULES = ("day", "night", "shift", "weekend", "on_call")
_NAMES = tuple(entry.name for entry in fields(Preferences))


def read_preferences(path: str | Path) -> Preferences:
    """Read wishes from a TOML or JSON file with the names of `Preferences`.

    Raises:
        BadPreferencesError: The file cannot be read, or a name or value is not one of a wish.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
        stated = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        hint = 'Write it as TOML, such as: locations = ["Leeds"].'
        raise BadPreferencesError(f"{path} cannot be read: {error}", hint=hint) from error
    if not isinstance(stated, dict):
        raise BadPreferencesError(f"{path} holds no names", hint=f"Use these: {', '.join(_NAMES)}.")
    return make_preferences(stated, source=str(path))


def make_preferences(stated: Mapping[str, Any], *, source: str = "preferences") -> Preferences:
    """Make wishes of plain words: `{"locations": ["Leeds"], "salary_min": "£30,000 a year"}`.

    Args:
        stated: Values by the names of `Preferences`; single words stand for lists of one.
        source: Where they come from, for messages.

    Raises:
        BadPreferencesError: A name or a value is not one of a wish.
    """
    values: dict[str, Any] = {}
    for name, value in stated.items():
        if name not in _NAMES:
            raise BadPreferencesError(f"{source}: there is no wish {name!r}", hint=f"Use: {', '.join(_NAMES)}.")
        if value not in (None, "", []) or name == "hard":
            values[name] = _READERS[name](value, f"{source}, {name}")
    if "hard" not in values:
        values["hard"] = tuple(wish for wish in Preferences().hard if wish in values)
    return Preferences(**values)


def with_preferences(profile: Profile, wished: Preferences) -> Profile:
    """Give a profile whose stated wishes are replaced, one by one, by those of `wished` that are not empty."""
    given = {
        name: getattr(wished, name) for name in _NAMES if name != "hard" and getattr(wished, name) not in (None, ())
    }
    hard = tuple(dict.fromkeys((*profile.preferences.hard, *wished.hard)))
    return replace(profile, preferences=replace(profile.preferences, **given, hard=hard))


def _listed(value: object, where: str) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(item, str) and item.strip() for item in items):
        raise BadPreferencesError(f"{where}: {value!r} is no list of words", hint='Write ["one", "two"].')
    return [str(item).strip() for item in items]


def _titles(value: object, where: str) -> tuple[str, ...]:
    return tuple(_listed(value, where))


def _locations(value: object, where: str) -> tuple[Place, ...]:
    return tuple(_place(item, where) for item in _listed(value, where))


def _place(text: str, where: str) -> Place:
    place = find_place(text)
    if place is None:
        raise BadPreferencesError(f"{where}: {text!r} is no known place", hint="Name a city, region or country.")
    return place


def _workplaces(value: object, where: str) -> tuple[Workplace, ...]:
    found: list[Workplace] = []
    for item in _listed(value, where):
        named = find_workplace(item.replace("_", "-"))
        if named is None:
            hint = f"Use one of: {', '.join(get_args(Workplace))}."
            raise BadPreferencesError(f"{where}: {item!r} is no workplace", hint=hint)
        found.append(named.value)
    return tuple(found)


def _employment_types(value: object, where: str) -> tuple[EmploymentType, ...]:
    found: list[EmploymentType] = []
    for item in _listed(value, where):
        named = find_employment_type(item.replace("_", "-"))
        if named is None:
            hint = f"Use one of: {', '.join(get_args(EmploymentType))}."
            raise BadPreferencesError(f"{where}: {item!r} is no employment type", hint=hint)
        found.append(named.value)
    return tuple(found)


def _schedules(value: object, where: str) -> tuple[str, ...]:
    wrong = [item for item in _listed(value, where) if item not in _SCHEDULES]
    if wrong:
        raise BadPreferencesError(f"{where}: {wrong[0]!r} is no schedule", hint=f"Use: {', '.join(_SCHEDULES)}.")
    return tuple(_listed(value, where))


def _salary_min(value: object, where: str) -> Salary:
    salary = find_salary(str(value), is_field=True)
    least = None if salary is None else salary.minimum if salary.minimum is not None else salary.maximum
    if salary is None or least is None or not salary.currency:
        hint = "State amount, currency and period, such as: £30,000 a year."
        raise BadPreferencesError(f"{where}: {value!r} is no pay", hint=hint)
    return replace(salary, minimum=least, maximum=None, span=None)


def _countries(value: object, where: str) -> tuple[str, ...]:
    codes = []
    for item in _listed(value, where):
        country = item.upper() if item.upper() in {"EU", "EEA"} else _place(item, where).country
        if not country:
            raise BadPreferencesError(f"{where}: {item!r} is no country", hint="Name a country, or EU.")
        codes.append(country)
    return tuple(codes)


def _truth(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadPreferencesError(f"{where}: {value!r} is neither true nor false", hint="Write true or false.")
    return value


def _hard(value: object, where: str) -> tuple[str, ...]:
    wrong = [item for item in _listed(value, where) if item not in get_args(Wish)]
    if wrong:
        hint = f"Use: {', '.join(get_args(Wish))}."
        raise BadPreferencesError(f"{where}: {wrong[0]!r} cannot be hard", hint=hint)
    return tuple(_listed(value, where))


_READERS: dict[str, Callable[[object, str], Any]] = {
    "locations": _locations,
    "workplaces": _workplaces,
    "salary_min": _salary_min,
    "employment_types": _employment_types,
    "titles": _titles,
    "schedules": _schedules,
    "authorised_in": _countries,
    "needs_sponsorship": _truth,
    "hard": _hard,
}
