"""What a first-stage retriever takes and gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from metier.records.place import Place

TargetKind = Literal["job", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched for, in the forms that the retrievers need.

    Attributes:
        vector: The search vector, or None when the encoder does not read the text's script.
        text: The words for full-text search.
        skills: Skill URIs.
        places: Where it should be, any of them; empty where that does not matter.
    """

    vector: NDArray[np.float32] | None
    text: str
    skills: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A first-stage result; `rank` starts at 1, `score` is higher-is-better and means nothing across retrievers."""

    id: str
    score: float
    rank: int


class Retriever(Protocol):
    """Finds the records nearest to a query."""

    def search(self, query: Query, *, depth: int, only: Collection[str] | None = None) -> list[Hit]:
        """Give at most `depth` hits, best first, ties by id.

        Args:
            query: What to look for.
            depth: How many to keep.
            only: Ids to search among; None for all.
        """
        ...
