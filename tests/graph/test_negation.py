"""What a text says is not needed, and the words that only look as if they said so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.graph.negation import is_negated


def negated(text, quote):
    start = text.index(quote)
    return is_negated(text, start, start + len(quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("No degree required.", "degree"),
        ("You do not need a degree.", "degree"),
        ("You don’t need German.", "German"),
        ("A driving licence is not necessary.", "driving licence"),
        ("We are not looking for a welder", "welder"),
        ("applicants without experience", "experience"),
        ("German isn't required", "German"),
        ("不限学历，无需经验", "经验"),
        ("不要求本科", "本科"),
        ("没有驾照也可以", "驾照"),
        ("学历不限", "学历"),
        ("Deutsch ist nicht erforderlich", "Deutsch"),
        ("keine Erfahrung nötig", "Erfahrung"),
        ("sans diplôme", "diplôme"),
        ("Not required: a degree.", "degree"),
        ("Not needed: experience, German", "German"),
    ],
)
def test_what_is_not_needed(text, quote):
    assert negated(text, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("A degree is required.", "degree"),
        ("not only Java but SQL", "SQL"),
        ("not only Java but SQL", "Java"),
        ("no later than May, with a degree", "degree"),
        ("No nonsense. A degree is needed.", "degree"),
        ("no degree required, Python", "Python"),
        ("We do not sponsor, but you need a licence", "licence"),
        ("English is non-negotiable", "English"),
        ("work without supervision using SQL", "SQL"),
        ("无需经验，能开叉车", "叉车"),
        ("不仅会Java", "Java"),
        ("不少于3年经验", "经验"),
        ("学历不限；须持驾照", "驾照"),
    ],
)
def test_what_only_looks_like_a_negation(text, quote):
    assert not negated(text, quote)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(min_size=1, max_size=10), st.text(max_size=80))
def test_any_text_has_an_answer_that_far_words_do_not_change(before, quote, after):
    far = "No. " * 20
    near = is_negated(f"{before}\n{quote}\n{after}", len(before) + 1, len(before) + 1 + len(quote))
    assert near == is_negated(f"\n{quote}\n", 1, 1 + len(quote)) or "\n" in quote
    assert not is_negated(f"{far}\n{quote}\n{far}", len(far) + 1, len(far) + 1 + len(quote))


@pytest.mark.parametrize(
    ("text", "quote", "negated"),
    [
        ("没有驾照", "驾照", True),
        ("无驾照", "驾照", True),
        ("暂无电工证", "电工证", True),
        ("无不良记录，有驾照", "驾照", False),
        ("有驾照", "驾照", False),
    ],
)
def test_a_licence_that_is_not_held_in_chinese(text, quote, negated):
    start = text.index(quote)
    assert is_negated(text, start, start + len(quote)) is negated
