"""Trackers by name: what a run writes into its folder, told to another tool too; files first, nothing depends on it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from metier.errors import ConfigError
from metier.plugins import component

PROJECT = "metier"
KIND = "tracker"
logger = logging.getLogger(__name__)


class Tracker(Protocol):
    """A tool that keeps what runs tell."""

    def begin(self, name: str, choices: Mapping[str, Any]) -> None:
        """Open a run.

        Args:
            name: Of the run, such as its folder's last part.
            choices: The recipe by name; no path, key or text is among them.
        """
        ...

    def note(self, step: int, values: Mapping[str, float]) -> None:
        """Keep the values of a check."""
        ...

    def end(self, values: Mapping[str, float]) -> None:
        """Keep what the run has shown, and close it."""
        ...


@dataclass(slots=True)
class Careful:
    """A tracker whose failures are told once and stop nothing.

    Attributes:
        inner: The tracker.
        name: Its name.
    """

    inner: Tracker
    name: str
    _is_off: bool = False

    def begin(self, name: str, choices: Mapping[str, Any]) -> None:
        """Open a run."""
        self._tried(lambda: self.inner.begin(name, choices))

    def note(self, step: int, values: Mapping[str, float]) -> None:
        """Keep the values of a check."""
        self._tried(lambda: self.inner.note(step, values))

    def end(self, values: Mapping[str, float]) -> None:
        """Keep what the run has shown, and close it."""
        self._tried(lambda: self.inner.end(values))

    def _tried(self, work: Callable[[], None]) -> None:
        if self._is_off:
            return
        try:
            work()
        except Exception as error:
            logger.warning("%s keeps nothing more of this run (%s); run.json does", self.name, type(error).__name__)
            self._is_off = True


def open_tracker(name: str) -> Careful:
    """Make a tracker by its name: `trackio`, `mlflow`, `wandb`, or one of a plug-in.

    Raises:
        UnknownComponentError: Nobody provides it.
        ConfigError: Its package is not installed.
    """
    return Careful(component(KIND, name)(), name)


class _Runs:
    """What trackio and Weights & Biases have in common: one open run of a module."""

    package = ""

    def __init__(self) -> None:
        self._module = _installed(self.package)

    def begin(self, name: str, choices: Mapping[str, Any]) -> None:
        """Open a run."""
        self._module.init(project=PROJECT, name=name, config=dict(choices))

    def note(self, step: int, values: Mapping[str, float]) -> None:
        """Keep the values of a check."""
        self._module.log(dict(values), step=step)

    def end(self, values: Mapping[str, float]) -> None:
        """Keep what the run has shown, and close it."""
        self._module.log(dict(values))
        self._module.finish()


class TrackioTracker(_Runs):
    """trackio, which keeps runs on this machine."""

    package = "trackio"


class WandbTracker(_Runs):
    """Weights & Biases; on this machine unless `WANDB_MODE` says otherwise."""

    package = "wandb"

    def __init__(self) -> None:
        os.environ.setdefault("WANDB_MODE", "offline")
        os.environ.setdefault("WANDB_SILENT", "true")
        super().__init__()


class MlflowTracker:
    """MLflow; where `MLFLOW_TRACKING_URI` says, else where MLflow keeps runs on this machine."""

    def __init__(self) -> None:
        self._module = _installed("mlflow")

    def begin(self, name: str, choices: Mapping[str, Any]) -> None:
        """Open a run."""
        self._module.set_experiment(PROJECT)
        self._module.start_run(run_name=name)
        self._module.log_params(dict(choices))

    def note(self, step: int, values: Mapping[str, float]) -> None:
        """Keep the values of a check."""
        self._module.log_metrics(dict(values), step=step)

    def end(self, values: Mapping[str, float]) -> None:
        """Keep what the run has shown, and close it."""
        self._module.log_metrics(dict(values))
        self._module.end_run()


def _installed(package: str) -> Any:  # noqa: ANN401 - a module that may not be there
    try:
        return import_module(package)
    except ImportError as error:
        raise ConfigError(
            f"the tracker {package} is not installed", hint=f"Install it with: pip install {package}"
        ) from error
