"""Trackers: what they are told, offline, and that none of them can stop a run."""

import os
import sys
from types import SimpleNamespace

import pytest

from metier.errors import ConfigError, UnknownComponentError
from metier.training.tracker import Careful, open_tracker


class Recorder:
    """A module that keeps how it is called."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        return lambda *args, **kwargs: self.calls.append((name, *args, kwargs))


@pytest.fixture
def module_of(monkeypatch):
    def make(name):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace())
        recorder = Recorder()
        monkeypatch.setitem(sys.modules, name, recorder)
        return recorder

    return make


def told(name):
    tracker = open_tracker(name)
    tracker.begin("mine", {"loss": "mnrl", "seed": 3})
    tracker.note(5, {"loss": 0.5})
    tracker.end({"gain": 0.1})


@pytest.mark.parametrize("name", ["trackio", "wandb"])
def test_runs_of_a_module_are_opened_told_and_closed(name, module_of, monkeypatch):
    for variable in ("WANDB_MODE", "WANDB_SILENT"):
        monkeypatch.setenv(variable, "")
        monkeypatch.delenv(variable)
    module = module_of(name)
    told(name)
    assert module.calls == [
        ("init", {"project": "metier", "name": "mine", "config": {"loss": "mnrl", "seed": 3}}),
        ("log", {"loss": 0.5}, {"step": 5}),
        ("log", {"gain": 0.1}, {}),
        ("finish", {}),
    ]
    assert (os.environ.get("WANDB_MODE") == "offline") == (name == "wandb")


def test_what_the_user_set_for_wandb_stays(module_of, monkeypatch):
    module_of("wandb")
    monkeypatch.setenv("WANDB_MODE", "online")
    monkeypatch.setenv("WANDB_SILENT", "false")
    told("wandb")
    assert os.environ["WANDB_MODE"] == "online"


def test_mlflow_has_parameters_and_metrics(module_of):
    module = module_of("mlflow")
    told("mlflow")
    assert module.calls == [
        ("set_experiment", "metier", {}),
        ("start_run", {"run_name": "mine"}),
        ("log_params", {"loss": "mnrl", "seed": 3}, {}),
        ("log_metrics", {"loss": 0.5}, {"step": 5}),
        ("log_metrics", {"gain": 0.1}, {}),
        ("end_run", {}),
    ]


def test_a_tracker_that_fails_is_told_once_without_what_it_said_and_stops_nothing(caplog):
    class Broken:
        def begin(self, name, choices):
            raise RuntimeError("https://key:secret@host refused")

        def note(self, step, values):
            raise AssertionError

        def end(self, values):
            raise AssertionError

    tracker = Careful(Broken(), "broken")
    tracker.begin("mine", {})
    tracker.note(1, {})
    tracker.end({})
    assert len(caplog.records) == 1
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_a_package_that_is_missing_and_an_unknown_name_are_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    with pytest.raises(ConfigError, match="mlflow is not installed") as caught:
        open_tracker("mlflow")
    assert "pip install mlflow" in caught.value.hint
    with pytest.raises(UnknownComponentError) as caught:
        open_tracker("paper")
    assert "trackio" in caught.value.hint
