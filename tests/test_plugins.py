"""Components are found by name, and an unknown name says which are known."""

import pytest

from metier.errors import UnknownComponentError
from metier.plugins import component


def test_a_built_in_component_is_loaded():
    assert component("encoder", "metier")().size == 384


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(UnknownComponentError) as caught:
        component("encoder", "maxilm")
    assert "'maxilm'" in str(caught.value)
    assert "metier" in caught.value.hint
