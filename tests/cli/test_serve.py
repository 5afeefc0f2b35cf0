"""`metier serve`: what it refuses, and what it hands to its workers."""

import os
import sys

import pytest
import uvicorn

from metier.config import load_settings
from metier.errors import ConfigError, MissingExtraError
from metier.service.options import ServiceOptions


@pytest.fixture
def started(monkeypatch):
    calls = []

    def run(app, **wishes):
        calls.append(
            (
                app,
                wishes,
                ServiceOptions.from_environment(load_settings()[0]),
                os.environ.get("PROMETHEUS_MULTIPROC_DIR"),
            )
        )

    monkeypatch.setattr(uvicorn, "run", run)
    before = dict(os.environ)
    yield calls
    os.environ.clear()
    os.environ.update(before)


def test_it_serves_this_machine_without_keys(invoke, run, started, tmp_path):
    uri = str(tmp_path / "c")
    assert invoke("serve", "--catalog", uri, "--as-of", "2026-11-20", "--port", 9000).exit_code == 0
    assert run("serve", "--catalog", uri, "--port", 9000, "--json")[0]["url"] == "http://127.0.0.1:9000/v1"
    (app, wishes, options, shared), _ = started
    assert (app, wishes["host"], wishes["port"], wishes["workers"]) == (
        "metier.service.app:from_environment",
        "127.0.0.1",
        9000,
        1,
    )
    assert (options.catalog, options.needs_keys, options.as_of, shared) == (uri, False, "2026-11-20", None)


def test_any_other_address_needs_keys(invoke, run, started, tmp_path):
    uri = str(tmp_path / "c")
    refused = invoke("serve", "--catalog", uri, "--host", "0.0.0.0")
    assert isinstance(refused.exception, ConfigError)
    run("keys", "create", "a", "--scope", "admin", "--catalog", uri, "--json")
    assert invoke("serve", "--catalog", uri, "--host", "0.0.0.0", "--workers", 2).exit_code == 0
    assert started[0][2].needs_keys
    assert os.environ["OPENBLAS_NUM_THREADS"]
    assert started[0][3]
    for entry in run("keys", "list", "--catalog", uri, "--json"):
        invoke("keys", "revoke", entry["id"], "--catalog", uri)
    assert isinstance(invoke("serve", "--catalog", uri, "--host", "0.0.0.0").exception, ConfigError)
    assert invoke("serve", "--catalog", uri).exit_code == 0
    assert started[1][2].needs_keys, "keys that were revoked do not open the door"


def test_without_a_catalog_or_the_extra_it_says_so(invoke, monkeypatch, tmp_path):
    assert invoke("serve").exit_code == 2
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    missing = invoke("serve", "--catalog", tmp_path)
    assert isinstance(missing.exception, MissingExtraError)
    assert "metier[serve]" in missing.exception.hint
