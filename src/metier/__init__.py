"""Metier matches people and jobs, in both directions, and says why."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metier.recommender import Recommender

__all__ = ["Recommender", "__version__"]
__version__ = version("metier")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - loads the one heavy name when it is first asked for
    if name == "Recommender":
        from metier.recommender import Recommender  # noqa: PLC0415

        return Recommender
    raise AttributeError(f"module 'metier' has no attribute {name!r}")
