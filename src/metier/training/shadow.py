"""A shadow comparison: how other the first ten are that a new ranker would show to people of late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metier.ranking.base import PairModel
from metier.training.example import Group

FIRST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """Two rankers on the same questions.

    Attributes:
        lists: How many lists were compared.
        changed: Share of them whose first ten differ, in what they hold or in its order.
        first_changed: Share of them whose first job is another.
        overlap: Mean share of the first ten that both have.
    """

    lists: int
    changed: float
    first_changed: float
    overlap: float


def shadow(before: PairModel, after: PairModel, groups: Sequence[Group]) -> Shadow:
    """Compare two rankers on groups, at least one."""
    firsts = [(_first(before, group), _first(after, group)) for group in groups]
    return Shadow(
        lists=len(firsts),
        changed=round(float(np.mean([one != other for one, other in firsts])), 6),
        first_changed=round(float(np.mean([one[:1] != other[:1] for one, other in firsts])), 6),
        overlap=round(float(np.mean([len(set(one) & set(other)) / len(one) for one, other in firsts])), 6),
    )


def _first(model: PairModel, group: Group) -> list[str]:
    order = np.argsort(-np.round(model.score(group.rows), 6), kind="stable")
    return [group.job_ids[place] for place in order[:FIRST]]
