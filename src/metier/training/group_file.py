"""Which group a person is of, from a file of the user's: for measuring gaps, never a factor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from metier.documents.rows import read_rows
from metier.errors import InputError

_PERSON = ("person", "person_id", "profile_id", "user", "user_id", "id")
_GROUP = ("group", "group_id", "category")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonGroups:
    """Groups by person.

    Attributes:
        repeated: Rows that say again what another said.
        unstated: People whose group is left empty; they are of none.
    """

    by_person: Mapping[str, str]
    repeated: int = 0
    unstated: int = 0


def read_groups(path: Path) -> PersonGroups:
    """Read a table (CSV, JSON Lines, Parquet) with the columns `person` and `group`.

    Raises:
        NotFoundError: There is no such file.
        InputError: A column is missing, a row has no person, a person is of two groups, or all are of one.
    """
    stated: list[tuple[int, str, str]] = []
    for number, row in read_rows(path):
        if isinstance(row, InputError):
            raise row
        person, group = (str(row[_column(path, list(row), names)] or "").strip() for names in (_PERSON, _GROUP))
        stated.append((number, person, group))
    return _groups(path, stated)


def _column(path: Path, header: Sequence[str], names: Sequence[str]) -> str:
    found = [column for column in header if column.strip().lower() in names]
    if not found:
        shown = ", ".join(map(repr, header)) or "none"
        raise InputError(f"{path} has no column {names[0]!r}; its columns: {shown}", hint="Name them person and group.")
    return found[0]


def _groups(path: Path, stated: Sequence[tuple[int, str, str]]) -> PersonGroups:
    by_person: dict[str, str] = {}
    for number, person, group in stated:
        if not person:
            raise InputError(f"{path}, row {number}: there is no person", hint="Mend the row, or leave it out.")
        if by_person.setdefault(person, group) != group:
            told = f"{path}, row {number}: {person!r} is of {by_person[person]!r} and of {group!r}"
            raise InputError(told, hint="Give each person one group; leave it empty where none is stated.")
    known = {person: group for person, group in by_person.items() if group}
    if len(set(known.values())) < 2:
        told = f"{path} names {len(set(known.values()))} groups"
        raise InputError(told, hint="A gap needs two groups at least; leave --groups out to measure none.")
    counted = Counter(person for _, person, _ in stated)
    return PersonGroups(
        by_person=known,
        repeated=sum(count - 1 for count in counted.values()),
        unstated=len(by_person) - len(known),
    )
