import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.records.span import Span


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.integers(-5, 40), st.integers(-5, 40))
def test_a_span_is_a_quote_or_nothing(text, start, end):
    if 0 <= start < end <= len(text):
        span = Span.of(text, start, end)
        assert span.text == text[start:end]
        assert span.is_in(text)
    else:
        with pytest.raises(ValueError, match="no quote"):
            Span.of(text, start, end)


@pytest.mark.parametrize(
    "forged",
    [
        Span(text="焊工", start=0, end=2),
        Span(text="TIG", start=5, end=8),
        Span(text="TIG welder", start=0, end=3),
        Span(text="welder", start=-6, end=10),
        Span(text="welder", start=4, end=99),
        Span(text="", start=3, end=3),
        Span(text="", start=50, end=60),
        Span(text="tig", start=0, end=3),
    ],
)
def test_a_quote_that_does_not_stand_at_its_offsets_is_not_in_the_text(forged):
    assert not forged.is_in("TIG welder")


@pytest.mark.parametrize("text", ["a👩🏽‍⚕️b", "e\u0301clair", "护士\r\n护理", "\ufeffx"])
def test_offsets_count_characters_as_python_does(text):
    for start in range(len(text)):
        assert Span.of(text, start, len(text)).is_in(text)
