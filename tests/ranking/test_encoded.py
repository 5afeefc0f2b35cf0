import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.models.script import han_share
from metier.models.wording import character_pairs
from metier.ranking.encoded import encode_parts, first_nearness, nearness
from metier.retrieval.part import Part
from metier.testing import HashEncoder


class EnglishEncoder(HashEncoder):
    def reads(self, text):
        return han_share(text) < 0.3


ENCODER = EnglishEncoder()


def encoded(*texts):
    parts = [Part(kind="line", text=text) for text in texts]
    return encode_parts(parts, ENCODER, ENCODER.encode(texts).astype(np.float16))


LINES = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["TIG welding", "负责护理工作", "护理"])), max_size=4)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_nearness_lies_between_0_and_1_and_has_no_direction(left, right):
    near = nearness(encoded(*left), encoded(*right))
    assert near.shape == (len(left), len(right))
    assert ((near >= 0) & (near <= 1)).all()
    np.testing.assert_allclose(near, nearness(encoded(*right), encoded(*left)).T, atol=1e-6)


def test_equal_statements_are_near_in_any_script_and_unrelated_ones_are_not():
    near = nearness(
        encoded("TIG welding of pipe", "负责重症病房护理工作"),
        encoded("TIG welding of pipe", "负责重症病房护理工作", "财务报表"),
    )
    np.testing.assert_array_equal(near, [[1, 0, 0], [0, 1, 0]])


def test_a_text_that_the_encoder_reads_is_not_compared_with_one_that_it_does_not():
    assert nearness(encoded("Java"), encoded("熟悉Java开发语言")) == 0


def test_the_nearness_of_two_parts_does_not_depend_on_the_others():
    alone = nearness(encoded("TIG welding"), encoded("welding of pipe"))[0, 0]
    among = nearness(encoded("night nurse", "TIG welding"), encoded("chef", "welding of pipe", "护理"))[1, 1]
    assert alone == pytest.approx(among, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("焊工", {"焊工"}),
        ("A b", {"ab"}),
        ("护", set()),
        ("", set()),
        ("——！", set()),
        ("护理、护理", {"护理", "理护"}),
    ],
)
def test_pairs_of_letters_and_nothing_else(text, pairs):
    assert character_pairs(text) == pairs


@pytest.mark.parametrize("left", ["TIG welding", "护理工作"])
@pytest.mark.parametrize("right", ["TIG welder", "负责护理工作"])
def test_the_nearness_of_the_first_parts_is_that_of_the_whole_table(left, right):
    one, other = encoded(left, "more"), encoded(right)
    assert first_nearness(one, other) == pytest.approx(nearness(one, other)[0, 0], abs=1e-6)
