"""Labels of several people, kept at once."""

import pytest

from metier.errors import InputError
from metier.training.label_file import GivenLabel, add_given, against_people, agreed, agreement, read_given


def given(text, label, annotator="ann"):
    return GivenLabel(text_a=text, text_b="job", label=label, annotator=annotator)


def test_labels_come_back_and_the_later_of_one_person_counts(tmp_path):
    path = tmp_path / "labels.jsonl"
    assert read_given(path) == []
    for label in (given("a", "1"), given("a", "0", "bo"), given("a", "0")):
        add_given(path, label)
    assert read_given(path) == [given("a", "0"), given("a", "0", "bo")]


def test_most_people_decide_and_a_tie_decides_nothing():
    labels = [given("a", "1"), given("a", "1", "bo"), given("a", "0", "cy"), given("b", "1"), given("b", "0", "bo")]
    assert {key: label.label for key, label in agreed(labels).items()} == {"a\njob": "1"}


def test_agreement_needs_two_people_on_one_thing():
    assert agreement([given("a", "1"), given("b", "0", "bo")]) is None
    assert agreement([given("a", "1"), given("a", "1", "bo"), given("b", "0"), given("b", "0", "bo")]) == 1


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text_a": "a"}\n')
    with pytest.raises(InputError, match="line 1"):
        read_given(path)


def test_a_model_counts_only_where_no_person_spoke_and_is_held_against_people():
    model = "chat:host#m"
    labels = [given("a", "1"), given("a", "0", model), given("b", "1", model), given("c", "1"), given("c", "1", model)]
    assert {key: label.label for key, label in agreed(labels).items()} == {"a\njob": "1", "b\njob": "1", "c\njob": "1"}
    told = against_people(labels, model)
    assert (told.both, told.same) == (2, 1)
    assert told.alpha is not None
    assert told.alpha < 1
    assert agreement(labels) is None
    assert against_people(labels, "chat:other").alpha is None
