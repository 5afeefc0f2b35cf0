import re

from hypothesis import given, settings
from hypothesis import strategies as st

from metier.records.text_id import text_id


def test_an_id_is_the_same_on_every_machine():
    assert text_id("护士", "Bristol") == "b0f26410c42a950f"


def test_where_one_text_ends_and_the_next_begins_counts():
    assert (
        len({text_id("a", "b"), text_id("ab"), text_id("b", "a"), text_id("ab", ""), text_id("", "ab"), text_id()}) == 6
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=st.characters())))
def test_any_texts_have_an_id_of_16_digits(texts):
    assert re.fullmatch("[0-9a-f]{16}", text_id(*texts))
    assert text_id(*texts) == text_id(*texts)


def test_half_of_a_surrogate_pair_has_an_id_too():
    assert text_id("\ud83d") != text_id("")
