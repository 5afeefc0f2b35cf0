"""Other words for the same, from the graph."""

import numpy as np

from metier.training.paraphrase import shipped_paraphraser


def said(text, seed=0):
    return shipped_paraphraser()(text, np.random.default_rng(seed))


def test_a_title_becomes_another_label_of_its_occupation():
    other = said("welder")
    assert other != "welder"
    (mention, *_) = shipped_paraphraser().occupations.link_title("welder")
    concept = shipped_paraphraser().occupations.occupation(mention.uri)
    assert other in {concept.preferred_label, *concept.alt_labels}
    assert said("welder") == other


def test_a_skill_in_a_text_is_named_otherwise_and_the_rest_stays():
    text = "We look for somebody who knows JavaScript and who likes to walk; " * 2
    other = said(text)
    assert other != text
    assert "who likes to walk" in other
    assert "JavaScript" not in other


def test_what_names_nothing_stays():
    assert said("zzz qqq") == "zzz qqq"
    assert said("") == ""
