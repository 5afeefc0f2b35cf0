"""The registry as a page: what was measured, what speaks against a model, promoted and taken back."""

import json

import pytest

from metier.catalog import Catalog, ModelRun
from metier.ranking.additive import AdditiveModel, Curve
from metier.ranking.score import session_model

SHIPPED = session_model()
CURVES = tuple(
    Curve(name=name, neutral=neutral, employer_share=0.5, slope=1.0)
    for name, neutral in zip(SHIPPED.factors, SHIPPED.neutral, strict=True)
)


def a_run(name, low, **fields):
    before, after = ({"ndcg@10": {"mean": mean, "low": mean, "high": mean}} for mean in (0.5, 0.5125))
    report = {
        "events": 900, "measured_on": 40, "gain": {"mean": low + 0.02, "low": low, "high": low + 0.04}, "wins": low > 0,
        "widened": None, "against": SHIPPED.name, "before": before, "after": after,
    } | fields  # fmt: skip
    model = AdditiveModel(name=name, curves=CURVES, scale=0.5).to_json()
    return ModelRun(id=name, kind="ranker", model=model, report=json.dumps(report))


@pytest.fixture
def trained(stocked, options):
    """A catalog with a ranker that wins, one that does not, and one that widens a gap."""
    with Catalog.open(options.catalog) as catalog:
        for run in (a_run("good-1", 0.01), a_run("bad-2", -0.01), a_run("unfair-3", 0.02, widened=0.3)):
            catalog.models.add(run)
    return stocked


def weights(browser):
    return browser.get("/v1/people/ann-lee/recommendations").json()["versions"]["weights"]


def test_runs_are_shown_with_what_speaks_against_them(trained):
    page = trained.get("/models").text
    assert "+0.0300" in page
    assert "does not win" in page
    assert "widens the gap between groups by 0.3000" in page
    assert page.count("/promote") == 1


def test_a_model_is_promoted_and_taken_back_while_the_service_answers(trained):
    shipped = weights(trained)
    assert "good-1" in trained.post("/models/good-1/promote").text
    assert weights(trained) == "good-1"
    assert "/promote" not in trained.get("/models").text
    trained.post("/models/rollback")
    assert weights(trained) == shipped
    assert trained.post("/models/rollback").status_code == 404


@pytest.mark.parametrize("run", ["bad-2", "unfair-3"])
def test_what_something_speaks_against_is_refused(trained, run):
    shipped = weights(trained)
    assert trained.post(f"/models/{run}/promote").status_code == 409
    assert trained.post("/models/nothing/promote").status_code == 404
    assert weights(trained) == shipped


def test_without_a_training_the_page_says_how(stocked):
    assert "metier train ranker" in stocked.get("/models").text
