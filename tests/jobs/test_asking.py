"""Whether a sentence asks, wishes or only tells."""

import pytest

from metier.jobs.asking import asks, can_be_learned, is_about_equality, is_boilerplate, is_wish, tells


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("You must hold a licence", "duties", True),
        ("Weld pipes", "duties", False),
        ("Weld pipes", "musts", True),
        ("We pay the course", "musts", False),
        ("Able to weld pipes", "body", True),
        ("You will weld pipes with great skills", "body", False),
        ("Welding is not required", "body", False),
        ("本科学历", "body", True),
        ("面向社会招聘", "body", False),
    ],
)
def test_what_asks(sentence, kind, expected):
    assert asks(sentence, kind) is expected


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (is_wish, "Rye bread experience is highly regarded"),
        (is_wish, "有经验更好"),
        (can_be_learned, "Forklift licence, or willing to obtain it"),
        (is_about_equality, "We hire regardless of age"),
        (is_boilerplate, "Please send your CV"),
    ],
)
def test_what_else_a_sentence_says(says, sentence):
    assert says(sentence)
    assert not says("You bake rye bread")


def test_duties_and_the_employer_tell():
    assert tells("Weld pipes", "duties")
    assert tells("We have 40 vans", "body")
    assert not tells("Driving licence", "body")
