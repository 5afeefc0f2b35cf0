import numpy as np
import pytest

from metier.errors import ModelError
from metier.models.unit import plain, unit


def test_a_text_is_never_empty_and_never_broken():
    assert plain("Welder 焊工") == "Welder 焊工"
    assert plain("") == plain(" \n") == "."
    assert plain("a\ud800b") == "a?b"


@pytest.mark.parametrize("vector", [[3.0, 4.0], [1e-6, 0.0], [1e300, 1e300], [1e-40, 0.0], [0.0, 0.0]])
def test_a_vector_has_length_one(vector):
    scaled = unit(vector, "m")
    assert scaled.dtype == np.float32
    assert np.linalg.norm(scaled) == pytest.approx(1)


def test_the_direction_stays():
    np.testing.assert_allclose(unit([3, -4], "m"), [0.6, -0.8], rtol=1e-6)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_an_error_that_names_the_model(value):
    with pytest.raises(ModelError, match="gte-small") as told:
        unit([1.0, value], "gte-small")
    assert told.value.hint
