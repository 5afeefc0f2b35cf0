"""Sentences from templates; the quotes in them are literal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metier.explanation.sentence import LANGUAGES, sentence_of, shorten, summary_of
from metier.records.match import Coverage
from metier.records.requirement import Requirement
from metier.records.span import Span

VERDICTS = ("met", "partly", "missing", "not_stated")
TEXT = st.text(min_size=1, max_size=60)


def judged(verdict, *, need="TIG welding", evidence=None, importance="must", means="skill"):
    return Coverage(
        requirement=Requirement(span=Span(text=need, start=0, end=len(need)), kind="skill", importance=importance),
        verdict=verdict,
        degree=0.5,
        weight=0.5,
        evidence=evidence and Span(text=evidence, start=0, end=len(evidence)),
        means=means,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_reads_differently_and_quotes_the_job(language, verdict):
    others = [sentence_of(judged(one), language) for one in VERDICTS if one != verdict]
    sentence = sentence_of(judged(verdict), language)
    assert "“TIG welding”" in sentence
    assert sentence not in others


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", ["met", "partly", "missing"])
@settings(max_examples=15, deadline=None)
@given(need=TEXT, evidence=TEXT)
def test_both_quotes_are_literal_whatever_they_hold(language, verdict, need, evidence):
    sentence = sentence_of(judged(verdict, need=need, evidence=evidence), language)
    assert f"“{shorten(need)}”" in sentence
    assert f"“{shorten(evidence)}”" in sentence


def test_braces_are_no_template():
    assert "{need} {0} %s" in sentence_of(judged("met", need="{need} {0} %s", evidence="{evidence}"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_must_and_a_wish_read_differently(language):
    assert sentence_of(judged("missing"), language) != sentence_of(judged("missing", importance="nice"), language)


@pytest.mark.parametrize(("language", "words"), [("en", "not needed"), ("zh", "无此要求")])
def test_what_is_waived_is_said_to_be_waived(language, words):
    assert words in sentence_of(judged("met", means="waived"), language)


@pytest.mark.parametrize(("language", "words"), [("en", "written in that language"), ("zh", "用该语言书写")])
def test_a_language_may_be_shown_by_the_resume_itself(language, words):
    assert words in sentence_of(judged("met", means="resume_language"), language)


@pytest.mark.parametrize(
    ("verdicts", "english", "chinese"),
    [
        (
            VERDICTS,
            "1 of 4 requirements met, 1 in part, 2 missing or not stated.",
            "共4项要求：符合1项，部分符合1项，缺少或未提及2项。",
        ),
        (
            (),
            "0 of 0 requirements met, 0 in part, 0 missing or not stated.",
            "共0项要求：符合0项，部分符合0项，缺少或未提及0项。",
        ),
    ],
)
def test_a_summary_counts_every_requirement_once(verdicts, english, chinese):
    entries = tuple(map(judged, verdicts))
    assert (summary_of(entries, "en"), summary_of(entries, "zh")) == (english, chinese)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_a_short_quote_is_one_line_and_begins_as_the_long_one(text):
    line = " ".join(text.split())
    short = shorten(text)
    assert len(short) <= 92
    assert "\n" not in short
    assert short == line or line.startswith(short.removesuffix(" …"))


def test_a_long_quote_is_cut_at_a_word_and_a_chinese_one_anywhere():
    assert shorten("welding " * 40) == " ".join(["welding"] * 11) + " …"
    assert shorten("护" * 200) == "护" * 90 + " …"
    assert shorten("护理\n 工作") == "护理 工作"
