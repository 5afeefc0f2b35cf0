"""Recipes: presets, and choices that do not go together."""

import pytest

from metier.errors import ConfigError
from metier.training.recipe import recipe_of


def test_the_papers_preset_is_its_published_setting():
    paper = recipe_of("paper")
    assert (paper.head, paper.loss, paper.optimizer) == ("linear", "bce", "adam")
    assert (paper.rate, paper.batch_size, paper.epochs) == (1e-5, 32, 5)


def test_what_is_none_stays_and_the_rate_suits_the_adaptation():
    assert recipe_of("default", loss=None, steps=7).steps == 7
    assert recipe_of("default", adaptation="lora").rate > recipe_of("default").rate
    assert recipe_of("default", learning_rate=3e-5).rate == 3e-5


@pytest.mark.parametrize(
    ("choices", "part"),
    [
        ({"loss": "hinge"}, "no loss 'hinge'"),
        ({"head": "attention"}, "cannot be learnt by mnrl"),
        ({"form": "cross-encoder"}, "cannot be learnt by mnrl"),
        ({"form": "cross-encoder", "loss": "bce", "head": "late"}, "apart"),
        ({"adaptation": "head"}, "there is none"),
        ({"batch_size": 0}, "below 1"),
        ({"twin_weight": -1.0}, "out of range"),
    ],
)
def test_choices_that_do_not_go_together_are_named(choices, part):
    with pytest.raises(ConfigError, match=part) as told:
        recipe_of("default", **choices)
    assert told.value.hint


def test_an_unknown_preset_lists_the_known_ones():
    with pytest.raises(ConfigError) as told:
        recipe_of("fast")
    assert "paper" in told.value.hint
