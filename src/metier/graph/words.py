"""The words by which texts state a level or a condition: the patterns of `data/words.tsv`, by kind."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def words(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the value and the pattern of each row of a kind, in the table's order.

    Args:
        kind: `education`, `seniority`, `workplace`, `employment_type`, `schedule` or `language_level`.
    """
    table = files("metier.graph").joinpath("data/words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple((value, re.compile(pattern)) for row_kind, value, pattern in rows if row_kind == kind)
