"""A component by its name: the built-in ones and those of installed plug-ins."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from metier.errors import UnknownComponentError

BUILT_IN: dict[str, dict[str, str]] = {
    "encoder": {"metier": "metier.models.own:metier_encoder"},
    "tracker": {
        "mlflow": "metier.training.tracker:MlflowTracker",
        "trackio": "metier.training.tracker:TrackioTracker",
        "wandb": "metier.training.tracker:WandbTracker",
    },
}
"""Kind of component, then name, then `module:callable`. A plug-in adds to group `metier.<kind>`."""


def component(kind: str, name: str) -> Any:  # noqa: ANN401 - each kind has its own protocol; the caller names it
    """Load the callable that makes a component; its module is imported only now.

    Args:
        kind: Such as `encoder`.
        name: Such as `metier`.

    Raises:
        UnknownComponentError: Nobody provides it; the hint lists the known names.
    """
    installed = {point.name: point for point in entry_points(group=f"metier.{kind}")}
    if name in BUILT_IN.get(kind, {}):
        module, _, attribute = BUILT_IN[kind][name].partition(":")
        return getattr(import_module(module), attribute)
    if name in installed:
        return installed[name].load()
    raise UnknownComponentError(kind, name, [*BUILT_IN.get(kind, {}), *installed])
