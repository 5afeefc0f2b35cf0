"""Texts that say the same fold to the same; offsets never move."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.fold import BOUNDARY, fold, fold_label, fold_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Licences", "license"),
        ("organisation", "ORGANIZATIONS"),
        ("labour", "labor"),
        ("centre", "center"),
        ("programme", "program"),
        ("catalogue", "catalog"),
        ("paediatric", "pediatric"),
        ("analyse", "analyze"),
        ("modelling", "modeling"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("café", "cafe"),
        ("driver’s", "driver"),
        ("fork-lift trucks", "Fork lift truck"),
        ("GC/MS", "GC MS"),
    ],
)
def test_spellings_of_one_word_fold_to_the_same(one, other):
    assert fold_label(one)[0] == fold_label(other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("C", "C#"), ("net", ".NET"), ("securities", "security"), ("Kubernetes", "Kubernete"), ("4", "for")],
)
def test_names_that_differ_stay_apart(one, other):
    assert fold_label(one)[0] != fold_label(other)[0]


@pytest.mark.parametrize(("one", "other"), [("managing staff", "manage staff"), ("planned work", "planning work")])
def test_forms_of_a_verb_share_a_stem(one, other):
    assert fold_label(one)[1] == fold_label(other)[1]


def test_a_name_and_its_version_are_two_tokens_and_chinese_goes_by_character():
    assert [token.folded for token in fold("Vue3焊工 ISO9001")] == ["vue", "3", "焊", "工", "iso", "9001"]


@pytest.mark.parametrize(
    ("text", "is_parted"),
    [
        ("SQL, Java", True),
        ("SQL (Java)", True),
        ("SQL。Java", True),
        ("SQL\n\nJava", True),
        ("machine\nlearning", False),
        ("machine\nLearning", True),
        ("machine-learning", False),
        ("node.js", False),
    ],
)
def test_punctuation_parts_names_and_a_broken_line_does_not(text, is_parted):
    assert (BOUNDARY in [token.folded for token in fold(text)]) is is_parted


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_tokens_stand_in_order_within_the_text(text):
    end = 0
    for token in fold(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefghimnorstuyz", max_size=16))
def test_case_makes_no_difference(word):
    assert fold_word(word) == fold_word(word.upper())
