import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.models.wording import NO_WORDS, Wording, shared_wording, wording

TEXTS = st.one_of(
    st.text(max_size=40), st.sampled_from(["TIG welder of pipe", "a welder and a nurse", "负责病房护理工作"])
)


def shared(one, other):
    return shared_wording(wording(one), wording(other))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_shared_wording_has_no_direction_and_lies_between_0_and_1(one, other):
    value = shared(one, other)
    assert value == shared(other, one)
    assert value is None or 0 <= value <= 1 + 1e-9


@pytest.mark.parametrize("text", ["TIG welder of stainless pipe", "负责重症病房护理工作", "C++ and SQL 后端"])
def test_a_text_shares_all_of_its_own_wording(text):
    assert shared(text, text.upper()) == pytest.approx(1)


def test_a_telling_word_counts_more_than_a_common_one():
    query = "the welder with cannulation"
    assert shared(query, "cannulation") > shared(query, "with")


@pytest.mark.parametrize(
    ("one", "other"), [("", "welder"), ("— · !", "welder"), ("负责护理工作", "care of patients"), ("a b", "welder")]
)
def test_no_words_or_two_scripts_are_not_compared(one, other):
    assert shared(one, other) is None


def test_nothing_in_common_is_0():
    assert shared("TIG welder", "night nurse") == 0


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_wording_comes_back_from_its_line_to_the_bit(text):
    assert Wording.from_line(wording(text).to_line()) == wording(text)


def test_no_words_are_a_line_too_and_a_line_of_another_form_is_none():
    assert Wording.from_line(NO_WORDS.to_line()) == NO_WORDS
    assert Wording.from_line("") is None
    assert Wording.from_line("0 12.5 0 welder") is None
