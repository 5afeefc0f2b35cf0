"""`metier train report` as a command; the pages themselves are in training/test_run_page.py and test_ranker_page.py."""

import json

import pytest

from metier.catalog import Catalog, ModelRun
from metier.errors import ModelError
from metier.training.run_file import write_run


def test_a_folder_without_a_run_or_without_curves_says_so(invoke, tmp_path):
    assert isinstance(invoke("train", "report", tmp_path).exception, ModelError)
    write_run(tmp_path, {"kind": "head"})
    assert "without curves" in str(invoke("train", "report", tmp_path).exception)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:.*pyparsing.*")
def test_a_ranker_of_a_catalog_has_a_page_under_its_name(run, invoke, event_catalog, trained, tmp_path):
    pytest.importorskip("matplotlib")
    command = ("train", "report", trained["run"], "--catalog", event_catalog, "--out", tmp_path / "pages")
    (told,) = run(*command, "--json")
    assert told == {"written": str(tmp_path / "pages" / f"{trained['run']}.html")}
    assert (
        "later questions, against zero-shot-2+session-1" in (tmp_path / "pages" / f"{trained['run']}.html").read_text()
    )
    with Catalog.open(str(event_catalog)) as opened:
        old = {"wins": True, "gain": {"mean": 0.1, "low": 0.0, "high": 0.2}}
        opened.models.add(ModelRun(id="old", kind="ranker", model="{}", report=json.dumps(old)))
    result = invoke("train", "report", "old", "--catalog", event_catalog)
    assert "older release" in str(result.exception)
