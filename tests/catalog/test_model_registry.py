"""Runs are kept; the last promotion of a kind holds until it is taken back."""

import pytest

from metier.catalog.model_registry import ModelRegistry, ModelRun
from metier.catalog.schema import metadata, open_truth
from metier.errors import NotFoundError


def run(key, kind="ranker"):
    return ModelRun(id=key, kind=kind, model="{}", report='{"wins": true}')


@pytest.fixture
def models(tmp_path):
    engine = open_truth(tmp_path)
    metadata.create_all(engine)
    registry = ModelRegistry(engine)
    for key in ("a", "b"):
        registry.add(run(key))
    yield registry
    engine.dispose()


def test_nothing_is_in_use_before_a_promotion(models):
    assert models.in_use("ranker") is None
    assert {one.id: one.is_in_use for one in models.all()} == {"a": False, "b": False}
    with pytest.raises(NotFoundError, match="no ranker was promoted"):
        models.rollback("ranker")


def test_the_last_promotion_holds_and_rollback_goes_back_step_by_step(models):
    models.promote("a")
    models.promote("b")
    models.promote("b")
    assert models.in_use("ranker").id == "b"
    assert [one.id for one in models.all() if one.is_in_use] == ["b"]
    assert models.rollback("ranker").id == "a"
    assert models.rollback("ranker") is None


def test_kinds_do_not_meet(models):
    models.add(run("x", "encoder"))
    models.promote("x")
    models.promote("a")
    assert models.in_use("encoder").id == "x"
    models.rollback("ranker")
    assert models.in_use("encoder").id == "x"


def test_the_same_run_again_takes_the_place_of_the_first(models):
    models.promote("a")
    models.add(ModelRun(id="a", kind="ranker", model="[]", report="{}"))
    assert models.one("a").model == "[]"
    assert models.in_use("ranker").model == "[]"
    assert len(models.all()) == 2


@pytest.mark.parametrize("verb", ["one", "promote"])
def test_an_unknown_run_is_told(models, verb):
    with pytest.raises(NotFoundError, match="no run 'c'"):
        getattr(models, verb)("c")


def test_what_a_promotion_was_forced_over_is_kept_through_a_rollback_and_a_training_again(models):
    models.promote("a", over=["does not win", "widens a gap"])
    assert models.in_use("ranker").forced_over == ("does not win", "widens a gap")
    models.rollback("ranker")
    models.add(run("a"))
    assert models.one("a").forced_over == ("does not win", "widens a gap")
    assert models.one("b").forced_over == ()
