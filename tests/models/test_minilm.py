"""The shipped encoder knows that near things are near."""

from metier.models.minilm import minilm


def test_related_titles_are_nearer_than_unrelated_ones():
    nurse, ward, welder = minilm().encode(["registered nurse", "hospital ward nurse", "TIG welder"])
    assert nurse @ ward > nurse @ welder + 0.3
