"""A phrase that no name equals is linked by shared words and meaning, above a threshold, to a name that says no more."""

import pytest

from metier.graph.meaning import LEAST, MeaningIndex, Phrase, phrases_of
from metier.graph.skill_table import skill_table
from metier.testing import HashEncoder

INDEX = MeaningIndex(skill_table(), HashEncoder(size=256))


class Illiterate(HashEncoder):
    """An encoder that reads nothing."""

    def reads(self, text):
        """Say no."""
        return False


def near(text, index=INDEX):
    return index.near(text, [Phrase(0, len(text))])


def test_a_phrase_is_linked_to_the_name_it_nearly_is():
    (found,) = near("operating a hydraulic forging press")
    assert "forging press" in found.form.surface
    assert LEAST <= found.score <= 0.9


@pytest.mark.parametrize("text", ["zebra crossing umbrella", "the ideal candidate profile", "work", ""])
def test_what_is_near_to_nothing_is_not_linked(text):
    assert near(text) == []


def test_the_same_phrases_give_the_same_links_alone_and_together():
    text = "operating a hydraulic forging press, washing dishes by hand"
    phrases = list(phrases_of(text, []))
    together = INDEX.near(text, phrases)
    assert together == [one for phrase in phrases for one in INDEX.near(text, [phrase])]


def test_an_encoder_that_cannot_read_links_nothing():
    assert near("operating a hydraulic forging press", MeaningIndex(skill_table(), Illiterate())) == []


def test_phrases_leave_out_what_leads_in_and_what_is_taken():
    text = "You will be responsible for washing of pots, Python scripting; ok"
    words = [text[start:end] for start, end in phrases_of(text, [(45, 51)])]
    assert words == ["washing of pots"]
