"""Counterfactual twins: one text with two marks of a person, which no score may tell apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from metier.models.script import han_share

MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "name": (
        ("Name: Emily Walsh", "Name: Lakisha Washington"),
        ("Name: Greg Baker", "Name: Jamal Robinson"),
        ("Name: Anna Schmidt", "Name: Aylin Yıldız"),
        ("Name: Daniel Miller", "Name: Wei Zhang"),
        ("Name: Claire Martin", "Name: Fatima Benali"),
    ),
    "gender": (("Gender: female", "Gender: male"), ("Pronouns: she/her", "Pronouns: he/him"), ("Mrs.", "Mr.")),
    "age": (
        ("Date of birth: 12/04/1999", "Date of birth: 12/04/1964"),
        ("Age: 27", "Age: 58"),
        ("Born in 2001", "Born in 1967"),
    ),
}
HAN_MARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "name": (("姓名：王建国", "姓名：买买提·艾山"), ("姓名：李娜", "姓名：卓玛")),
    "gender": (("性别：女", "性别：男"),),
    "age": (("年龄：26岁", "年龄：54岁"), ("出生：2000年", "出生：1968年")),
}
"""Invented people; a mark says nothing about the work. The first of each two is not better than the second."""
_MOSTLY_HAN = 0.3


def twins_of(text: str, mark: str, *, seed: int) -> tuple[str, str]:
    """Give a text twice, with one of two marks before it.

    Args:
        text: Such as a resume.
        mark: `name`, `gender` or `age`.
        seed: Another seed takes another mark of this kind.
    """
    marks = (HAN_MARKS if han_share(text) >= _MOSTLY_HAN else MARKS)[mark]
    drawn = int.from_bytes(hashlib.blake2b(f"{seed}\n{text}".encode(), digest_size=4).digest())
    one, other = marks[drawn % len(marks)]
    return f"{one}\n{text}", f"{other}\n{text}"


def twin_pairs(texts: Sequence[str], *, count: int, seed: int) -> list[tuple[int, str, str]]:
    """Give twins of some texts, their marks in turn, each with the place of its text."""
    kinds = tuple(MARKS)
    places = range(0, len(texts), max(1, len(texts) // max(1, count)))
    return [
        (place, *twins_of(texts[place], kinds[(seed + turn) % len(kinds)], seed=seed))
        for turn, place in enumerate(list(places)[:count])
    ]
